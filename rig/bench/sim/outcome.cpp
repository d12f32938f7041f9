// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/outcome.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

namespace rig::bench {

using reports::ClaimResult;
using reports::ScenarioResult;
using scenario::Catalogue;
using scenario::Expression;
using scenario::Quantity;

namespace {

std::string_view limit_word(scenario::LimitSource source) {
  switch (source) {
    case scenario::LimitSource::standard:
      return "standard";
    case scenario::LimitSource::declared:
      return "declared";
    case scenario::LimitSource::derived:
      return "derived";
    case scenario::LimitSource::marketing:
      return "marketing";
  }
  return "";
}

void collect(const Expression& e, const Catalogue& catalogue, std::vector<std::string>& names) {
  const auto add = [&](scenario::SignalId id) {
    const std::string& name = catalogue.info(id).name;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  if (e.op == Expression::Op::signal) add(e.signal);
  for (const auto id : e.elements) add(id);
  for (const auto& child : e.children) collect(child, catalogue, names);
}

/// Nothing where nothing was measured (never armed, empty window): no figure that was not computed.
std::optional<reports::Value> known(const Quantity& q) {
  return std::isnan(q.value) ? std::nullopt : std::optional(value_of(q));
}

reports::Timeline timeline_of(const expect::ProtectionTimeline& t) {
  reports::Timeline timeline;
  timeline.t_cross = t.t_cross;
  timeline.t_detect = t.t_detect;
  timeline.t_act = t.t_act;
  timeline.t_clear = t.t_clear;
  timeline.peak = value_of({t.peak, t.peak_dimension});
  timeline.t_back = t.t_back;
  timeline.t_release = t.t_release;
  timeline.setting = value_of({t.setting, t.peak_dimension});
  if (t.delay_s) timeline.delay = value_of({*t.delay_s, scenario::Dimension::time});
  timeline.trips = t.trips;
  timeline.forgiven = t.forgiven;
  timeline.longest_forgiven_ns = t.longest_forgiven_ns;
  timeline.longest_near_ns = t.longest_near_ns;
  return timeline;
}

/// Worst first: the order in which results outrank each other.
constexpr std::array<std::string_view, 7> order = {"error", "fail",    "conditional_fail", "conditional_pass",
                                                   "pass",  "not_run", "not_applicable"};

}  // namespace

reports::Value value_of(const Quantity& q) {
  return {q.value, std::string(scenario::base_unit(q.dimension)), scenario::format(q)};
}

ClaimResult claim_result(const scenario::Scenario& s, const scenario::Claim& claim, const expect::Verdict& v,
                         const Catalogue& catalogue) {
  ClaimResult r;
  r.text = claim.name.empty() ? claim.text : claim.name;
  r.result = expect::result_word(v.result);
  r.reason = v.reason;
  r.measured = known(v.measured);
  r.limit = known(v.limit);
  if (r.limit && !v.limit_is.empty()) r.limit_is = v.limit_is;
  r.margin = known(v.margin);
  r.margin_ratio = v.margin_ratio;
  r.limit_source = limit_word(claim.limit);
  r.limit_note = claim.limit_note;
  r.resolution = value_of({v.resolution, v.measured.dimension});
  if (v.expanded) r.uncertainty = value_of({*v.expanded, v.margin.dimension});
  r.t_worst_ns = v.t_worst_ns;
  r.worst_element = v.worst_element;
  r.occurrences = v.occurrences;
  r.violations = v.violations;
  r.protection = claim.protection;
  if (v.timeline) {
    r.timeline = timeline_of(*v.timeline);
  }
  r.shows = claim.shows.empty() ? s.shows : claim.shows;
  r.file = claim.position.file;
  r.line = claim.position.line;
  for (const Expression* one : scenario::expressions_of(claim)) collect(*one, catalogue, r.signals);
  return r;
}

void add_invariant(ScenarioResult& r, const scenario::Scenario& s, const scenario::Claim& invariant,
                   const expect::Verdict& v, const Catalogue& catalogue) {
  if (!r.invariants) r.invariants.emplace();
  auto row = std::ranges::find(*r.invariants, invariant.name, &reports::InvariantResult::name);
  if (row == r.invariants->end()) {
    reports::InvariantResult fresh;
    fresh.name = invariant.name;
    fresh.result = "not_applicable";
    row = r.invariants->insert(row, std::move(fresh));
  }
  if (v.occurrences == 0) return;
  ClaimResult claim = claim_result(s, invariant, v, catalogue);
  const auto is_worse = [](std::string_view a, std::string_view b) {
    return std::ranges::find(order, a) < std::ranges::find(order, b);
  };
  if (row->armed == 0 || is_worse(claim.result, row->result)) row->result = claim.result;
  row->armed += v.occurrences;
  row->violations += v.violations;
  if (claim.margin && (!row->margin || claim.margin->number < row->margin->number)) row->margin = claim.margin;
  if (claim.result == "pass") return;
  claim.invariant = invariant.name;
  claim.text = invariant.name;
  r.claims.push_back(std::move(claim));
}

void doubt_silence(ScenarioResult& r, const std::string& prefix, double silent_s, double allowed_s) {
  if (silent_s <= allowed_s) return;
  const auto reported = [&](const std::string& name) {
    return name.starts_with(prefix + "bms.") && name != prefix + "bms.poll_age";
  };
  for (ClaimResult& c : r.claims) {
    if ((c.result != "pass" && c.result != "conditional_pass") ||
        std::none_of(c.signals.begin(), c.signals.end(), reported))
      continue;
    c.result = "fail";
    c.reason = "the bus was silent for " + scenario::format({silent_s, scenario::Dimension::time}) +
               ", so this was not seen all the time";
  }
}

bool is_labelled(const ScenarioResult& r, const char* label) {
  return std::find(r.labels.begin(), r.labels.end(), label) != r.labels.end();
}

/// What must not happen unnoticed behind claims that hold: a board that burns, a firmware that its watchdog has to
/// restart.
void refuse_unexpected(ScenarioResult& r) {
  const auto refuse = [&](const char* label, const auto& is_such) {
    const auto found = std::find_if(r.findings.begin(), r.findings.end(), is_such);
    if (found == r.findings.end() || is_labelled(r, label)) return;
    r.result = "fail";
    r.reason = found->what + "; only a scenario labelled " + label + " may do that";
  };
  refuse("destructive", [](const reports::Finding& f) { return f.whose == "plant"; });
  refuse("faults", [](const reports::Finding& f) { return f.whose == "bus"; });
  refuse("faults", [](const reports::Finding& f) { return f.what.find("reset by watchdog") != std::string::npos; });
}

/// The first of many, then their number: a thousand lines hide the one that matters.
void add_findings(ScenarioResult& r, const std::vector<FirmwareFinding>& findings) {
  constexpr std::size_t shown = 5;
  std::size_t facts = 0;
  for (const auto& f : findings) {
    if (f.is_error || ++facts <= shown) r.findings.push_back({f.t_ns, "firmware", f.what});
  }
  if (facts > shown)
    r.findings.push_back(
        {findings.back().t_ns, "firmware", "and " + std::to_string(facts - shown) + " more like these"});
}

void conclude(ScenarioResult& r, const std::vector<FirmwareFinding>& findings) {
  add_findings(r, findings);
  for (const auto& f : findings) {
    if (f.is_error && r.result.empty()) {
      r.result = "error";
      r.reason = f.what;
    }
  }
  if (!r.result.empty()) return;
  if (r.claims.empty()) {
    r.result = "fail";
    r.reason = "the scenario claims nothing";
    return;
  }
  const auto rank = [](const ClaimResult& c) {
    return std::find(order.begin(), order.end(), c.result) - order.begin();
  };
  const auto worst = std::min_element(r.claims.begin(), r.claims.end(),
                                      [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  r.result = worst->result;
  if (r.result != "pass") r.reason = worst->text + (worst->reason.empty() ? "" : ": " + worst->reason);
  if (r.result == "pass" || r.result == "conditional_pass") refuse_unexpected(r);
}

}  // namespace rig::bench
