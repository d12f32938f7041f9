// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/monitor.hpp"

#include <algorithm>
#include <cmath>

#include "rig/expect/always.hpp"
#include "rig/expect/each_stretch.hpp"
#include "rig/expect/eventually.hpp"
#include "rig/expect/settles.hpp"
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

Dating both_of(const Dating& a, const Dating& b) {
  const double squares = a.standard_s * a.standard_s + b.standard_s * b.standard_s;
  return {a.resolution_s + b.resolution_s, std::sqrt(squares), b.elements.empty() ? a.elements : b.elements};
}

void date(Verdict& verdict, const Dating& dating) {
  verdict.resolution = std::max(kPinResolution_s, dating.resolution_s);
  verdict.standard = dating.standard_s;
  verdict.is_time = true;
  verdict.elements = dating.elements;
}

Verdict failed(std::string reason) {
  Verdict verdict;
  verdict.result = Result::fail;
  verdict.reason = std::move(reason);
  verdict.measured.value = verdict.limit.value = verdict.margin.value = kNothing;
  return verdict;
}

Verdict reached(std::int64_t taken_ns, std::int64_t within_ns) {
  Verdict verdict;
  verdict.result = taken_ns <= within_ns ? Result::pass : Result::fail;
  verdict.violations = taken_ns <= within_ns ? 0 : 1;
  verdict.measured = duration(taken_ns);
  set_limit(verdict, "<=", within_ns);
  fill_margin(verdict, seconds(within_ns - taken_ns));
  return verdict;
}

Verdict not_reached(std::string reason, std::int64_t elapsed_ns, std::int64_t within_ns) {
  Verdict verdict = failed(std::move(reason));
  verdict.measured = duration(elapsed_ns);
  const std::int64_t left = within_ns - elapsed_ns;
  set_limit(verdict, left < 0 ? "<=" : "", within_ns);
  // what is missing is time to judge: count it as missing, and never as nothing
  fill_margin(verdict, seconds(left < 0 ? left : std::min<std::int64_t>(-left, -1)));
  date(verdict, {});
  verdict.violations = 1;
  return verdict;
}

std::string measured_text(const Program& measured, const double* values, const Slots& slots) {
  std::vector<std::uint32_t> chosen;
  measured.choose(values, chosen);
  const std::string element = Program::element(chosen, slots);
  return (element.empty() ? "" : element + " ") + scenario::format({measured(values), measured.dimension()}, 5);
}

std::string nearness_text(const Nearest& nearest) {
  const auto shown = [](double value, const Program& side) { return scenario::format({value, side.dimension()}, 5); };
  const Comparison& comparison = *nearest.comparison;
  return "came nearest with " + shown(nearest.measured, comparison.measured()) + " at " + text(nearest.t_ns) + ", " +
         scenario::format({-nearest.inside, difference_of(comparison.limit().dimension())}, 4) + " from " +
         shown(nearest.limit, comparison.limit());
}

namespace {

std::unique_ptr<Monitor> monitor_of_one_window(const Claim& claim, const Slots& slots, std::int64_t t_start_ns) {
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
      return std::make_unique<Converges>(claim, slots);
    case ClaimKind::settles:
      return std::make_unique<Settles>(claim, slots);
    case ClaimKind::eventually:
      return std::make_unique<Eventually>(claim);
  }
  return nullptr;
}

/// These follow several windows by themselves.
bool takes_several(scenario::ClaimKind kind) {
  using scenario::ClaimKind;
  return kind == ClaimKind::always || kind == ClaimKind::never || kind == ClaimKind::when_then;
}

}  // namespace

std::unique_ptr<Monitor> make_monitor(const Claim& claim, const Slots& slots, std::int64_t t_start_ns) {
  const auto make = [&claim, &slots, t_start_ns] { return monitor_of_one_window(claim, slots, t_start_ns); };
  if (!claim.each_stretch || takes_several(claim.kind)) return make();
  return std::make_unique<EachStretch>(make);
}

}  // namespace rig::expect
