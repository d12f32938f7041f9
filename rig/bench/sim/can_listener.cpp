// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/can_listener.hpp"

#include <algorithm>
#include <array>

namespace rig::bench {
namespace {

constexpr double can_deci = 0.1, can_milli = 1e-3, can_centi = 0.01;
constexpr int current_offset = 4000, temperature_offset = 50;
constexpr std::int64_t warnings_end_ns = 250'000'000;  // sent each 100 ms while one stands

unsigned u16(const std::uint8_t* bytes) { return static_cast<unsigned>(bytes[0] | bytes[1] << 8); }
int i16(const std::uint8_t* bytes) { return static_cast<std::int16_t>(u16(bytes)); }
std::uint32_t u32(const std::uint8_t* bytes) { return u16(bytes) | std::uint32_t{u16(bytes + 2)} << 16; }

}  // namespace

CanListener::CanListener(SimCan& bus, WireSignals& signals, const Language& language)
    : bus_(bus), signals_(signals), language_(language), is_read_(signals.is_any_read("can.")) {
  if (is_read_ || signals_.is_any_read("traffic.can.")) bus_.listen([this](const CanFrame& frame) { hear(frame); });
}

void CanListener::hear(const CanFrame& f) {
  signals_.count("traffic.can.frames");
  signals_.set("traffic.can.errors", static_cast<double>(bus_.destroyed()));
  signals_.heard(SimSignals::can);
  if (is_read_) {
    std::array<std::uint8_t, 8> bytes{};  // 0 beyond its length
    std::copy_n(f.frame.data, std::min<std::size_t>(f.frame.length, bytes.size()), bytes.data());
    language_.is_jk ? read_jk(f.frame.id - language_.added, bytes.data()) : read_inverter(f.frame.id, bytes.data());
  }
  signals_.publish();
}

void CanListener::read_jk(std::uint32_t id, const std::uint8_t* bytes) {
  if (now_ns() - warned_ns_ > warnings_end_ns) signals_.set("can.warning_word", 0);
  switch (id) {
    case 0x2F4:
      signals_.set("can.voltage", u16(bytes) * can_deci);
      signals_.set("can.current", (static_cast<int>(u16(bytes + 2)) - current_offset) * can_deci);
      return signals_.set("can.soc", bytes[4] * can_centi);
    case 0x4F4:
      signals_.set("can.highest_cell_voltage", u16(bytes) * can_milli);
      signals_.set("can.highest_cell", bytes[2]);
      signals_.set("can.lowest_cell_voltage", u16(bytes + 3) * can_milli);
      return signals_.set("can.lowest_cell", bytes[5]);
    case 0x5F4:
      signals_.set("can.highest_temperature", bytes[0] - temperature_offset);
      return signals_.set("can.lowest_temperature", bytes[2] - temperature_offset);
    case 0x7F4:
      warned_ns_ = now_ns();
      return signals_.set("can.warning_word", u32(bytes));
    case 0x18F328F4:
      return signals_.set("can.alarm_word", u32(bytes) & 0x3FFFF);
    case 0x18F528F4:
      signals_.set("can.charge_mos", bytes[0] & 1);
      return signals_.set("can.discharge_mos", bytes[0] >> 1 & 1);
    default:
      return;
  }
}

void CanListener::read_inverter(std::uint32_t id, const std::uint8_t* bytes) {
  switch (id) {
    case 0x351:
      signals_.set("can.charge_voltage_limit", u16(bytes) * can_deci);
      signals_.set("can.charge_current_limit", i16(bytes + 2) * can_deci);
      return signals_.set("can.discharge_current_limit", i16(bytes + 4) * can_deci);
    case 0x355:
      return signals_.set("can.soc", u16(bytes) * can_centi);
    case 0x356:
      signals_.set("can.voltage", i16(bytes) * can_centi);
      return signals_.set("can.current", i16(bytes + 2) * can_deci);
    case 0x359:
      return signals_.set("can.protection_word", u16(bytes));
    case 0x35C:
      signals_.set("can.may_charge", bytes[0] >> 7 & 1);
      return signals_.set("can.may_discharge", bytes[0] >> 6 & 1);
    default:
      return;
  }
}

}  // namespace rig::bench
