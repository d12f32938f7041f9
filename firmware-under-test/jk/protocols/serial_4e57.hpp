// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "firmware-under-test/jk/core/measurement.hpp"
#include "firmware-under-test/jk/core/protection.hpp"
#include "firmware-under-test/jk/core/status.hpp"

/// The "4E 57" serial protocol ("4G-GPS Remote module Common protocol" V2.5), 115200 8N1, big-endian:
///   4E 57 | LEN u16 = total - 2 | terminal u32 | command | source | type | data | record u32 | 68 | 00 00 | sum u16
/// sum = all bytes from 4E through 68, modulo 65536.
namespace jk::protocols {

/// A well-formed request.
struct Request4e57 {
  std::uint8_t command = 0;        // 01 activate, 02 write, 03 read one id, 05 password, 06 read all
  std::optional<std::uint8_t> id;  // first data byte
  std::size_t data_bytes = 0;
  std::span<const std::uint8_t> value;  // the data bytes behind it, until the parser's next take

  /// Command 06 with or without an id byte, and command 03 with id 00, all seen in real clients.
  [[nodiscard]] bool is_read_all() const {
    return (command == 0x06 && data_bytes <= 1) || (command == 0x03 && data_bytes == 1 && id == 0x00);
  }
};

/// Finds requests in a stream of bytes that may be split, glued, or surrounded by garbage. A wrong sum, end mark,
/// length or type drops one byte and searches again inside what was received, so a request hidden behind a false start
/// is still found.
class Parser4e57 {
 public:
  static constexpr std::size_t shortest_request = 20;  // no data byte
  static constexpr std::size_t longest_request = 64;

  /// Takes bytes off the front until a request is complete, and returns it; ask again until there is none.
  std::optional<Request4e57> take(std::span<const std::uint8_t>& bytes);
  /// Forgets an unfinished frame, when the line was silent for longer than a frame can pause.
  void reset() {
    size_ = told_ = 0;
    wanted_ = shortest_request;
  }

 private:
  std::optional<Request4e57> next();
  void drop(std::size_t bytes);
  void drop_to_start();

  std::array<std::uint8_t, longest_request> buffer_{};
  std::size_t size_ = 0;
  std::size_t told_ = 0;                   // bytes at the front of the request that was returned last
  std::size_t wanted_ = shortest_request;  // before there can be a request; of the one at the front when that is known
};

/// Everything of a read-all reply, in its units. Defaults are what real units send for what this firmware does not
/// have.
struct ReadAll4e57 {
  std::span<const std::int32_t> cells_mV;                  // 79
  std::optional<std::int32_t> mos_degC, t1_degC, t2_degC;  // 80 81 82; -40 ... 100
  std::int32_t pack_cV = 0;                                // 83, 0.01 V
  std::int32_t current_cA = 0;          // 84, 0.01 A, charging positive; beyond +-327.67 A the end value
  std::uint8_t soc_percent = 0;         // 85
  std::uint8_t sensor_count = 2;        // 86
  std::uint16_t cycles = 0;             // 87
  std::uint32_t cycle_capacity_Ah = 0;  // 89
  std::uint16_t alarms = 0;             // 8B
  std::uint16_t status = 0;             // 8C
  std::uint16_t cell_ovp_mV = 0, cell_ovpr_mV = 0, cell_ovp_delay_s = 0;  // 90 91 92; 8E = cells * OVP
  std::uint16_t cell_uvp_mV = 0, cell_uvpr_mV = 0, cell_uvp_delay_s = 0;  // 93 94 95; 8F = cells * UVP
  std::uint16_t cell_difference_mV = 300;                                 // 96
  std::uint16_t discharge_ocp_A = 0, discharge_ocp_delay_s = 0;           // 97 98
  std::uint16_t charge_ocp_A = 0, charge_ocp_delay_s = 0;                 // 99 9A
  std::uint16_t balance_start_mV = 0, balance_trigger_mV = 0;             // 9B 9C
  bool balance_enabled = false;                                           // 9D
  std::int16_t mos_otp_degC = 0, mos_otpr_degC = 0;                       // 9E 9F
  std::int16_t box_otp_degC = 100, box_otpr_degC = 100;                   // A0 A1
  std::uint16_t temperature_difference_degC = 20;                         // A2
  std::int16_t charge_otp_degC = 0, discharge_otp_degC = 0;               // A3 A4
  std::int16_t charge_utp_degC = 0, charge_utpr_degC = 0;                 // A5 A6
  std::int16_t discharge_utp_degC = 0, discharge_utpr_degC = 0;           // A7 A8
  std::uint32_t capacity_Ah = 0;                                          // AA
  bool charge_enabled = false, discharge_enabled = false;                 // AB AC
  std::uint16_t current_calibration = 1000;                               // AD
  std::uint8_t address = 1;                                               // AE
  std::uint8_t chemistry = 0;                                             // AF: 0 LiFePO4, 1 Li-ion, 2 LTO
  std::uint16_t sleep_s = 10;                                             // B0
  std::uint8_t low_soc_percent = 20;                                      // B1
  std::string_view password = "123456";                                   // B2, up to 10
  std::string_view device_id = "Input Us";                                // B4, 8
  std::string_view production_date = "2401";                              // B5, YYMM
  std::uint32_t run_time_min = 0;                                         // B6
  std::string_view version = "CELLRIG_S0.1___";                           // B7, 15
  std::uint32_t actual_capacity_Ah = 0;                                   // B9
  std::string_view manufacturer_id;                                       // BA, up to 24
};

[[nodiscard]] constexpr std::size_t reply_bytes(std::size_t cells) { return 243 + 3 * cells; }
inline constexpr std::size_t longest_reply = reply_bytes(core::max_cells);

/// Writes replies to read-all requests, at most 24 cells. Settings and texts are written once;
/// after that only what moves: ids 79 to 8C and the run time.
class ReadAllReply4e57 {
 public:
  /// Number of cells, settings and texts, until the next call.
  void lay_out(const ReadAll4e57& state);
  /// What moves, for a request with `command`. The frame stays until the next call. Another number of cells than that
  /// laid out is laid out first.
  [[nodiscard]] std::span<const std::uint8_t> tell(const ReadAll4e57& state, std::uint8_t command);

 private:
  std::array<std::uint8_t, longest_reply> frame_{};
  std::size_t size_ = 0, settings_at_ = 0, run_time_at_ = 0;
  std::uint32_t settings_sum_ = 0;  // of the bytes that stay
};

/// Words 8B and 8C. Which bit says what stands in serial_4e57_alarms.cpp alone.
struct Conditions4e57 {
  bool is_soc_low = false, is_cell_difference_high = false;
  bool is_charge_gate_on = false, is_discharge_gate_on = false, is_balancing = false;
};
std::uint16_t alarm_word(const core::Protections& protections, const Conditions4e57& conditions);
std::uint16_t status_word(const Conditions4e57& conditions);
[[nodiscard]] std::uint16_t alarm_word_4e57(core::Alarms alarms);
[[nodiscard]] std::uint16_t status_word_4e57(const core::Status& status);

}  // namespace jk::protocols
