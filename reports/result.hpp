// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace reports {

/// The content of result.json, the only source of every report. Schema: docs/result-format.md. Numbers in base units
/// with the unit beside.
struct Value {
  double number = 0;
  std::string unit;  // "V", "s", …; "" = pure number
  std::string text;  // as people read it: "5.020 s"
};

struct Timeline {  // ns, -1 = did not happen
  std::int64_t t_cross = -1, t_detect = -1, t_act = -1, t_clear = -1;
  Value peak;
  std::int64_t t_back = -1, t_release = -1;  // inside of the setting again; gate on and flag off again
  Value setting = {};
  std::optional<Value> delay = {};
  std::uint64_t trips = 0, forgiven = 0;  // of the whole run
  std::int64_t longest_forgiven_ns = 0, longest_near_ns = 0;
};

struct ClaimResult {
  std::string text, result, reason;  // result: one of the fixed words
  std::optional<Value> measured, limit, margin;
  std::optional<double> margin_ratio;
  std::string limit_source, limit_note;
  std::optional<Value> resolution;
  std::int64_t t_worst_ns = -1;
  std::string worst_element;
  std::uint64_t occurrences = 0, violations = 0;
  std::string protection;
  std::optional<Timeline> timeline;
  std::vector<std::string> shows;
  std::string file;
  int line = 0;
  std::vector<std::string> signals;           // names used by the claim: what a plot should show
  std::optional<std::string> invariant = {};  // its name, where it is one that was violated
  std::optional<std::string> limit_is = {};   // what measured must be of the limit: < <= > >= == !=
  std::optional<Value> uncertainty = {};      // U of measured on this bench: the guard band
};

struct Finding {  // the firmware's or the rig's misbehaviour
  std::int64_t t_ns = 0;
  std::string whose;  // "firmware" or "rig"
  std::string what;   // "firmware crashed: segmentation fault"
};

/// What holds in every run, in one of them; of several boards all together.
struct InvariantResult {
  std::string name, result;  // not_applicable: it did not arm
  std::uint64_t armed = 0, violations = 0;
  std::optional<Value> margin;  // the least
};

/// The same over a whole run of the library.
struct InvariantCount {
  std::string name;
  std::uint64_t armed_in = 0, scenarios = 0, violations = 0;  // armed in so many of so many scenarios
};

struct ScenarioResult {
  std::string name, about, result, reason;
  std::vector<std::string> shows, labels;
  std::string board, pack, file;
  int line = 0;
  std::string scenario_sha256;
  std::map<std::string, std::string> settings;  // name -> "3.600 V"
  std::uint64_t seed = 0;
  double simulated_s = 0;
  std::uint64_t wake_ups = 0;
  double scan_period_s = 0;
  std::vector<ClaimResult> claims;
  std::vector<Finding> findings;
  std::optional<std::vector<InvariantResult>> invariants = {};
  std::vector<std::string> imposed;      // signals that a source outside of the pack held for a time
  std::map<std::string, Value> figures;  // avalanche energy, peak current, … computed in the run
  std::string trace_file, trace_sha256;  // path relative to result.json
  std::string again;                     // the one line that repeats exactly this run
  double wall_s = 0;                     // time of day figures, excluded from comparisons
};

/// Expanded uncertainty that a bench states: absolute + relative * |value|, with this coverage factor.
struct StatedUncertainty {
  std::string quantity;
  std::optional<Value> absolute;
  std::optional<double> relative;
  double coverage_factor = 2;
  std::string source;
};

/// How a figure and its limit make a result: simple_acceptance, or guard_band of U.
struct DecisionRule {
  std::string rule = "simple_acceptance";
  std::optional<double> coverage_factor;  // of U, the guard band
  std::vector<StatedUncertainty> uncertainty;
};

struct RunResult {
  int schema_version = 1;
  std::string tool_version, host, started;  // started: ISO 8601, time of day
  std::string bench = "sim";
  DecisionRule decision_rule;
  std::string firmware_name, firmware_version, firmware_file, firmware_sha256;
  std::uint64_t seed = 0;
  bool strict = false;
  double wall_s = 0;
  std::vector<ScenarioResult> scenarios;
  std::optional<std::vector<InvariantCount>> invariants = {};
};

/// Of all scenarios that ran, in the order in which the invariants first appear; nullopt where there are none.
[[nodiscard]] std::optional<std::vector<InvariantCount>> count_invariants(const std::vector<ScenarioResult>& scenarios);

/// JSON text, keys in fixed order, byte-stable. Throws std::runtime_error with the path inside the document on a
/// malformed one.
[[nodiscard]] std::string to_json(const RunResult& result);
[[nodiscard]] RunResult from_json(const std::string& text);
[[nodiscard]] std::string scenario_to_json(const ScenarioResult& result);  // one element of scenarios[]
[[nodiscard]] ScenarioResult scenario_from_json(const std::string& text);

/// "<= 5.200 s", or the limit alone where its direction is not known; "" without one.
[[nodiscard]] std::string limit_text(const ClaimResult& claim);

/// Renderers. `folder` holds result.json and the traces it names.
[[nodiscard]] std::string junit(const RunResult& result);
[[nodiscard]] std::string summary_md(const RunResult& result);  // Markdown for a page of GitHub or GitLab, at most 1 MB
[[nodiscard]] std::string html(const RunResult& result, const std::filesystem::path& folder);
void write_csv(const std::filesystem::path& trace_file, const std::filesystem::path& csv_file);
void write_vcd(const std::filesystem::path& trace_file, const std::filesystem::path& vcd_file);

}  // namespace reports
