// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "rig/campaign/amount.hpp"
#include "rig/campaign/draw.hpp"
#include "rig/scenario/scenario_tree.hpp"

namespace rig::campaign {

/// `vary:` one place and the texts that stand there in turn.
struct Variation {
  std::string path;
  std::vector<std::string> texts;
  scenario::SourcePosition position;
};

/// `draw:` one place and what is drawn for it.
struct Draw {
  std::string path;
  Distribution distribution;
  scenario::SourcePosition position;
};

/// What a search moves until something happens.
struct Edge {
  std::string path;        // of the value, in an action: do[1].hold.cell[3].voltage
  std::size_t action = 0;  // its entry of do:
  Amount from, to;         // at `from` it should not happen, at `to` it should; both in the unit of `from`
  double resolution = 0;   // in that unit
  std::string around;      // "settings.cell_ovp", or ""
  std::string when;        // what should happen: charge_fet is off
  scenario::SourcePosition when_position;
  std::optional<double> within_s;  // absent: until the next action or the end of the run
};

/// `search:` trip and release by bisection, delays beyond the trip.
struct Search {
  Edge trip;
  std::optional<Edge> release;
  std::vector<Amount> overdrives;   // beyond the trip, in the unit of trip.from
  std::size_t phases = 1;           // of the scan at each of them
  std::optional<double> scan_s;     // absent: that of the board
  std::optional<Amount> tolerance;  // of trip and release against their settings
};

/// `phases:` everything from one action on comes at N offsets inside a period.
struct Phases {
  std::size_t count = 0;
  std::optional<double> period_s;   // absent: the scan period of the board
  std::optional<std::size_t> from;  // entry of do:; absent: the first behind time 0
  std::string claim;                // whose delay is the reaction, by its name; "" = the first when … then
  scenario::SourcePosition position;
};

/// `faults:` pairs of actions, one after the other.
struct Faults {
  struct Fault {
    std::string name;
    scenario::Node::Entry action;  // as beside `at:`
  };
  std::vector<Fault> list;
  double first_s = 0, second_s = 0;  // when they come
  std::size_t phases = 1;            // offsets of the second one inside a scan period
  std::optional<double> period_s;
  scenario::SourcePosition position;
};

/// A scenario that a campaign runs.
struct Subject {
  scenario::ScenarioTree tree;
  std::string selector;               // the word that selects it
  scenario::SourcePosition position;  // in the campaign file
};

/// One entry of a campaign file.
struct Plan {
  std::string name, about;
  scenario::SourcePosition position;
  std::vector<Subject> subjects;
  std::optional<Search> search;
  std::optional<Phases> phases;
  std::optional<Faults> faults;
  std::vector<Variation> vary;
  std::vector<Draw> draw;
  std::size_t runs = 0;  // of draw, for each combination of vary
  std::uint64_t seed = 1;
  bool shrink = false;
  std::filesystem::path file;
  std::string text_sha256;  // of the campaign file
};

/// Finds the scenarios that a word of `scenario:` names ("NAME", "PATH::NAME"); a sentence in `complaint` when it
/// cannot.
using FindScenarios = std::function<std::vector<scenario::ScenarioTree>(
    const std::string& word, const std::filesystem::path& beside, std::string& complaint)>;

/// Reads a campaign file, a mapping: name -> campaign. Every mistake goes to `problems`.
[[nodiscard]] std::vector<Plan> read_plans(const std::filesystem::path& file, scenario::Files& files,
                                           const FindScenarios& find, scenario::Problems& problems);

/// The number in "do[1].…"; nullopt when the path does not lead into an action.
[[nodiscard]] std::optional<std::size_t> action_of(const std::string& path);

}  // namespace rig::campaign
