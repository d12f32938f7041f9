// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "rig/expect/monitor.hpp"

namespace rig::expect {

/// holds: P  for at least: D.   Formula 0 is P. The longest stretch of the window in which P is true without a gap must
/// reach D; unknown is a gap. Margin: longest - D.
class Holds : public Monitor {
 public:
  explicit Holds(const Claim& claim) : needed_ns_(scenario::to_ns(claim.for_at_least_s.value_or(0.0))) {}

  void observe(const Observation& at) override;
  void close(std::int64_t t_ns) override;
  [[nodiscard]] Verdict verdict() const override;

 private:
  void end(std::int64_t t_ns, const Dating& dating);

  const std::int64_t needed_ns_;
  bool known_ = false;
  std::int64_t t_began_ns_ = -1, longest_ns_ = -1, t_longest_ns_ = -1;
  Dating began_dating_, longest_dating_;
  std::uint64_t stretches_ = 0;
};

/// converges: X  below: L  within: T.   Formula 0 is X < L. X must start at or above L (its first known value in the
/// window), and be below L from some instant at most T after the start of the window on, to its end; unknown counts as
/// not below. Measured: that instant, from the start of the window. Margin: T - measured.
class Converges : public Monitor {
 public:
  Converges(const Claim& claim, const Slots& slots) : within_ns_(scenario::to_ns(claim.within_s)), slots_(slots) {}

  void observe(const Observation& at) override;
  void close(std::int64_t t_ns) override { t_close_ns_ = t_ns; }
  [[nodiscard]] Verdict verdict() const override;
  [[nodiscard]] bool wants_ending() const override { return true; }
  void ending(const Decision& decision, const double* values) override;

 private:
  [[nodiscard]] Verdict not_below() const;

  const std::int64_t within_ns_;
  const Slots& slots_;
  std::vector<std::uint32_t> last_elements_;  // at the end
  std::string at_the_end_;                    // ": cell[3] 41.20 mV"
  Truth first_ = Truth::unknown, below_ = Truth::unknown;
  std::int64_t t_below_ns_ = -1, t_close_ns_ = -1;
  Dating dating_;
  std::uint64_t entries_ = 0;
};

}  // namespace rig::expect
