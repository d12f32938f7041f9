// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace rig::telemetry {

/// The rig's own reading of the JK serial protocol "4E 57": what a client outside the board learns from bytes on the
/// wire. Written from the protocol tables alone and sharing no code with any firmware. Source:
/// docs/references.md#jk-4e57.
struct JkReport {
  std::vector<int> cell_mV;                    // id 79, in order of the cell numbers 1…n
  int mos_degC = 0, t1_degC = 0, t2_degC = 0;  // ids 80, 81, 82; above 100 the wire value means 100 - raw
  int voltage_10mV = 0;                        // id 83
  int current_10mA = 0;                        // id 84, charging positive, coding chosen by id C0
  int soc_percent = 0;                         // id 85
  int cycles = 0;                              // id 87
  std::uint16_t alarms = 0;                    // id 8B
  std::uint16_t status = 0;                    // id 8C
};

/// Read-all request as a PC sends it (21 bytes).
[[nodiscard]] const std::array<std::uint8_t, 21>& read_all_request();

/// Decodes whole frames (start bytes to checksum) that answer read-all. The layout of the last good frame is kept: a
/// board that sends the same ids in the same places again is read without walking from id to id.
class ReadAllDecoder {
 public:
  /// What the frame says, until the next call. nullptr when length, end mark, checksum, an id or a width does not fit,
  /// or one of the values of a report is missing; also when id 79 comes twice or the frame is above 1024 bytes.
  [[nodiscard]] const JkReport* decode(std::span<const std::uint8_t> frame);
  /// The same of a frame from FrameCollector, which has checked the sum.
  [[nodiscard]] const JkReport* decode_collected(std::span<const std::uint8_t> frame);

 private:
  enum Value : std::uint8_t { mos, t1, t2, voltage, current, soc, cycles, alarms, status, coding, values };
  [[nodiscard]] static Value value_of(std::uint8_t id);
  [[nodiscard]] bool is_laid_out_as_before(std::span<const std::uint8_t> data) const;
  bool survey(std::span<const std::uint8_t> data);
  void read(std::span<const std::uint8_t> data);

  std::vector<std::uint8_t> layout_;        // bytes of the last good frame; empty = no layout is known
  std::vector<std::uint8_t> fixed_;         // FF where a byte is of the layout: an id, a count, the number of a cell
  std::array<std::uint16_t, values> at_{};  // where the values stand in the data; 0 = nowhere (an id comes first)
  std::uint16_t cells_at_ = 0;
  JkReport report_;
};

/// One frame by itself.
[[nodiscard]] std::optional<JkReport> decode_read_all(std::span<const std::uint8_t> frame);

/// Finds frames in a stream with noise: resynchronises on 4E 57, gives up on a length above 1024.
class FrameCollector {
 public:
  /// Adds bytes; calls `frame(span)` for each complete one with a correct checksum.
  template <class Sink>
  void add(std::span<const std::uint8_t> bytes, Sink frame) {
    while (buffer_.empty()) {  // as a quiet line brings them: whole frames and nothing else
      const std::size_t size = whole_frame(bytes);
      if (size == 0) break;
      frame(bytes.first(size));
      bytes = bytes.subspan(size);
    }
    if (bytes.empty()) return;
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
    while (const std::size_t size = complete()) {
      frame(std::span<const std::uint8_t>(buffer_.data(), size));
      buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(size));
    }
  }
  void clear() { buffer_.clear(); }

 private:
  static std::size_t whole_frame(std::span<const std::uint8_t> bytes);  // size of the good one at the front, or 0
  std::size_t complete();  // size of the frame at the front, 0 = none yet; drops what cannot be one
  std::vector<std::uint8_t> buffer_;
};

}  // namespace rig::telemetry
