// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/frame_55aa.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "firmware-under-test/jk/protocols/registers.hpp"

namespace jk::protocols {
namespace {

constexpr std::array<std::uint8_t, 4> start_mark = {0x55, 0xAA, 0xEB, 0x90};
constexpr std::size_t block_at = 6, sum_at = frame_bytes - 1;

constexpr Block block_of(Frame frame) {
  constexpr Block in_order[] = {Block::settings, Block::live, Block::about};
  return in_order[static_cast<std::size_t>(frame) - 1];
}

}  // namespace

void write_frame(core::Device& device, Frame frame, std::uint8_t counter, std::span<std::uint8_t, frame_bytes> out) {
  std::copy(start_mark.begin(), start_mark.end(), out.begin());
  out[4] = static_cast<std::uint8_t>(frame);
  out[5] = counter;
  show(block_of(frame), device, Window(out.subspan(block_at, sum_at - block_at), 0, ByteOrder::little));
  out[sum_at] = static_cast<std::uint8_t>(std::accumulate(out.begin(), out.end() - 1, 0U));
}

}  // namespace jk::protocols
