// SPDX-License-Identifier: Apache-2.0
#include "models/afe/mcp3208.hpp"

#include <algorithm>
#include <utility>

namespace models::afe {
namespace {

constexpr int command_bits = 4;
constexpr int sample_clock = 5;
constexpr int null_clock = 6;
constexpr int lsb_clock = 18;   // B0, shared by both directions
constexpr int last_clock = 29;  // B11 again, LSB first

}  // namespace

Mcp3208::Mcp3208(Sample sample) : sample_(std::move(sample)) {}

void Mcp3208::select(bool is_selected) {
  if (is_selected && !is_selected_) {
    has_started_ = false;
    position_ = 0;
  }
  is_selected_ = is_selected;
}

std::uint8_t Mcp3208::transfer(std::uint8_t sent, std::int64_t t_ns, std::int64_t bit_ns) {
  std::uint32_t received = 0;
  for (int bit = 7; bit >= 0; --bit) {
    t_ns += bit_ns;  // the falling edge that ends this bit
    received = received << 1 | static_cast<std::uint32_t>(clock((sent >> bit & 1) != 0, t_ns));
  }
  return static_cast<std::uint8_t>(received);
}

bool Mcp3208::clock(bool din, std::int64_t sample_ns) {
  if (!is_selected_) return true;
  if (!has_started_) {
    has_started_ = din;
    return true;
  }
  ++position_;
  if (position_ == 1) command_ = 0;
  if (position_ <= command_bits) command_ = command_ << 1 | static_cast<std::uint32_t>(din);
  if (position_ == sample_clock) convert(sample_ns);
  return output_bit();
}

bool Mcp3208::output_bit() const {
  if (position_ < null_clock) return true;
  if (position_ == null_clock || position_ > last_clock) return false;
  const int bit = position_ <= lsb_clock ? lsb_clock - position_ : position_ - lsb_clock;
  return (code_ >> bit & 1) != 0;
}

// Differential: channels in pairs, D0 says which of the two is IN+; IN+ below IN- gives code 0 (section 3.1, table
// 5-2).
void Mcp3208::convert(std::int64_t t_ns) {
  const int channel = static_cast<int>(command_ & 7u);
  std::int32_t code = sample_(channel, t_ns);
  if ((command_ & 8u) == 0) code -= sample_(channel ^ 1, t_ns);
  code_ = std::clamp(code, std::int32_t{0}, std::int32_t{4095});
}

}  // namespace models::afe
