// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/reader.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "rig/scenario/actions.hpp"
#include "rig/scenario/board_setup.hpp"
#include "rig/scenario/claims.hpp"
#include "rig/scenario/fields.hpp"
#include "rig/scenario/hold_action.hpp"
#include "rig/scenario/invariants.hpp"
#include "rig/scenario/scenario_tree.hpp"
#include "rig/scenario/shows.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

constexpr double longest_run_s = 366.0 * 86400.0;

class ScenarioReader {
 public:
  ScenarioReader(const ScenarioTree& tree, Files& files, Problems& problems)
      : tree_(tree),
        entry_(tree.filled(problems)),
        beside_(tree.file.parent_path()),
        files_(files),
        problems_(problems),
        fields_(entry_.value, entry_.key, problems, "scenario") {
    scenario_.name = entry_.key;
    scenario_.file = tree.file;
    scenario_.template_name = tree.template_name;
    scenario_.position = entry_.key_position;
  }

  Scenario run() {
    check_name();
    if (!entry_.value.is_mapping()) return std::move(scenario_);
    words();
    times();
    contents(boards());
    fields_.know({"template", "with", "for", "parameters"});
    for (const char* key : {"include", "templates", "invariants"}) {
      const Node::Entry* const misplaced = fields_.skip(key);
      if (misplaced != nullptr)
        problems_.add(misplaced->key_position,
                      entry_.key + ": " + key + " stands beside the scenarios of a file, not in one of them");
    }
    fields_.finish();
    scenario_.sha256 = files_.sha256(set_by_hand());
    scenario_.inputs = files_.opened();
    return std::move(scenario_);
  }

 private:
  /// "settings.cell_ovp=3.61 V" a line; "" for what stands in the file as it is.
  [[nodiscard]] std::string set_by_hand() const {
    std::string lines;
    for (const auto& [path, text] : tree_.overrides) lines += path + "=" + text + "\n";
    return lines;
  }

  void check_name() {
    const auto legal = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    if (!std::all_of(entry_.key.begin(), entry_.key.end(), legal) || entry_.key.front() == '-' ||
        entry_.key.size() > 150) {
      problems_.add(entry_.key_position,
                    "the name of a scenario is made of letters, digits, _ and -; not \"" + entry_.key + "\"");
    }
  }

  void words() {
    scenario_.about = fields_.text("about").value_or("");
    scenario_.shows = read_shows(fields_);
    scenario_.labels = fields_.texts("labels");
  }

  void times() {
    if (fields_.require("run_for") != nullptr) {
      scenario_.run_for_s = fields_.positive("run_for", Dimension::time).value_or(0);
    }
    if (scenario_.run_for_s > longest_run_s) {
      fields_.complain("run_for", entry_.value.find("run_for")->value.position, "longer than 366 d");
    }
    if (const Node::Entry* trace = fields_.take("trace")) {
      Fields fields(trace->value, "trace", problems_, "scenario.trace");
      if (fields.require("interval") != nullptr) {
        scenario_.trace_interval_s = fields.positive("interval", Dimension::time).value_or(0);
      }
      fields.finish();
    }
  }

  /// Into scenario_; false: not all of them could be read.
  bool boards() {
    const Node::Entry* const several = fields_.take("boards");
    if (several == nullptr) {
      auto setup = read_board_setup(fields_, beside_, files_, problems_);
      if (setup) static_cast<BoardSetup&>(scenario_) = std::move(*setup);
      return setup.has_value();
    }
    for (const char* key : {"board", "pack", "settings", "start"}) {
      if (const Node::Entry* entry = fields_.take(key))
        problems_.add(entry->key_position, std::string(key) + ": with boards: it stands under the name of each");
    }
    auto setups = read_boards(*several, beside_, files_, problems_);
    if (setups.empty()) return false;
    static_cast<BoardSetup&>(scenario_) = std::move(setups.front());
    scenario_.others.assign(std::make_move_iterator(setups.begin() + 1), std::make_move_iterator(setups.end()));
    return true;
  }

  // Without the packs nobody knows which cells there are: only the shape of the rest is looked at then.
  void contents(bool packs_known) {
    const Node::Entry* actions = fields_.take("do");
    const Node::Entry* expect = fields_.require("expect");
    if (!packs_known) return;
    std::vector<ActionContext> contexts;
    for (const BoardSetup* setup : setups_of(scenario_))
      contexts.push_back({setup->pack, setup->board, scenario_.run_for_s, beside_, files_, problems_, setup->prefix()});
    const Catalogue catalogue = make_catalogue(scenario_);
    if (actions != nullptr) {
      ActionList list = read_actions(actions->value, contexts, catalogue);
      scenario_.actions = std::move(list.actions);
      scenario_.cues = std::move(list.cues);
    }
    refuse_hold(scenario_, problems_);
    if (expect == nullptr) return;
    scenario_.claims = read_claims(expect->value, catalogue, scenario_.run_for_s, problems_);
    if (problems_.any()) return;  // of the board too: its settings would be missed again
    scenario_.invariants = files_.invariants_of(invariants_stand_on(), problems_, [&] {
      return read_invariants(scenario_, tree_.invariants, tree_.parameters, files_, problems_);
    });
  }

  /// All that they are read from but the files themselves.
  [[nodiscard]] std::vector<Node::Entry> invariants_stand_on() const {
    std::vector<Node::Entry> all = tree_.parameters;
    all.push_back({entry_.key, {}, {}});
    all.back().value.text = tree_.file.generic_string();
    std::ranges::copy_if(entry_.value.entries, std::back_inserter(all), [](const Node::Entry& one) {
      constexpr std::array others{"about", "do", "expect", "run_for", "start"};
      return std::ranges::find(others, one.key) == others.end();
    });
    return all;
  }

  const ScenarioTree& tree_;
  const Node::Entry entry_;
  std::filesystem::path beside_;
  Files& files_;
  Problems& problems_;
  Fields fields_;
  Scenario scenario_;
};

}  // namespace

std::vector<Scenario> read_scenarios(const std::filesystem::path& file, const std::filesystem::path& shipped,
                                     std::vector<ScenarioError>& errors) {
  Files files(shipped);
  return read_scenarios(file, files, errors);
}

std::vector<Scenario> read_scenarios(const std::filesystem::path& file, Files& files,
                                     std::vector<ScenarioError>& errors) {
  Problems problems;
  std::vector<Scenario> scenarios;
  for (const ScenarioTree& tree : scenario_trees(file, files, problems)) {
    if (auto scenario = read_scenario(tree, files, problems)) scenarios.push_back(std::move(*scenario));
  }
  for (ScenarioError& error : problems.sorted()) errors.push_back(std::move(error));
  return problems.any() ? std::vector<Scenario>() : scenarios;
}

std::optional<Scenario> read_scenario(const ScenarioTree& tree, Files& files, Problems& problems) {
  Problems own;
  std::optional<Scenario> scenario;
  try {
    files.start_hash();
    static_cast<void>(files.open_path(tree.file, own));
    for (const std::filesystem::path& one : tree.included) static_cast<void>(files.open_path(one, own));
    scenario = ScenarioReader(tree, files, own).run();
  } catch (const ScenarioError& error) {
    own.add(error);
  } catch (const std::exception& error) {
    own.add(tree.entry.key_position, tree.entry.key + " cannot be read: " + error.what());
  }
  if (!own.any()) return scenario;
  problems.add_all(own, tree.template_name.empty() ? "" : tree.entry.key);
  return std::nullopt;
}

std::optional<Scenario> read_scenario(const ScenarioTree& tree, Files& files, std::vector<ScenarioError>& errors) {
  Problems problems;
  auto scenario = read_scenario(tree, files, problems);
  for (ScenarioError& error : problems.sorted()) errors.push_back(std::move(error));
  return scenario;
}

}  // namespace rig::scenario
