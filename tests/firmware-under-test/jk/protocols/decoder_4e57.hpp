// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace jk::protocols {

/// A reply as a client reads it: written from the document's tables, it knows nothing of the firmware.
struct Decoded4e57 {
  std::uint8_t command = 0;
  std::vector<int> ids;  // in the order they stand
  std::map<int, std::vector<unsigned char>> values;
  std::vector<int> cells_mV;

  [[nodiscard]] long number(int id) const {
    long number = 0;
    for (const unsigned char byte : values.at(id)) number = number * 256 + byte;
    return number;
  }
  [[nodiscard]] int signed_16(int id) const { return static_cast<std::int16_t>(number(id)); }
  [[nodiscard]] std::string text(int id) const { return {values.at(id).begin(), values.at(id).end()}; }
  [[nodiscard]] int degC(int id) const { return static_cast<int>(number(id) > 100 ? 100 - number(id) : number(id)); }
  [[nodiscard]] int current_cA() const {
    const long raw = number(0x84);
    return static_cast<int>(raw < 0x8000 ? -raw : raw - 0x8000);
  }
};

/// Nothing when start, length, header, end mark, sum, an id or a width is not as the document says.
inline std::optional<Decoded4e57> decode_4e57(std::span<const unsigned char> frame) {
  static const std::map<int, std::size_t> widths = {
      {0x80, 2}, {0x81, 2}, {0x82, 2},  {0x83, 2}, {0x84, 2}, {0x85, 1},  {0x86, 1}, {0x87, 2},  {0x89, 4},
      {0x8A, 2}, {0x8B, 2}, {0x8C, 2},  {0x8E, 2}, {0x8F, 2}, {0x9D, 1},  {0xA9, 1}, {0xAA, 4},  {0xAB, 1},
      {0xAC, 1}, {0xAD, 2}, {0xAE, 1},  {0xAF, 1}, {0xB0, 2}, {0xB1, 1},  {0xB3, 1}, {0xB2, 10}, {0xB4, 8},
      {0xB5, 4}, {0xB6, 4}, {0xB7, 15}, {0xB8, 1}, {0xB9, 4}, {0xBA, 24}, {0xC0, 1}};
  const std::size_t size = frame.size();
  if (size < 20 || frame[0] != 0x4E || frame[1] != 0x57 || frame[2] * 256u + frame[3] + 2u != size) return {};
  if (frame[9] != 0x00 || frame[10] != 0x01) return {};  // of the BMS, a response
  unsigned sum = 0;
  for (std::size_t i = 0; i < size - 4; ++i) sum += frame[i];
  const std::vector<unsigned char> tail(frame.end() - 9, frame.end());
  const std::vector<unsigned char> expected = {
      0, 0, 0, 0, 0x68, 0, 0, static_cast<unsigned char>(sum / 256 % 256), static_cast<unsigned char>(sum % 256)};
  if (tail != expected) return {};

  Decoded4e57 out{frame[8], {}, {}, {}};
  std::size_t at = 11;
  const std::size_t end = size - 9;
  while (at < end) {
    const int id = frame[at++];
    out.ids.push_back(id);
    std::size_t width = widths.contains(id) ? widths.at(id) : 0;
    if (id >= 0x90 && id <= 0xA8 && width == 0) width = 2;
    if (id == 0x79 && at < end) {
      const std::size_t cells = frame[at++] / 3u;
      if (at + 3 * cells > end) return {};
      for (std::size_t i = 0; i < cells; ++i, at += 3) {
        if (frame[at] != i + 1) return {};
        out.cells_mV.push_back(frame[at + 1] * 256 + frame[at + 2]);
      }
      continue;
    }
    if (at == end && out.ids.size() == 1) break;  // an acknowledgement: the id alone
    if (width == 0 || at + width > end) return {};
    out.values[id].assign(frame.begin() + static_cast<std::ptrdiff_t>(at),
                          frame.begin() + static_cast<std::ptrdiff_t>(at + width));
    at += width;
  }
  return out;
}

}  // namespace jk::protocols
