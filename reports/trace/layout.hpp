// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>

/// What writer and reader of a trace must agree on. docs/trace-format.md says the same for strangers.
namespace reports::trace::layout {

inline constexpr std::uint8_t magic[8] = {0x89, 'C', 'R', 'T', '\r', '\n', 0x1a, 1};  // the last byte is the version

enum BlockKind : std::uint8_t { header_block = 'H', signals_block = 'S', data_block = 'D', end_block = 'E' };
inline constexpr std::size_t block_head_bytes = 5;  // kind, length of the payload as u32, little endian
inline constexpr std::size_t check_bytes = 4;  // CRC-32 of all bytes before it, other check values left out, as u32
inline constexpr std::size_t flush_bytes =
    std::size_t{48} * 1024;  // a data block is closed after the record that reaches this
inline constexpr std::size_t max_varint_bytes = 10;

/// Largest magnitude of a stored integer: beyond it the value does not fit its resolution.
inline constexpr std::int64_t max_steps = std::int64_t{1} << 50;

/// value = steps / per_unit when 1/resolution is a whole number (so 3600000 steps of 1e-6 read as 3.6, not 3.5999…),
/// else value = steps * resolution.
struct Scale {
  double resolution = 1;
  double per_unit = 1;
  bool whole = true;
};
[[nodiscard]] Scale make_scale(double resolution);
[[nodiscard]] inline double to_value(const Scale& scale, std::int64_t steps) {
  const auto number = static_cast<double>(steps);
  return scale.whole ? number / scale.per_unit : number * scale.resolution;
}

/// What the next value of a column is expected to be: the last one, or the last one moved on by the last difference
/// when that difference resembled the one before it. So a held value and a ramp both cost one bit a row.
struct Predictor {
  std::int64_t last = 0, difference = 0, slope = 0;

  [[nodiscard]] std::int64_t expected() const { return last + slope; }
  void learn(std::int64_t steps) {
    const std::int64_t now = steps - last;
    slope = std::llabs(now - difference) < std::llabs(now) ? now : 0;
    difference = now;
    last = steps;
  }
  void forget_motion() { difference = slope = 0; }
};

/// Code of a value: 0 = not known, else 1 + zigzag of its distance from the expected one.
[[nodiscard]] inline std::uint64_t zigzag(std::int64_t distance) {
  return (static_cast<std::uint64_t>(distance) << 1) ^ static_cast<std::uint64_t>(distance >> 63);
}
[[nodiscard]] inline std::int64_t unzigzag(std::uint64_t code) {
  return static_cast<std::int64_t>(code >> 1) ^ -static_cast<std::int64_t>(code & 1);
}

inline std::uint8_t* put_varint(std::uint8_t* out, std::uint64_t number) {
  while (number >= 0x80) {
    *out++ = static_cast<std::uint8_t>(number | 0x80);
    number >>= 7;
  }
  *out++ = static_cast<std::uint8_t>(number);
  return out;
}

[[nodiscard]] std::uint32_t crc(std::uint32_t before, const std::uint8_t* bytes, std::size_t size);

}  // namespace reports::trace::layout
