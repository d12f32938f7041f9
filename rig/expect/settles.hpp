// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "rig/expect/monitor.hpp"

namespace rig::expect {

/// settles: X  to: V  band: B  within: T  [for at least: D]
/// Formula 0 is |X - V| <= B. From some instant at most T after the start of the window on it must hold to its end, or
/// for D; unknown counts as outside. Measured: that instant, from the start of the window. Margin: T - measured.
class Settles : public Monitor {
 public:
  Settles(const Claim& claim, const Slots& slots);

  void observe(const Observation& at) override;
  void close(std::int64_t t_ns) override;
  [[nodiscard]] Verdict verdict() const override;
  [[nodiscard]] bool wants_ending() const override { return true; }
  void ending(const Decision& decision, const double* values) override;

 private:
  [[nodiscard]] bool for_good() const { return stay_ns_ == 0; }
  void leave(std::int64_t t_ns);
  void settled(std::int64_t t_ns, const Dating& dating);
  [[nodiscard]] std::string why_not() const;

  const std::int64_t within_ns_, stay_ns_;
  const std::string target_;  // "3.650 V ± 5.000 mV"
  const Slots& slots_;
  bool known_ = false;
  std::int64_t t_in_ns_ = -1, t_settled_ns_ = -1, t_left_ns_ = -1, t_close_ns_ = -1, longest_ns_ = 0;
  Dating in_dating_, dating_;
  std::uint64_t entries_ = 0;
  std::vector<std::uint32_t> last_elements_;  // at the end
  std::string at_the_end_;                    // "cell[3] 12.30 mV off at 60.000 s"
};

}  // namespace rig::expect
