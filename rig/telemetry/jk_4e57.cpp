// SPDX-License-Identifier: Apache-2.0
#include "rig/telemetry/jk_4e57.hpp"

#include <algorithm>

namespace rig::telemetry {
namespace {

constexpr std::size_t header_bytes = 11, trailer_bytes = 9, longest = 1024;

/// Bytes that follow an id; -1 = unknown id, 0 = counted (id 79).
constexpr std::array<std::int16_t, 256> widths = [] {
  std::array<std::int16_t, 256> w{};
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

}  // namespace

const std::array<std::uint8_t, 21>& read_all_request() {
  static constexpr std::array<std::uint8_t, 21> request = {0x4E, 0x57, 0x00, 0x13, 0, 0,    0, 0, 0x06, 0x03, 0,
                                                           0,    0,    0,    0,    0, 0x68, 0, 0, 0x01, 0x29};
  return request;
}

ReadAllDecoder::Value ReadAllDecoder::value_of(std::uint8_t id) {
  static constexpr std::array<std::uint8_t, values> ids = {0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x87, 0x8B, 0x8C, 0xC0};
  return static_cast<Value>(std::find(ids.begin(), ids.end(), id) - ids.begin());
}

const JkReport* ReadAllDecoder::decode(std::span<const std::uint8_t> frame) {
  return frame.size() >= header_bytes + trailer_bytes && sum_is_right(frame) ? decode_collected(frame) : nullptr;
}

const JkReport* ReadAllDecoder::decode_collected(std::span<const std::uint8_t> frame) {
  if (frame.size() < header_bytes + trailer_bytes || frame.size() > longest || frame[0] != 0x4E || frame[1] != 0x57)
    return nullptr;
  if (u16(frame, 2) + 2 != frame.size() || frame[frame.size() - 5] != 0x68) return nullptr;
  if ((frame[8] != 0x06 && frame[8] != 0x03) || frame[10] != 1) return nullptr;
  const auto data = frame.subspan(header_bytes, frame.size() - header_bytes - trailer_bytes);
  if (!is_laid_out_as_before(data)) {
    layout_.clear();
    if (!survey(data)) return nullptr;
    layout_.assign(data.begin(), data.end());
  }
  read(data);
  return &report_;
}

bool ReadAllDecoder::is_laid_out_as_before(std::span<const std::uint8_t> data) const {
  if (data.size() != layout_.size() || data.empty()) return false;
  std::uint8_t differs = 0;
  for (std::size_t i = 0; i < data.size(); ++i)
    differs |= static_cast<std::uint8_t>((data[i] ^ layout_[i]) & fixed_[i]);
  return differs == 0;
}

bool ReadAllDecoder::survey(std::span<const std::uint8_t> data) {
  fixed_.assign(data.size(), 0);
  at_.fill(0);
  cells_at_ = 0;
  const auto mark = [&](std::size_t at) { fixed_[at] = 0xFF; };
  for (std::size_t at = 0; at < data.size();) {
    const std::uint8_t id = data[at];
    mark(at++);
    int width = widths[id];
    if (width < 0) return false;
    if (width == 0) {
      if (at >= data.size()) return false;
      width = data[at];
      mark(at++);
    }
    const auto bytes = static_cast<std::size_t>(width);
    if (at + bytes > data.size()) return false;
    if (id == 0x79) {
      if (cells_at_ != 0 || bytes % 3 != 0) return false;
      cells_at_ = static_cast<std::uint16_t>(at);
      report_.cell_mV.resize(bytes / 3);
      for (std::size_t k = 0; k < bytes / 3; ++k) {
        if (data[at + 3 * k] != k + 1) return false;
        mark(at + 3 * k);
      }
    } else if (const Value value = value_of(id); value != values) {
      at_[value] = static_cast<std::uint16_t>(at);
    }
    at += bytes;
  }
  const bool complete = std::all_of(at_.begin(), at_.begin() + coding, [](std::uint16_t at) { return at != 0; });
  return cells_at_ != 0 && complete;
}

void ReadAllDecoder::read(std::span<const std::uint8_t> data) {
  const auto word = [&](Value value) { return u16(data, at_[value]); };
  for (std::size_t k = 0; k < report_.cell_mV.size(); ++k)
    report_.cell_mV[k] = static_cast<int>(u16(data, cells_at_ + 3 * k + 1));
  report_.mos_degC = temperature(word(mos));
  report_.t1_degC = temperature(word(t1));
  report_.t2_degC = temperature(word(t2));
  report_.voltage_10mV = static_cast<int>(word(voltage));
  report_.current_10mA = current_10mA(word(current), at_[coding] != 0 && data[at_[coding]] == 1);
  report_.soc_percent = data[at_[soc]];
  report_.cycles = static_cast<int>(word(cycles));
  report_.alarms = static_cast<std::uint16_t>(word(alarms));
  report_.status = static_cast<std::uint16_t>(word(status));
}

std::optional<JkReport> decode_read_all(std::span<const std::uint8_t> frame) {
  ReadAllDecoder decoder;
  const JkReport* const report = decoder.decode(frame);
  return report != nullptr ? std::optional(*report) : std::nullopt;
}

std::size_t FrameCollector::whole_frame(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < header_bytes + trailer_bytes || bytes[0] != 0x4E || bytes[1] != 0x57) return 0;
  const std::size_t size = u16(bytes, 2) + 2;
  const bool fits = size >= header_bytes + trailer_bytes && size <= std::min(longest, bytes.size());
  return fits && bytes[size - 5] == 0x68 && sum_is_right(bytes.first(size)) ? size : 0;
}

std::size_t FrameCollector::complete() {
  const std::uint8_t start[] = {0x4E, 0x57};
  for (;;) {
    if (buffer_.size() < 2 || buffer_[0] != start[0] || buffer_[1] != start[1]) {
      const auto found = std::search(buffer_.begin(), buffer_.end(), start, start + 2);
      const bool half = found == buffer_.end() && !buffer_.empty() && buffer_.back() == start[0];
      buffer_.erase(buffer_.begin(), half ? buffer_.end() - 1 : found);
    }
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
