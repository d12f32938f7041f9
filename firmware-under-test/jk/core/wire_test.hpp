// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "firmware-under-test/jk/core/measurement.hpp"

namespace jk::core {

inline constexpr std::uint64_t wire_test_valid_ns = 24 * 3'600'000'000'000;  // E
inline constexpr std::uint64_t wire_test_repeat_ns = 600'000'000'000;        // E: after one that found too much

/// Self-test of the balancing leads: one cell after another is measured at rest and while the converter takes or gives
/// `I`. R = |V_rest - V_loaded| / I: both leads of the cell, and the cell itself, whose share is below 1 mohm. Needed
/// before balancing may begin (JK manual 5.3.2, zone 3: a lead with too much cannot be balanced). Takes two scans a
/// cell; a scan at rest stands between two loaded ones, so the protections stay served.
class WireTest {
 public:
  explicit WireTest(std::size_t cell_count) : cell_count_(cell_count) {}

  [[nodiscard]] bool is_due(std::uint64_t now_ns, std::int32_t limit_mohm) const;
  [[nodiscard]] bool is_running() const { return is_running_; }
  /// The converter shall run on cell() for the next scan.
  [[nodiscard]] bool is_loading() const { return is_running_ && is_loading_; }
  [[nodiscard]] std::size_t cell() const { return cell_; }

  void begin();
  void abort() { is_running_ = false; }  // nothing is learned
  void take_rest(std::int32_t cell_mV);  // of cell()
  /// Ends the test with the last cell.
  void take_loaded(std::int32_t cell_mV, std::int32_t current_mA, std::uint64_t now_ns);

  [[nodiscard]] std::span<const std::uint16_t> mohm() const { return {mohm_.data(), cell_count_}; }
  [[nodiscard]] std::int32_t highest_mohm() const;
  [[nodiscard]] std::uint32_t beyond(std::int32_t limit_mohm) const;  // bit n: lead pair of cell n

 private:
  std::size_t cell_count_;
  std::array<std::uint16_t, max_cells> mohm_{};
  bool is_running_ = false, is_loading_ = false, has_result_ = false;
  std::size_t cell_ = 0;
  std::int32_t rest_mV_ = 0;
  std::uint64_t finished_ns_ = 0;
};

}  // namespace jk::core
