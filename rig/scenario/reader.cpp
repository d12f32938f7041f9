// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/reader.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "rig/scenario/actions.hpp"
#include "rig/scenario/board_setup.hpp"
#include "rig/scenario/claims.hpp"
#include "rig/scenario/fields.hpp"
#include "rig/scenario/files.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

constexpr double longest_run_s = 366.0 * 86400.0;

class ScenarioReader {
 public:
  ScenarioReader(const Node::Entry& entry, const std::filesystem::path& file, Files& files, Problems& problems)
      : entry_(entry),
        beside_(file.parent_path()),
        files_(files),
        problems_(problems),
        fields_(entry.value, entry.key, problems) {
    scenario_.name = entry.key;
    scenario_.file = file;
    scenario_.position = entry.key_position;
  }

  Scenario run() {
    check_name();
    if (!entry_.value.is_mapping()) return std::move(scenario_);
    words();
    times();
    contents(boards());
    fields_.finish();
    scenario_.sha256 = files_.sha256();
    return std::move(scenario_);
  }

 private:
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
    scenario_.shows = fields_.texts("shows");
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
      Fields fields(trace->value, "trace", problems_);
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
    if (actions != nullptr) scenario_.actions = read_actions(actions->value, contexts);
    if (expect == nullptr) return;
    const Catalogue catalogue = make_catalogue(scenario_);
    scenario_.claims = read_claims(expect->value, catalogue, scenario_.run_for_s, problems_);
  }

  const Node::Entry& entry_;
  std::filesystem::path beside_;
  Files& files_;
  Problems& problems_;
  Fields fields_;
  Scenario scenario_;
};

}  // namespace

std::vector<Scenario> read_scenarios(const std::filesystem::path& file, const std::filesystem::path& shipped,
                                     std::vector<ScenarioError>& errors) {
  Problems problems;
  Files files(shipped);
  std::vector<Scenario> scenarios;
  try {
    if (const auto source = files.open_path(file, problems)) {
      const Node root = parse_tree(*source->bytes, file.generic_string());
      for (const Node::Entry& entry : root.entries) {
        files.start_hash();
        static_cast<void>(files.open_path(file, problems));
        scenarios.push_back(ScenarioReader(entry, file, files, problems).run());
      }
    }
  } catch (const ScenarioError& error) {
    problems.add(error);
  } catch (const std::exception& error) {
    problems.add({file.generic_string(), 1, 1}, std::string("cannot be read: ") + error.what());
  }
  for (ScenarioError& error : problems.sorted()) errors.push_back(std::move(error));
  return problems.any() ? std::vector<Scenario>() : scenarios;
}

}  // namespace rig::scenario
