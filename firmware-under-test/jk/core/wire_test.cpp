// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/wire_test.hpp"

#include <algorithm>
#include <cstdlib>

namespace jk::core {

bool WireTest::is_due(std::uint64_t now_ns, std::int32_t limit_mohm) const {
  const std::uint64_t valid_ns = highest_mohm() >= limit_mohm ? wire_test_repeat_ns : wire_test_valid_ns;
  return !is_running_ && (!has_result_ || now_ns - finished_ns_ >= valid_ns);
}

void WireTest::begin() {
  is_running_ = true;
  is_loading_ = false;
  cell_ = 0;
}

void WireTest::take_rest(std::int32_t cell_mV) {
  rest_mV_ = cell_mV;
  is_loading_ = true;
}

void WireTest::take_loaded(std::int32_t cell_mV, std::int32_t current_mA, std::uint64_t now_ns) {
  const std::int32_t drop_mV = std::abs(rest_mV_ - cell_mV);
  mohm_[cell_] =
      static_cast<std::uint16_t>(std::min<std::int32_t>((drop_mV * 1000 + current_mA / 2) / current_mA, 0xFFFF));
  is_loading_ = false;
  if (++cell_ < cell_count_) return;
  is_running_ = false;
  has_result_ = true;
  finished_ns_ = now_ns;
}

std::int32_t WireTest::highest_mohm() const { return *std::max_element(mohm_.begin(), mohm_.end()); }

std::uint32_t WireTest::beyond(std::int32_t limit_mohm) const {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < cell_count_; ++i) bits |= std::uint32_t{mohm_[i] >= limit_mohm} << i;
  return bits;
}

}  // namespace jk::core
