// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/display.hpp"

#include <algorithm>

namespace jk::protocols {
namespace {

constexpr std::array<std::uint8_t, 6> head = {0xA5, 0x5A, 0x5D, 0x82, 0x10, 0x00};
constexpr std::size_t code_bytes = 8;

}  // namespace

std::string_view diagnosis_text(core::Diagnosis diagnosis) {
  switch (diagnosis) {
    case core::Diagnosis::none:
      return "OK";
    case core::Diagnosis::initialising:
      return "0x03";
    case core::Diagnosis::cell_overvoltage:
      return "E-01";
    case core::Diagnosis::cell_undervoltage:
      return "E-02";
    case core::Diagnosis::temperature_sensor:
      return "E-03";
    case core::Diagnosis::other_protection:
      return "E-04";
    case core::Diagnosis::balancing_inactive:
      return "B-07";
    default:  // no master
      return "C-FF";
  }
}

DisplayFrame display_frame(const core::Status& status) {
  DisplayFrame frame{};
  std::uint8_t* out = std::copy(head.begin(), head.end(), frame.data());
  const auto u8 = [&](std::int32_t value) { *out++ = static_cast<std::uint8_t>(value); };
  const auto u16 = [&](std::int32_t value) {
    u8(value >> 8);
    u8(value);
  };
  const std::string_view code = diagnosis_text(status.diagnosis);
  std::fill_n(out, code_bytes, std::uint8_t{' '});
  std::copy(code.begin(), code.end(), out);
  out += code_bytes;
  u8(status.soc_percent);
  u16(status.pack_mV / 10);
  u16(std::clamp(status.current_mA / 10, std::int32_t{INT16_MIN}, std::int32_t{INT16_MAX}));
  u16(status.cells_mV[status.highest_cell]);
  u16(status.cells_mV[status.lowest_cell]);
  return frame;
}

}  // namespace jk::protocols
