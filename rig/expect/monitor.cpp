// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/monitor.hpp"

#include "rig/expect/always.hpp"
#include "rig/expect/stretches.hpp"
#include "rig/expect/when_then.hpp"

namespace rig::expect {

Quantity duration(std::int64_t ns) { return {seconds(ns), scenario::Dimension::time}; }

std::string text(std::int64_t duration_ns) { return scenario::format(duration(duration_ns), 5); }

namespace {

/// A ratio needs a zero that means something; degrees Celsius have none.
bool has_ratio(const Quantity& limit) {
  return limit.value != 0 && limit.value == limit.value && limit.dimension != scenario::Dimension::temperature;
}

}  // namespace

scenario::Dimension difference_of(scenario::Dimension dimension) {
  return dimension == scenario::Dimension::temperature ? scenario::Dimension::temperature_difference : dimension;
}

void set_limit(Verdict& verdict, const char* is, std::int64_t limit_ns) {
  verdict.limit = duration(limit_ns);
  verdict.limit_is = is;
}

void fill_margin(Verdict& verdict, double margin) {
  verdict.margin = {margin, difference_of(verdict.limit.dimension)};
  if (has_ratio(verdict.limit))
    verdict.margin_ratio = margin / (verdict.limit.value < 0 ? -verdict.limit.value : verdict.limit.value);
}

Verdict failed(std::string reason) {
  Verdict verdict;
  verdict.result = Result::fail;
  verdict.reason = std::move(reason);
  verdict.measured.value = verdict.limit.value = verdict.margin.value = kNothing;
  return verdict;
}

std::unique_ptr<Monitor> make_monitor(const Claim& claim, const Slots& slots, std::int64_t t_start_ns) {
  using scenario::ClaimKind;
  switch (claim.kind) {
    case ClaimKind::always:
      return std::make_unique<Always>(false, claim.while_.has_value(), slots);
    case ClaimKind::never:
      return std::make_unique<Always>(true, claim.while_.has_value(), slots);
    case ClaimKind::when_then:
      return std::make_unique<WhenThen>(claim, t_start_ns);
    case ClaimKind::holds:
      return std::make_unique<Holds>(claim);
    case ClaimKind::converges:
      return std::make_unique<Converges>(claim);
  }
  return nullptr;
}

}  // namespace rig::expect
