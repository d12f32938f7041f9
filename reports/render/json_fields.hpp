// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "reports/render/words.hpp"
#include "reports/result.hpp"

/// Every member of result.json once, in its order: the writer and the reader both walk this list. The schema
/// (reports/result.schema.json) and docs/result-format.md say the same; a test compares.
namespace reports::json {

template <class Io>
void fields(Io& io, Value& value) {
  io("number", value.number);
  io("unit", value.unit);
  io("text", value.text);
}

template <class Io>
void fields(Io& io, Timeline& timeline) {
  io("t_cross_ns", timeline.t_cross);
  io("t_detect_ns", timeline.t_detect);
  io("t_act_ns", timeline.t_act);
  io("t_clear_ns", timeline.t_clear);
  io("t_back_ns", timeline.t_back);
  io("t_release_ns", timeline.t_release);
  io("peak", timeline.peak);
  io("setting", timeline.setting);
  io("delay", timeline.delay);
  io("trips", timeline.trips);
  io("forgiven", timeline.forgiven);
  io("longest_forgiven_ns", timeline.longest_forgiven_ns);
  io("longest_near_ns", timeline.longest_near_ns);
}

template <class Io>
void fields(Io& io, ClaimResult& claim) {
  io("text", claim.text);
  io.word("result", claim.result, result_words);
  io("reason", claim.reason);
  io("measured", claim.measured);
  io("limit", claim.limit);
  io("limit_is", claim.limit_is);
  io("margin", claim.margin);
  io("margin_ratio", claim.margin_ratio);
  io.word("limit_source", claim.limit_source, limit_sources);
  io("limit_note", claim.limit_note);
  io("resolution", claim.resolution);
  io("uncertainty", claim.uncertainty);
  io("t_worst_ns", claim.t_worst_ns);
  io("worst_element", claim.worst_element);
  io("occurrences", claim.occurrences);
  io("violations", claim.violations);
  io("protection", claim.protection);
  io("timeline", claim.timeline);
  io("shows", claim.shows);
  io("signals", claim.signals);
  io("invariant", claim.invariant);
  io("file", claim.file);
  io("line", claim.line);
}

template <class Io>
void fields(Io& io, Finding& finding) {
  io("t_ns", finding.t_ns);
  io("whose", finding.whose);
  io("what", finding.what);
}

template <class Io>
void fields(Io& io, InvariantResult& invariant) {
  io("name", invariant.name);
  io.word("result", invariant.result, result_words);
  io("armed", invariant.armed);
  io("violations", invariant.violations);
  io("margin", invariant.margin);
}

template <class Io>
void fields(Io& io, InvariantCount& count) {
  io("name", count.name);
  io("armed_in", count.armed_in);
  io("scenarios", count.scenarios);
  io("violations", count.violations);
}

template <class Io>
void fields(Io& io, ScenarioResult& scenario) {
  io("name", scenario.name);
  io("about", scenario.about);
  io.word("result", scenario.result, result_words);
  io("reason", scenario.reason);
  io("shows", scenario.shows);
  io("labels", scenario.labels);
  io("board", scenario.board);
  io("pack", scenario.pack);
  io("file", scenario.file);
  io("line", scenario.line);
  io("scenario_sha256", scenario.scenario_sha256);
  io("settings", scenario.settings);
  io("seed", scenario.seed);
  io("simulated_s", scenario.simulated_s);
  io("wake_ups", scenario.wake_ups);
  io("scan_period_s", scenario.scan_period_s);
  io("claims", scenario.claims);
  io("findings", scenario.findings);
  io("invariants", scenario.invariants);
  io("imposed", scenario.imposed);
  io("figures", scenario.figures);
  io("trace_file", scenario.trace_file);
  io("trace_sha256", scenario.trace_sha256);
  io("again", scenario.again);
  io.group("time_of_day", [&](Io& group) { group("wall_s", scenario.wall_s); });
}

template <class Io>
void fields(Io& io, StatedUncertainty& stated) {
  io("quantity", stated.quantity);
  io("absolute", stated.absolute);
  io("relative", stated.relative);
  io("coverage_factor", stated.coverage_factor);
  io("source", stated.source);
}

template <class Io>
void fields(Io& io, DecisionRule& decision) {
  io.word("rule", decision.rule, decision_rules);
  io("coverage_factor", decision.coverage_factor);
  io("uncertainty", decision.uncertainty);
}

template <class Io>
void fields(Io& io, RunResult& run) {
  io.version("schema_version", run.schema_version);
  io("tool_version", run.tool_version);
  io("bench", run.bench);
  io("decision_rule", run.decision_rule);
  io.group("firmware", [&](Io& group) {
    group("name", run.firmware_name);
    group("version", run.firmware_version);
    group("file", run.firmware_file);
    group("sha256", run.firmware_sha256);
  });
  io("seed", run.seed);
  io("strict", run.strict);
  io.group("time_of_day", [&](Io& group) {
    group("started", run.started);
    group("host", run.host);
    group("wall_s", run.wall_s);
  });
  io("scenarios", run.scenarios);
  io("invariants", run.invariants);
  io.counts("counts", run.scenarios);
}

}  // namespace reports::json
