// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/decision_rule.hpp"

#include <algorithm>
#include <cmath>

namespace rig::expect {
namespace {

/// -1, 0, 1: a is smaller, the same, greater.
int compared(double a, double b, double scale) {
  const double difference = a - b;
  if (std::abs(difference) <= 1e-9 * scale) return 0;
  return difference < 0 ? -1 : 1;
}

bool is_strict(std::string_view limit_is) { return limit_is == "<" || limit_is == ">"; }

/// Of x itself: the limit holds.
bool holds(double margin, std::string_view limit_is) {
  return is_strict(limit_is) || limit_is == "!=" ? margin > 0 : margin >= 0;
}

double standard_of(const Verdict& verdict, const scenario::BenchUncertainty& bench) {
  if (!verdict.is_time) return verdict.standard;
  const double clock = bench.standard(scenario::Dimension::time, verdict.measured.value);
  return std::sqrt(verdict.standard * verdict.standard + clock * clock);
}

}  // namespace

Result decided(double margin, double expanded, std::string_view limit_is, double limit) {
  const double scale = std::max({expanded, std::abs(margin), std::abs(limit)});
  const int far = compared(std::abs(margin), expanded, scale);  // from the limit, in U
  const bool strict = is_strict(limit_is), is = holds(margin, limit_is);
  // with == no interval holds altogether, with != none fails altogether
  const bool all = limit_is != "==" && (far > 0 || (far == 0 && !strict && limit_is != "!="));
  const bool none = limit_is != "!=" && (far > 0 || (far == 0 && strict));
  if (is) return all ? Result::pass : Result::conditional_pass;
  return none ? Result::fail : Result::conditional_fail;
}

void apply_decision_rule(Verdict& verdict, const scenario::BenchUncertainty& bench) {
  if (!bench.any() || verdict.limit_is.empty() || verdict.margin.value != verdict.margin.value) return;
  const bool is_pass = verdict.result == Result::pass;
  if (is_pass != holds(verdict.margin.value, verdict.limit_is)) return;
  const double expanded = scenario::BenchUncertainty::k * standard_of(verdict, bench);
  if (!(expanded > 0)) return;
  verdict.expanded = expanded;
  verdict.result = decided(verdict.margin.value, expanded, verdict.limit_is, verdict.limit.value);
  if (verdict.result == Result::pass || verdict.result == Result::fail) return;
  if (!verdict.reason.empty()) verdict.reason += "; ";
  verdict.reason +=
      "the limit lies inside the uncertainty of " + scenario::format({expanded, verdict.margin.dimension}) + " (k = 2)";
}

}  // namespace rig::expect
