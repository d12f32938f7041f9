// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/result.hpp"

/// What the claims of runs have shown of each protection, requirement and clause, and what nothing has shown.
/// Definitions: docs/coverage.md. Everything here comes from results, nothing from scenario files.
namespace reports::coverage {

/// What a protection can be seen to do; the order of every table. docs/coverage.md says when each was seen.
inline constexpr std::array<std::string_view, 12> aspects = {"set",    "held",         "cleared",  "re_trip",
                                                             "reset",  "power_cut",    "inside",   "at",
                                                             "beyond", "before_delay", "at_delay", "after_delay"};

/// How near is "at": of the setting, or in K of a temperature; and of the delay.
inline constexpr double value_tolerance = 0.001, temperature_tolerance_K = 0.1, delay_tolerance = 0.1;
/// A forgiven stretch is one before the delay when it lasts at least this part of it.
inline constexpr double least_forgiven = 0.5;
/// A trip is held when the gate stays off that much longer than its cause: longer than a scan and a poll.
inline constexpr std::int64_t least_held_ns = 1'000'000'000;

/// A row of the firmware's table.
struct Protection {
  std::string row;         // "cell_ovp"
  std::string protection;  // what claims call it: "cell_overvoltage"; "" where no timeline is taken of it
  std::string label;       // "cell_ovp" of the label "cell_ovp/set"
  std::map<std::string, std::string> not_applicable;  // aspect -> why
};

/// Words in coverage.json, the most alarming first.
enum class Status : std::uint8_t { failed, hole, conditional, not_applicable, covered };
[[nodiscard]] std::string_view status_word(Status status);

/// A claim that was judged, or a scenario without one.
struct Evidence {
  std::size_t run = 1;                 // of runs, from 1
  std::string scenario, claim, place;  // place: "file:line"
  std::string by;                      // of a protection: "timeline" or "label"; else ""
  std::string result;                  // the claim's
  bool covers = false;                 // passed, was armed, in a scenario that can be believed
  std::string reason;                  // why not
};

/// One thing that is covered or not: "at" of a protection, a requirement, a clause.
struct Item {
  std::string name;
  Status status = Status::hole;
  std::string reason;  // of everything but covered
  std::vector<Evidence> evidence;
};

struct Row {
  std::string row;
  std::vector<Item> aspects;  // as `coverage::aspects`
};

/// The other direction: what a scenario has shown.
struct Scenario {
  std::size_t run = 1;
  std::string name, place, result;
  Status status = Status::hole;
  std::string reason;
  std::vector<std::string> shows;
  std::size_t claims = 0, covering = 0;  // covering: that name a requirement and count
};

struct Run {
  std::string bench;
  std::uint64_t seed = 0;
  std::size_t scenarios = 0;
};

struct Coverage {
  std::string tool_version, firmware_name, firmware_version, firmware_sha256;
  std::vector<Run> runs;
  std::vector<Row> protections;             // in the order given
  std::vector<Item> requirements, clauses;  // by name; clauses: with those of the catalogue that nothing names
  std::vector<Scenario> scenarios;          // as they ran
};

/// Of one firmware: throws std::invalid_argument with a sentence when the runs are of several, or none.
[[nodiscard]] Coverage collect(std::span<const RunResult> runs, const std::vector<Protection>& protections);

/// How many items of each status, by "protections", "requirements", "clauses", "scenarios".
[[nodiscard]] std::map<std::string, std::map<Status, std::size_t>> counts(const Coverage& coverage);

/// coverage.json; schema: reports/coverage.schema.json. Byte-stable.
[[nodiscard]] std::string to_json(const Coverage& coverage);
/// coverage.csv, RFC 4180: a line an item, holes first.
[[nodiscard]] std::string to_csv(const Coverage& coverage);
/// coverage.html, one file without script. `report`: that of the one run, beside it; "" = no links.
[[nodiscard]] std::string html(const Coverage& coverage, const std::string& report);

}  // namespace reports::coverage
