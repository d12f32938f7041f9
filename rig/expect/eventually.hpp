// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "rig/expect/monitor.hpp"

namespace rig::expect {

/// eventually: P  by: T.   Formula 0 is P; it must be true at some instant at most T after the start of the window.
/// Measured: the first such instant, from there. Margin: T - measured.
class Eventually : public Monitor {
 public:
  explicit Eventually(const Claim& claim) : by_ns_(scenario::to_ns(claim.within_s)) {}

  void observe(const Observation& at) override;
  void close(std::int64_t t_ns) override { t_close_ns_ = t_ns; }
  [[nodiscard]] Verdict verdict() const override;
  [[nodiscard]] std::int64_t nearness_until_ns() const override { return kNever; }
  void nearest(const Nearest& nearest) override { nearest_ = nearest; }

 private:
  [[nodiscard]] Verdict never_came() const;

  const std::int64_t by_ns_;
  bool known_ = false;
  std::int64_t t_true_ns_ = -1, t_close_ns_ = -1;
  Dating dating_;
  Nearest nearest_;
};

}  // namespace rig::expect
