// SPDX-License-Identifier: Apache-2.0
#include "rig/telemetry/jk_4e57.hpp"

#include <algorithm>

namespace rig::telemetry {
namespace {

constexpr std::size_t header_bytes = 11, trailer_bytes = 9, longest = 1024;

/// Bytes that follow an id; -1 = unknown id, 0 = counted (id 79).
constexpr std::array<std::int8_t, 256> widths = [] {
  std::array<std::int8_t, 256> w{};
  w.fill(-1);
  for (int id = 0x80; id <= 0xB0; ++id) w[static_cast<std::size_t>(id)] = 2;
  for (const int gap : {0x88, 0x8D}) w[static_cast<std::size_t>(gap)] = -1;
  for (const int id : {0x85, 0x86, 0x9D, 0xA9, 0xAB, 0xAC, 0xAE, 0xAF, 0xB1, 0xB3, 0xB8, 0xC0})
    w[static_cast<std::size_t>(id)] = 1;
  for (const int id : {0x89, 0xAA, 0xB5, 0xB6, 0xB9}) w[static_cast<std::size_t>(id)] = 4;
  w[0x79] = 0;
  w[0xB2] = 10;
  w[0xB4] = 8;
  w[0xB7] = 15;
  w[0xBA] = 24;
  return w;
}();
constexpr int width_of(std::uint8_t id) { return widths[id]; }

/// Ids that a report is made of.
constexpr std::array<bool, 256> is_wanted = [] {
  std::array<bool, 256> wanted{};
  for (const int id : {0x79, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x87, 0x8B, 0x8C, 0xC0})
    wanted[static_cast<std::size_t>(id)] = true;
  return wanted;
}();

unsigned u16(std::span<const std::uint8_t> b, std::size_t at) { return static_cast<unsigned>(b[at] << 8 | b[at + 1]); }

bool sum_is_right(std::span<const std::uint8_t> frame) {
  unsigned sum = 0;
  for (const std::uint8_t byte : frame.first(frame.size() - 4)) sum += byte;
  return (sum & 0xFFFF) == u16(frame, frame.size() - 2);
}

int temperature(unsigned raw) { return raw > 100 ? 100 - static_cast<int>(raw) : static_cast<int>(raw); }

int current_10mA(unsigned raw, bool signed_coding) {
  if (!signed_coding) return 10000 - static_cast<int>(raw);
  const int magnitude = static_cast<int>(raw & 0x7FFF);
  return (raw & 0x8000) != 0 ? magnitude : -magnitude;
}

bool read_cells(std::span<const std::uint8_t> data, std::vector<int>& cells) {
  for (std::size_t i = 0; i + 2 < data.size(); i += 3) {
    if (data[i] != cells.size() + 1) return false;
    cells.push_back(static_cast<int>(u16(data, i + 1)));
  }
  return data.size() % 3 == 0;
}

}  // namespace

const std::array<std::uint8_t, 21>& read_all_request() {
  static constexpr std::array<std::uint8_t, 21> request = {0x4E, 0x57, 0x00, 0x13, 0, 0,    0, 0, 0x06, 0x03, 0,
                                                           0,    0,    0,    0,    0, 0x68, 0, 0, 0x01, 0x29};
  return request;
}

std::optional<JkReport> decode_read_all(std::span<const std::uint8_t> frame) {
  if (frame.size() < header_bytes + trailer_bytes || frame[0] != 0x4E || frame[1] != 0x57) return std::nullopt;
  if (u16(frame, 2) + 2 != frame.size() || frame[frame.size() - 5] != 0x68 || !sum_is_right(frame)) return std::nullopt;
  if ((frame[8] != 0x06 && frame[8] != 0x03) || frame[10] != 1) return std::nullopt;
  JkReport r;
  r.cell_mV.reserve(32);
  unsigned current = 0;
  bool signed_coding = false;
  unsigned seen = 0;
  const auto data = frame.subspan(header_bytes, frame.size() - header_bytes - trailer_bytes);
  for (std::size_t at = 0; at < data.size();) {
    const std::uint8_t id = data[at++];
    int width = width_of(id);
    if (width < 0) return std::nullopt;
    if (width == 0) {
      if (at >= data.size()) return std::nullopt;
      width = data[at++];
    }
    const auto bytes = static_cast<std::size_t>(width);
    if (at + bytes > data.size()) return std::nullopt;
    if (!is_wanted[id]) {  // most of them
      at += bytes;
      continue;
    }
    const unsigned word = bytes >= 2 ? u16(data, at) : bytes == 1 ? data[at] : 0;
    switch (id) {
      case 0x79:
        if (!read_cells(data.subspan(at, bytes), r.cell_mV)) return std::nullopt;
        seen |= 1;
        break;
      case 0x80:
        r.mos_degC = temperature(word), seen |= 2;
        break;
      case 0x81:
        r.t1_degC = temperature(word), seen |= 4;
        break;
      case 0x82:
        r.t2_degC = temperature(word), seen |= 8;
        break;
      case 0x83:
        r.voltage_10mV = static_cast<int>(word), seen |= 16;
        break;
      case 0x84:
        current = word, seen |= 32;
        break;
      case 0x85:
        r.soc_percent = static_cast<int>(word), seen |= 64;
        break;
      case 0x87:
        r.cycles = static_cast<int>(word), seen |= 128;
        break;
      case 0x8B:
        r.alarms = static_cast<std::uint16_t>(word), seen |= 256;
        break;
      case 0x8C:
        r.status = static_cast<std::uint16_t>(word), seen |= 512;
        break;
      case 0xC0:
        signed_coding = word == 1;
        break;
      default:
        break;
    }
    at += bytes;
  }
  if (seen != 1023) return std::nullopt;
  r.current_10mA = current_10mA(current, signed_coding);
  return r;
}

std::size_t FrameCollector::complete() {
  const std::uint8_t start[] = {0x4E, 0x57};
  for (;;) {
    const auto found = std::search(buffer_.begin(), buffer_.end(), start, start + 2);
    const bool half = found == buffer_.end() && !buffer_.empty() && buffer_.back() == 0x4E;
    buffer_.erase(buffer_.begin(), half ? buffer_.end() - 1 : found);
    if (buffer_.size() < 4) return 0;
    const std::size_t size = u16(buffer_, 2) + 2;
    if (size >= header_bytes + trailer_bytes && size <= longest) {
      if (buffer_.size() < size) return 0;
      if (buffer_[size - 5] == 0x68 && sum_is_right(std::span(buffer_).first(size))) return size;
    }
    buffer_.erase(buffer_.begin(), buffer_.begin() + 2);  // not a frame: look for the next start
  }
}

}  // namespace rig::telemetry
