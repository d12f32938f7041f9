// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "firmware-under-test/jk/core/settings.hpp"
#include "firmware-under-test/jk/core/status.hpp"

namespace jk::core {

struct ChargeView {
  std::int32_t highest_mV = 0, lowest_mV = 0, average_mV = 0;  // of the cells
  std::int32_t soc_percent = 0;
  bool is_ovp_tripped = false, is_uvp_tripped = false;  // of the cells
};

enum class ChargeMark : std::uint8_t { none, full, empty };

/// Says when the pack counts as full or empty, and runs the phases of a floating charge. Sources: facts 5.5.
///
/// Full: cell OVP trips; or a cell stays at or above soc_100 for 2 s (float_mode off); or the end of the absorption
/// (float_mode on). Empty: cell UVP trips; or a cell stays at or below soc_0 for 2 s. The 2 s are ours: a dip of the
/// load must not empty the gauge.
///
/// float_mode on: bulk until the average cell reaches rcv less 10 mV (our allowance for +-5 mV of the measurement),
/// absorption for rcv_time; then, with a cell still above soc_100, full and floating for rfv_time, else bulk again.
/// Floating ends earlier when the SOC falls to re_bulk_soc.
class ChargePhases {
 public:
  explicit ChargePhases(const Settings& settings) { set_limits(settings); }
  void set_limits(const Settings& settings);
  /// Every 128 ms, say.
  ChargeMark update(const ChargeView& view, std::uint64_t now_ns);

  [[nodiscard]] ChargePhase phase() const { return phase_; }
  [[nodiscard]] std::uint16_t phase_s(std::uint64_t now_ns) const;  // since it began; 0 in bulk

 private:
  /// True once after `is_on` has held for 2 s.
  class Held {
   public:
    bool update(bool is_on, std::uint64_t now_ns);

   private:
    bool is_on_ = false, is_told_ = false;
    std::uint64_t since_ns_ = 0;
  };
  ChargeMark advance(const ChargeView& view, std::uint64_t now_ns);
  void enter(ChargePhase phase, std::uint64_t now_ns);

  std::int32_t soc_100_mV_ = 0, soc_0_mV_ = 0, rcv_mV_ = 0, re_bulk_percent_ = 0;
  std::uint64_t absorption_ns_ = 0, floating_ns_ = 0;
  bool has_float_mode_ = false;
  Held high_, low_;
  bool was_ovp_ = false, was_uvp_ = false;
  ChargePhase phase_ = ChargePhase::bulk;
  std::uint64_t entered_ns_ = 0;
};

}  // namespace jk::core
