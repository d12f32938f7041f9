// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>

namespace models::afe {

/// MCP3208, an 8-channel 12-bit converter with a serial interface, as a state machine over the bits on its pins.
/// Source: Microchip DS21298E, section 5 (figures 5-1, 5-2), section 6.1 and table 5-2.
///
///   bit after the start bit   1        2  3  4   5 (sample ends)  6     7 … 18    19 … 29   30 …
///   DIN                       SGL/DIFF D2 D1 D0  don't care
///   DOUT                      high impedance ──────────────────── null  B11 … B0  B1 … B11  zeros
///
/// Zeros before the start bit are legal. The usual frame of three bytes has five of them:
///   sent      0000 01SD  DDxx xxxx  xxxx xxxx      S = 1 single-ended, 0 differential; DDD = channel
///   received  ???? ????  ???0 BBBB  BBBB BBBB      ? = high impedance, read as 1 (pull-up on the line)
///
/// SPI modes 0,0 and 1,1: DIN is taken on the rising edge, DOUT changes on the falling one. The input is sampled at the
/// falling edge of the clock that follows D0, half a bit time before the null bit is read.
/// Not modelled: droop of the held sample below 10 kHz, errors of the converter itself (they belong to the input's
/// chain).
class Mcp3208 {
 public:
  /// The code, 0 … 4095, that the chain of input `channel` (0 … 7) gives for its value at `t_ns`.
  using Sample = std::function<std::int32_t(int channel, std::int64_t t_ns)>;

  explicit Mcp3208(Sample sample);

  /// Level of the chip-select pin: selected = low. A chip that was low at power-up wants an edge first.
  void select(bool is_selected);
  [[nodiscard]] bool is_selected() const { return is_selected_; }

  /// Eight clocks, MSB first, the first rising edge at `t_ns` + half a bit time. Returns what the master reads; 0xFF
  /// when not selected.
  [[nodiscard]] std::uint8_t transfer(std::uint8_t sent, std::int64_t t_ns, std::int64_t bit_ns);

 private:
  [[nodiscard]] bool clock(bool din, std::int64_t sample_ns);
  void convert(std::int64_t t_ns);
  [[nodiscard]] bool output_bit() const;

  Sample sample_;
  bool is_selected_ = false;
  bool has_started_ = false;
  int position_ = 0;           // clocks since the start bit
  std::uint32_t command_ = 0;  // SGL/DIFF, D2, D1, D0
  std::int32_t code_ = 0;
};

}  // namespace models::afe
