// SPDX-License-Identifier: Apache-2.0
// A board on a CAN bus: frames of any kind, settings and states of any value, time in any step. Only a well-formed
// control frame of JK V2 changes anything, and then the switches that it selects; what is sent is a valid frame, a
// charge voltage is never 0, no row is sent twice at an instant, and the board says when it is due next. The input is a
// list of what happens: a byte that says what, then its bytes.
#include <algorithm>
#include <array>

#include "firmware-under-test/jk/core/settings_table.hpp"
#include "firmware-under-test/jk/protocols/can_server.hpp"
#include "tests/firmware-under-test/jk/protocols/fake_device.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace jk;
using core::Setting;
using protocols::CanFrame;
using protocols::CanServer;
using tests::fuzz::require;

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  [[nodiscard]] bool is_over() const { return size_ == 0; }
  std::uint32_t u8() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }
  std::uint32_t u16() { return u8() << 8 | u8(); }
  std::uint32_t u32() { return u16() << 16 | u16(); }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
};

constexpr Setting switches[] = {Setting::charge_enabled, Setting::discharge_enabled, Setting::balance_enabled};

/// The document's word, written once more.
bool is_control(const CanFrame& frame, const core::Settings& settings) {
  const std::int32_t protocol = settings[Setting::can_protocol];
  if ((protocol != 0 && protocol != 6) || !frame.is_extended || frame.length < 4) return false;
  if (frame.id != 0x18F0F428U + static_cast<std::uint32_t>(settings[Setting::device_address])) return false;
  bool is_selected = false, is_sound = true;
  for (std::size_t i = 0; i < 3; ++i) {
    if ((frame.data[0] & 1U << i) == 0) continue;
    is_selected = true;
    is_sound = is_sound && frame.data[i + 1] <= 1;
  }
  return is_selected && is_sound;
}

class Bench {
 public:
  Bench() { device_.state.is_charge_mos_on = device_.state.is_discharge_mos_on = true; }

  void receive(Input& input) {
    const std::uint32_t ids[] = {0x18F0F428U + static_cast<std::uint32_t>(device_.set[Setting::device_address]),
                                 0x18FF50E5U, 0x305U, input.u32()};
    const std::uint32_t kind = input.u8();
    CanFrame frame = CanFrame::extended(ids[kind % 4]);
    frame.is_extended = (kind & 0x80) == 0;
    frame.length = static_cast<std::uint8_t>(input.u8() % 9);
    for (std::uint8_t& byte : frame.data) byte = static_cast<std::uint8_t>(input.u8());
    const core::Settings before = device_.set;
    server_.take(frame, now_ns_);
    core::Settings expected = before;
    if (is_control(frame, before)) {
      for (std::size_t i = 0; i < 3; ++i) {
        if ((frame.data[0] & 1U << i) != 0) expected.set(switches[i], frame.data[i + 1]);
      }
    }
    require(device_.set == expected, "a control frame sets what it selects, and nothing else sets anything");
    require(device_.commands.empty(), "no frame gives a command");
  }

  void change_setting(Input& input) {
    const auto& row = core::setting_table[input.u8() % core::setting_count];
    const std::int64_t span = std::int64_t{row.max} - row.min + 1;
    const core::SettingChange change{row.setting,
                                     static_cast<std::int32_t>(row.min + std::int64_t{input.u32()} % span)};
    (void)device_.change({&change, 1});
  }

  void change_state(Input& input) {
    core::Status& state = device_.state;
    state.alarms = input.u32();
    const std::uint32_t bits = input.u8();
    state.is_charge_mos_on = (bits & 1) != 0;
    state.is_discharge_mos_on = (bits & 2) != 0;
    state.is_charger_plugged = (bits & 4) != 0;
    state.is_asleep = (bits & 8) != 0;
    state.emergency_s = (bits & 16) != 0;
    state.phase = static_cast<core::ChargePhase>(input.u8() % 3);
    state.soc_percent = static_cast<std::int32_t>(input.u8() % 101);
    state.current_mA = static_cast<std::int32_t>(input.u32() % 1'638'401) - 819'200;
    state.remaining_mAh = static_cast<std::int32_t>(input.u32() % 20'000'001);
    state.full_mAh = static_cast<std::int32_t>(input.u32() % 20'000'001);
    device_.cells_mV.assign(input.u8() % 25, static_cast<std::int32_t>(input.u16() % 5001));
    state.highest_cell = input.u8() % 24;
    state.lowest_cell = input.u8() % 24;
    state.t1_ddegC.reset();
    if ((bits & 32) != 0) state.t1_ddegC = static_cast<std::int32_t>(input.u16() % 1901) - 400;
  }

  void listen(std::uint64_t step_ns) {
    now_ns_ += step_ns;
    CanFrame frame;
    for (std::size_t told = 0; server_.next(now_ns_, frame); ++told) {
      require(told < protocols::can_rows, "no row is sent twice at an instant");
      require(server_.bit_rate() > 0, "what is not spoken is not sent");
      judge(frame);
    }
    require(server_.next_due_ns() > now_ns_, "what is due has been sent");
  }

 private:
  void judge(const CanFrame& frame) const {
    require(frame.length >= 1 && frame.length <= 8, "a frame has one to eight bytes");
    require(frame.id <= (frame.is_extended ? 0x1FFFFFFFU : 0x7FFU), "an id fits its kind");
    const std::int32_t protocol = device_.set[Setting::can_protocol];
    const bool is_inverters = protocol == 2 || protocol == 4 || protocol == 9;
    const bool is_limits = is_inverters && frame.id == 0x351;
    const bool is_charge_request = frame.is_extended && frame.id >= 0x1806E5F4U && frame.id <= 0x1806E5F4U + 247U;
    if (is_limits || is_charge_request) require(frame.data[0] + frame.data[1] > 0, "no charge voltage of 0 V");
    require(!device_.state.is_asleep, "a sleeping board is silent");
  }

  protocols::FakeDevice device_;
  CanServer server_{device_};
  std::uint64_t now_ns_ = 1'000'000'000;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  Bench bench;
  while (!input.is_over()) {
    switch (input.u8() % 4) {
      case 0:
        bench.receive(input);
        break;
      case 1:
        bench.change_setting(input);
        break;
      case 2:
        bench.change_state(input);
        break;
      default:
        bench.listen(input.u8() * std::uint64_t{10'000'000});
        break;
    }
  }
  for (int i = 0; i < 4; ++i) bench.listen(500'000'000);
  return 0;
}
