// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "rig/expect/monitor.hpp"
#include "rig/expect/visits.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::expect {

/// The expressions behind one protection event, in the order of the formulas of a Timeline.
///   0 the true quantity is inside the setting   1 the flag is on   2 the gate is off   3 the blocked current is below
///   1 A   4 the true quantity is further inside than the band: 1 % of a voltage or current, 1 K
/// Throws std::invalid_argument when the row, its setting or one of its signals does not exist.
[[nodiscard]] std::vector<scenario::Expression> timeline_expressions(const std::string& protection,
                                                                     const scenario::Catalogue& catalogue,
                                                                     const Judge::Limits& limits);

/// The setting, its dimension and its delay as the board has them. Throws as timeline_expressions().
struct ProtectionSetting {
  double value = 0;
  scenario::Dimension dimension = scenario::Dimension::none;
  std::optional<double> delay_s;
};
[[nodiscard]] ProtectionSetting protection_setting(const std::string& protection, const scenario::Catalogue& catalogue,
                                                   const Judge::Limits& limits);

/// Everything that the timelines of these claims will read, in their order; the settings count as 0.
[[nodiscard]] std::vector<scenario::Expression> timelines_of(const scenario::Scenario& scenario);

/// Dates one protection event, the first that led to an act.
///   t_cross   last crossing of the true quantity through the setting before the act (the start, if it starts beyond)
///   t_act     first fall of the gate with the quantity beyond the setting; or, when a measuring error made the
///   firmware act
///             before the true crossing, the last fall before the flag came on
///   t_detect  flag first seen to come on, from t_cross on
///   t_clear   first instant from t_act on with less than 1 A in the blocked direction
///   peak      most extreme value of the true quantity from t_cross (else t_act) to t_clear
///   t_back    first instant from t_act on with the quantity inside of the setting again
///   t_release first instant from t_act on with the gate on and the flag, seen on before, off
class Timeline : public Monitor {
 public:
  explicit Timeline(ProtectionSetting setting = {}) : setting_(setting) {}
  void observe(const Observation& at) override;
  void close(std::int64_t t_ns) override { visits_.close(t_ns); }
  [[nodiscard]] Verdict verdict() const override;
  [[nodiscard]] bool wants_figures() const override { return true; }
  [[nodiscard]] double floor() const override;
  void figure(std::int64_t t_ns, const Decision& decision, const double* values) override;

 private:
  [[nodiscard]] bool began() const { return found_.t_cross >= 0 || found_.t_act >= 0; }
  [[nodiscard]] bool over() const { return confirmed_ && found_.t_clear >= 0; }
  void crosses(std::int64_t t_ns);
  void gate_falls(std::int64_t t_ns, bool beyond);
  void flag_rises(std::int64_t t_ns);
  void after_the_act(const Observation& at);

  ProtectionSetting setting_;
  Visits visits_;
  ProtectionTimeline found_;
  Observation before_;  // all `no`
  bool seen_ = false, confirmed_ = false;
  double deepest_ = std::numeric_limits<double>::infinity();
};

}  // namespace rig::expect
