// SPDX-License-Identifier: Apache-2.0
// What the rig reads of a serial line. In whatever pieces bytes arrive, the same frames come out of them, in order and
// each once; a decoder that remembers a layout reads in a frame what one that has seen nothing reads in it.
// The first byte of the input chooses how the rest is cut, and whether lengths, end marks and sums are put right first.
#include <algorithm>
#include <vector>

#include "rig/telemetry/jk_4e57.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using tests::fuzz::require;
using Bytes = std::vector<std::uint8_t>;

// Each `4E 57 length` gets as many bytes as are there, up to that length, and an end that fits.
void put_right(Bytes& line) {
  for (std::size_t at = 0; at + 20 <= line.size();) {
    if (line[at] != 0x4E || line[at + 1] != 0x57) {
      ++at;
      continue;
    }
    const std::size_t said = line[at + 2] * 256U + line[at + 3] + 2U;
    const std::size_t size = std::min({std::max<std::size_t>(said, 20), line.size() - at, std::size_t{1024}});
    line[at + 2] = static_cast<std::uint8_t>((size - 2) >> 8);
    line[at + 3] = static_cast<std::uint8_t>(size - 2);
    line[at + size - 5] = 0x68;
    line[at + size - 4] = line[at + size - 3] = 0;
    unsigned sum = 0;
    for (std::size_t i = at; i < at + size - 4; ++i) sum += line[i];
    line[at + size - 2] = static_cast<std::uint8_t>(sum >> 8);
    line[at + size - 1] = static_cast<std::uint8_t>(sum);
    at += size;
  }
}

std::vector<Bytes> frames_of(const Bytes& line, std::size_t piece) {
  std::vector<Bytes> frames;
  rig::telemetry::FrameCollector collector;
  for (std::size_t at = 0; at < line.size(); at += piece) {
    collector.add(std::span(line).subspan(at, std::min(piece, line.size() - at)),
                  [&](std::span<const std::uint8_t> frame) { frames.emplace_back(frame.begin(), frame.end()); });
  }
  return frames;
}

void judge_frames(const Bytes& line, const std::vector<Bytes>& frames) {
  auto from = line.begin();
  for (const Bytes& frame : frames) {
    from = std::search(from, line.end(), frame.begin(), frame.end());
    require(from != line.end(), "a frame is a piece of the line, behind the one before it");
    from += static_cast<std::ptrdiff_t>(frame.size());
    require(frame.size() >= 20 && frame.size() <= 1024 && frame[0] == 0x4E && frame[1] == 0x57, "a frame has its form");
  }
}

bool are_same(const rig::telemetry::JkReport& a, const rig::telemetry::JkReport& b) {
  return a.cell_mV == b.cell_mV && a.mos_degC == b.mos_degC && a.t1_degC == b.t1_degC && a.t2_degC == b.t2_degC &&
         a.voltage_10mV == b.voltage_10mV && a.current_10mA == b.current_10mA && a.soc_percent == b.soc_percent &&
         a.cycles == b.cycles && a.alarms == b.alarms && a.status == b.status;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Bytes line(data + 1, data + size);
  if ((data[0] & 1) != 0) put_right(line);
  const std::vector<Bytes> frames = frames_of(line, std::max<std::size_t>(line.size(), 1));
  judge_frames(line, frames);
  require(frames_of(line, 1 + data[0] / 2U) == frames, "pieces of any size give the same frames");

  rig::telemetry::ReadAllDecoder experienced;
  for (const Bytes& frame : frames) {
    const auto fresh = rig::telemetry::decode_read_all(frame);
    const rig::telemetry::JkReport* const report = experienced.decode(frame);
    require(fresh.has_value() == (report != nullptr), "a known layout neither admits nor refuses a frame");
    if (fresh) require(are_same(*fresh, *report), "a known layout changes no value");
  }
  return 0;
}
