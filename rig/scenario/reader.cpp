// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/reader.hpp"

#include <algorithm>
#include <string>

#include "rig/scenario/actions.hpp"
#include "rig/scenario/board_settings.hpp"
#include "rig/scenario/claims.hpp"
#include "rig/scenario/fields.hpp"
#include "rig/scenario/files.hpp"
#include "rig/scenario/indexed.hpp"
#include "rig/scenario/parts.hpp"
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
    const Node::Entry* board_entry = fields_.require("board");
    const Node::Entry* pack_entry = fields_.require("pack");
    const auto board =
        board_entry == nullptr ? std::nullopt : read_board(board_entry->value, beside_, files_, problems_);
    const auto pack = pack_entry == nullptr ? std::nullopt : read_pack(pack_entry->value, beside_, files_, problems_);
    const Node::Entry* settings = fields_.take("settings");
    if (board) scenario_.board = *board;
    if (pack) scenario_.pack = *pack;
    if (board && pack) fit(*board, *pack, settings, pack_entry->value);
    contents(pack.has_value());
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

  void fit(const BoardSpec& board, const PackSpec& pack, const Node::Entry* settings, const Node& pack_reference) {
    if (pack.cells < board.min_cells || pack.cells > board.max_cells) {
      problems_.add(pack_reference.position, "pack: " + std::to_string(pack.cells) + " cells; " + board.name +
                                                 " takes " + std::to_string(board.min_cells) + " to " +
                                                 std::to_string(board.max_cells));
    }
    scenario_.settings = resolve_settings(settings == nullptr ? nullptr : &settings->value, board, pack, problems_);
  }

  // Without the pack nobody knows which cells there are: only the shape of the rest is looked at then.
  void contents(bool pack_known) {
    const Node::Entry* start = fields_.take("start");
    const Node::Entry* actions = fields_.take("do");
    const Node::Entry* expect = fields_.require("expect");
    if (!pack_known) return;
    read_start(start == nullptr ? nullptr : &start->value);
    const ActionContext context{scenario_.pack, scenario_.board, scenario_.run_for_s, beside_, files_, problems_};
    if (actions != nullptr) scenario_.actions = read_actions(actions->value, context);
    if (expect == nullptr) return;
    const Catalogue catalogue = make_catalogue(scenario_.pack.cells);
    scenario_.claims = read_claims(expect->value, catalogue, scenario_.run_for_s, problems_);
  }

  void read_start(const Node* node) {
    if (node != nullptr) {
      Fields fields(*node, "start", problems_);
      for (const Node::Entry* entry : fields.take_rest()) start_value(*entry);
    }
    scenario_.start.emplace("soc", 0.5);
    scenario_.start.emplace("ambient", 25.0);
    scenario_.start.emplace("temperature", scenario_.start.at("ambient"));
  }

  void start_value(const Node::Entry& entry) {
    const auto of_cell = [&](const char* rest) {
      const auto cell = indexed(entry.key, "cell", rest);
      return cell && *cell >= 1 && *cell <= scenario_.pack.cells;
    };
    if (entry.key == "soc" || of_cell("soc")) return keep(entry, Dimension::ratio, 0, 1, "0 % to 100 %");
    if (entry.key == "ambient" || entry.key == "temperature" || of_cell("temperature")) {
      return keep(entry, Dimension::temperature, -60, 150, "-60 degC to 150 degC");
    }
    std::vector<std::string> known{"soc", "ambient", "temperature"};
    for (int n = 1; n <= scenario_.pack.cells; ++n) {
      known.push_back("cell[" + std::to_string(n) + "].soc");
      known.push_back("cell[" + std::to_string(n) + "].temperature");
    }
    problems_.add(entry.key_position, "start: " + entry.key + " is not a signal that can be set." +
                                          near_text(nearest_of(entry.key, known)));
  }

  void keep(const Node::Entry& entry, Dimension dimension, double smallest, double largest, const char* range) {
    const auto value = quantity_of(entry.value, entry.key, dimension, problems_);
    if (!value) return;
    if (*value < smallest || *value > largest) {
      problems_.add(entry.value.position, entry.key + ": \"" + entry.value.text + "\" is outside " + range);
    }
    scenario_.start[entry.key] = *value;
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
