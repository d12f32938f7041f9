// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "rig/expect/monitor.hpp"

namespace rig::expect {

/// when: P  then: Q  within: T  [not before: T0] [for at least: D] [when it holds for: H]
/// Formula 0 is P, formula 1 is Q; unknown counts as not true for both.
/// Arms at each rising edge of P inside [after, until), and at the start of the window when P is already true; with H,
/// H after the edge if P lasted. Each occurrence is judged to the end of the run: the first instant with Q true (the
/// instant of arming included) must lie in [T0, T] after arming, and Q must then stay true for D. Margin of an
/// occurrence: the least of T - delay, delay - T0 and, when Q did not stay, the time it stayed - D.
class WhenThen : public Monitor {
 public:
  WhenThen(const Claim& claim, std::int64_t t_start_ns);

  void open(std::int64_t t_ns) override;
  void observe(const Observation& at) override;
  void close(std::int64_t t_ns) override;
  [[nodiscard]] Verdict verdict() const override;
  [[nodiscard]] std::int64_t nearness_until_ns() const override { return t_until_ns_; }
  void nearest(const Nearest& nearest) override { nearest_ = nearest; }
  [[nodiscard]] bool goes_on_outside() const override { return true; }

 private:
  /// One occurrence whose fate is open.
  struct Open {
    std::int64_t t_arm_ns, t_true_ns;  // t_true_ns = kNever: Q has not been true yet
    Dating dating;
  };
  /// A judged occurrence; margin < 0 = violated.
  struct Outcome {
    std::int64_t margin_ns = kNever, measured_ns = 0, limit_ns = 0, t_ns = -1;
    Dating dating;
    std::string reason;
    const char* is = "<=";  // what measured must be of the limit; "" = measured is not what was judged
  };

  void arm_after_holding(std::int64_t t_ns, bool inclusive);
  void rising(const Observation& at);
  void arm(std::int64_t t_ns, const Dating& dating);
  void became_true(std::int64_t t_ns, const Dating& dating);
  void began(Open& occurrence, std::int64_t t_ns, const Dating& dating);
  void passed(const Open& occurrence);
  void retire(std::int64_t t_ns);  // those that have stayed true long enough
  void broke(std::int64_t t_ns);
  void never_came(const Open& occurrence, std::int64_t t_ns);
  void judge(Outcome outcome);
  [[nodiscard]] std::string why_never_armed() const;

  const std::int64_t within_ns_, not_before_ns_, stay_ns_, hold_ns_, t_until_ns_;
  bool when_ = false, then_ = false;
  std::int64_t t_rise_ns_ = kNever;  // P rose here and is waiting for H
  std::int64_t t_late_ns_ = kNever;  // the first H that ended behind the window
  Dating rise_dating_;
  std::vector<Open> waiting_, staying_;
  std::uint64_t armed_ = 0, violations_ = 0;
  Outcome worst_;
  Nearest nearest_;
};

}  // namespace rig::expect
