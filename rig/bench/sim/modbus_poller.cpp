// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/modbus_poller.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace rig::bench {
namespace {

constexpr std::uint8_t read_function = 0x03, exception_bit = 0x80;
constexpr std::array<std::pair<std::uint16_t, std::uint16_t>, 2> parts{{{0x1200, 40}, {0x128A, 30}}};  // bytes, words
constexpr double register_milli = 1e-3, register_deci = 0.1, register_percent = 0.01;
constexpr int quiet_characters = 4;  // 3.5 of them end a frame

const char* const register_alarms[] = {"lead_resistance",
                                       "mos_overtemperature",
                                       "cell_count",
                                       "current_sensor",
                                       "cell_overvoltage",
                                       "pack_overvoltage",
                                       "charge_overcurrent",
                                       "charge_short_circuit",
                                       "charge_overtemperature",
                                       "charge_undertemperature",
                                       "auxiliary_cpu",
                                       "cell_undervoltage",
                                       "pack_undervoltage",
                                       "discharge_overcurrent",
                                       "discharge_short_circuit",
                                       "discharge_overtemperature",
                                       "charge_mos",
                                       "discharge_mos",
                                       "gps_lost",
                                       "factory_password",
                                       "discharge_switch",
                                       "battery_overtemperature",
                                       "temperature_sensor",
                                       "current_limiter",
                                       "short_circuit_stays",
                                       "discharge_overcurrent_2",
                                       "discharge_overcurrent_3",
                                       "discharge_undertemperature",
                                       "gps_lock"};

/// Big-endian numbers by their registers.
class Registers {
 public:
  Registers(std::span<const std::uint8_t> bytes, std::size_t first) : bytes_(bytes), first_(first) {}
  [[nodiscard]] unsigned u8(std::size_t at) const { return bytes_[at - first_]; }
  [[nodiscard]] unsigned u16(std::size_t at) const { return u8(at) << 8 | u8(at + 1); }
  [[nodiscard]] std::uint32_t u32(std::size_t at) const { return std::uint32_t{u16(at)} << 16 | u16(at + 2); }
  [[nodiscard]] int i16(std::size_t at) const { return static_cast<std::int16_t>(u16(at)); }
  [[nodiscard]] std::int32_t i32(std::size_t at) const { return static_cast<std::int32_t>(u32(at)); }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t first_;
};

}  // namespace

std::uint16_t modbus_checksum(std::span<const std::uint8_t> bytes) {
  std::uint16_t sum = 0xFFFF;
  for (const std::uint8_t byte : bytes) {
    sum = static_cast<std::uint16_t>(sum ^ byte);
    for (int bit = 0; bit < 8; ++bit) sum = static_cast<std::uint16_t>((sum & 1) != 0 ? sum >> 1 ^ 0xA001 : sum >> 1);
  }
  return sum;
}

void send_at_speed(SerialEnd& end, std::span<const std::uint8_t> bytes, double baud, double receivers_baud) {
  const std::int64_t start_ns = std::max(now_ns(), end.client_end_ns());
  const auto byte_ns = static_cast<std::int64_t>(1e10 / receivers_baud + 0.5);
  mishear(bytes, baud, receivers_baud, [&](const Misheard& heard) {
    end.client_sends_at(start_ns + std::max<std::int64_t>(heard.end_ns - byte_ns, 0), {&heard.byte, 1});
  });
}

ModbusPoller::ModbusPoller(SimSerial& port, WireSignals& signals, std::uint8_t own_address)
    : port_(port),
      signals_(signals),
      own_address_(own_address),
      is_counted_(signals.is_any_read("traffic.jk_modbus.")),
      is_decoded_(signals.is_any_read("modbus.")) {}

void ModbusPoller::poll(const Poll& poll) {
  poll_ = poll;
  asked_.reset();
  if (poll_.period_ns > 0) period_.now();
}

void ModbusPoller::ask() {
  if (poll_.period_ns <= 0) return;
  period_.at(now_ns() + poll_.period_ns);
  next_part_ = 0;
  ask_next();
}

void ModbusPoller::ask_next() {
  const auto [address, words] = parts[next_part_++];
  std::array<std::uint8_t, 8> frame{poll_.address,
                                    read_function,
                                    static_cast<std::uint8_t>(address >> 8),
                                    static_cast<std::uint8_t>(address),
                                    0,
                                    static_cast<std::uint8_t>(words),
                                    0,
                                    0};
  const std::uint16_t sum = modbus_checksum({frame.data(), 6});
  frame[6] = static_cast<std::uint8_t>(sum);
  frame[7] = static_cast<std::uint8_t>(sum >> 8);
  asked_ = Asked{address, words};
  asked();
  if (poll_.baud > 0) return send_at_speed(port_, frame, poll_.baud, 1e10 / static_cast<double>(port_.byte_ns()));
  port_.client_sends(frame);
}

void ModbusPoller::asked() {
  if (!is_counted_) return;
  signals_.count("traffic.jk_modbus.requests");
  signals_.publish();
}

void ModbusPoller::told(std::int64_t end_ns) {
  end_ns_ = end_ns + (port_.is_on_a_bus() ? 1 : 0);  // a bus hands a byte over at its end, after everybody's clients
  arrived_.at(end_ns_);                              // the earlier of two stays
}

void ModbusPoller::receive() {
  const auto bytes = port_.client_receives();
  if (overheard) overheard(bytes);
  take(bytes);
  if (end_ns_ > now_ns()) arrived_.at(end_ns_);
}

void ModbusPoller::take(std::span<const std::uint8_t> bytes) {
  heard_.insert(heard_.end(), bytes.begin(), bytes.end());
  signals_.count("traffic.jk_modbus.bytes", bytes.size());
  while (take_frame()) {
  }
  signals_.publish();
  if (!heard_.empty()) silence_.at(now_ns() + quiet_characters * port_.byte_ns());
}

/// What is no frame by now will not become one.
void ModbusPoller::silence() {
  if (end_ns_ > now_ns() || heard_.empty()) return;
  heard_.clear();
  signals_.count("traffic.jk_modbus.bad_frames");
  signals_.publish();
}

/// One at the front. The end of an exception and of a write is known, that of a read by its count.
bool ModbusPoller::take_frame() {
  if (heard_.size() < 5) return false;
  const std::uint8_t function = heard_[1];
  const std::size_t size = (function & exception_bit) != 0 ? 5 : function == read_function ? 5u + heard_[2] : 8u;
  if (heard_.size() < size || modbus_checksum({heard_.data(), size}) != 0) return false;
  if (heard_[0] == own_address_) {
    signals_.count("traffic.jk_modbus.replies");
    if ((function & exception_bit) != 0) signals_.count("traffic.jk_modbus.refusals");
    signals_.heard(SimSignals::modbus);
  }
  const bool is_ours =
      asked_ && heard_[0] == poll_.address && function == read_function && heard_[2] == 2 * asked_->words;
  const std::vector<std::uint8_t> data(heard_.begin() + 3, heard_.begin() + static_cast<std::ptrdiff_t>(size) - 2);
  heard_.erase(heard_.begin(), heard_.begin() + static_cast<std::ptrdiff_t>(size));
  if (!is_ours) return true;
  const Asked asked = *asked_;
  asked_.reset();
  if (is_decoded_) take_reply(data, asked);
  if (next_part_ < parts.size()) ask_next();
  return true;
}

void ModbusPoller::take_reply(std::span<const std::uint8_t> data, const Asked& asked) {
  asked.address == parts[0].first ? take_cells(data) : take_values(data);
}

void ModbusPoller::take_cells(std::span<const std::uint8_t> block) {
  const Registers r(block, 0x1200);
  for (std::size_t i = 0; i < 32; ++i)
    signals_.set("modbus.cell[" + std::to_string(i + 1) + "].voltage", r.u16(0x1200 + 2 * i) * register_milli);
  signals_.set("modbus.difference", r.u16(0x1246) * register_milli);
  signals_.set("modbus.highest_cell", r.u8(0x1248) + 1.0);
  signals_.set("modbus.lowest_cell", r.u8(0x1249) + 1.0);
}

void ModbusPoller::take_values(std::span<const std::uint8_t> part) {
  const Registers r(part, 0x128A);
  signals_.set("modbus.mos_temperature", r.i16(0x128A) * register_deci);
  signals_.set("modbus.voltage", r.u32(0x1290) * register_milli);
  signals_.set("modbus.power", r.u32(0x1294) * register_milli);
  signals_.set("modbus.current", r.i32(0x1298) * register_milli);
  signals_.set("modbus.temperature[1]", r.i16(0x129C) * register_deci);
  signals_.set("modbus.temperature[2]", r.i16(0x129E) * register_deci);
  signals_.set("modbus.balancing_current", r.i16(0x12A4) * register_milli);
  signals_.set("modbus.soc", r.u8(0x12A7) * register_percent);
  signals_.set("modbus.remaining", r.i32(0x12A8) * register_milli);
  signals_.set("modbus.capacity", r.u32(0x12AC) * register_milli);
  signals_.set("modbus.cycles", r.u32(0x12B0));
  signals_.set("modbus.discharged", r.u32(0x12B4) * register_milli);
  signals_.set("modbus.run_time", r.u32(0x12BC));
  signals_.set("modbus.charge_mos", r.u8(0x12C0) != 0 ? 1 : 0);
  signals_.set("modbus.discharge_mos", r.u8(0x12C1) != 0 ? 1 : 0);
  const std::uint32_t alarms = r.u32(0x12A0);
  for (std::size_t bit = 0; bit < std::size(register_alarms); ++bit)
    signals_.set(std::string("modbus.alarm.") + register_alarms[bit], (alarms >> bit & 1) != 0 ? 1 : 0);
}

}  // namespace rig::bench
