// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/explain.hpp"

#include <algorithm>
#include <vector>

#include "rig/cli/text.hpp"

namespace rig::cli {
namespace {

using scenario::Action;
using scenario::BoardSetup;
using scenario::Claim;
using scenario::Dimension;
using scenario::Quantity;
using scenario::Scenario;

std::string amount(double value, Dimension dimension) { return scenario::format({value, dimension}); }

std::string heading(const std::string& text) { return "\n" + text + "\n"; }

struct Line {
  std::string left, right;
};

std::string table(const std::vector<Line>& lines) {
  std::size_t columns = 0;
  for (const Line& line : lines) columns = std::max(columns, width(line.left));
  std::string text;
  for (const Line& line : lines) text += "  " + padded(line.left, columns) + "  " + line.right + "\n";
  return text;
}

std::string place(const scenario::SourcePosition& position) {
  return position.file + ":" + std::to_string(position.line);
}

std::string under_test(const BoardSetup& setup) {
  const auto& pack = setup.pack;
  return table(
      {{"board", setup.board.name + ", firmware " + setup.board.firmware + "   " + place(setup.board.position)},
       {"pack", std::to_string(pack.cells) + " cells in series, " + pack.cell.name + ", " +
                    amount(pack.cell.capacity_Ah, Dimension::charge) + "   " + place(pack.position)}});
}

std::string settings(const BoardSetup& setup) {
  std::vector<Line> lines;
  for (const auto& setting : setup.board.settings) {
    const auto resolved = setup.settings.find(setting.name);
    const double value = resolved == setup.settings.end() ? setting.value : resolved->second;
    lines.push_back({setting.name, amount(value, setting.dimension)});
  }
  return table(lines);
}

Dimension dimension_of_start(const std::string& name) {
  const auto ends = [&](const char* tail) { return name.ends_with(tail); };
  if (ends("soc")) return Dimension::ratio;
  if (ends("voltage")) return Dimension::voltage;
  return ends("ambient") || ends("temperature") ? Dimension::temperature : Dimension::none;
}

std::string start(const BoardSetup& setup) {
  std::vector<Line> lines;
  for (const auto& [name, value] : setup.start) lines.push_back({name, amount(value, dimension_of_start(name))});
  if (lines.empty()) return "  nothing is set\n";
  return table(lines);
}

std::string action_text(const Action& action) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : action.values) {
    const bool is_switch = value.dimension == Dimension::boolean;
    if (!is_switch)
      parts.push_back(name + " " + scenario::format(value));
    else if (name == "off" || name == "on")
      parts.push_back((name == "on") == (value.value != 0) ? "on" : "off");
    else
      parts.push_back(value.value != 0 ? name : "no " + name);
  }
  for (const auto& [name, word] : action.words) parts.push_back(name + " " + word);
  const std::string number = action.cell > 0 ? "[" + std::to_string(action.cell) + "]" : "";
  return action.target + number + (parts.empty() ? "" : ": " + joined(parts, ", "));
}

/// "a.", where there are several boards; nothing before what goes to the bus of all.
std::string front_of(const Action& action, const Scenario& scenario) {
  const auto to = action.words.find("to");
  const bool is_to_all = action.target == "send" && to != action.words.end() && to->second == "jk_modbus";
  return is_to_all ? "" : scenario::setups_of(scenario)[action.board]->prefix();
}

std::string moment_text(const Action& action, const Scenario& scenario) {
  const std::string time = amount(action.at_s, Dimension::time);
  std::string text = "at " + time;
  if (action.cue >= 0) {
    text = "when " + scenario.cues[static_cast<std::size_t>(action.cue)].when.text;
    if (action.at_s > 0) text += ", " + time + " later";
  }
  if (action.times > 1)
    text += ", " + std::to_string(action.times) + " times every " + amount(action.every_s, Dimension::time);
  return text;
}

std::string actions(const Scenario& scenario) {
  std::vector<Line> lines;
  for (const Action& action : scenario.actions)
    lines.push_back({moment_text(action, scenario), front_of(action, scenario) + action_text(action)});
  lines.push_back({"until " + amount(scenario.run_for_s, Dimension::time), "then the run ends"});
  return table(lines);
}

const char* source_word(scenario::LimitSource source) {
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
  return "unknown";
}

std::string claim_text(const Claim& claim, std::size_t number) {
  std::string text = "  " + std::to_string(number) + ". " + claim.text + "\n     limit: " + source_word(claim.limit);
  if (!claim.limit_note.empty()) text += ", " + claim.limit_note;
  text += "\n";
  if (!claim.protection.empty()) text += "     timeline of: " + claim.protection + "\n";
  if (!claim.shows.empty()) text += "     shows: " + joined(claim.shows, ", ") + "\n";
  return text + "     " + place(claim.position) + "\n";
}

}  // namespace

std::string explain(const Scenario& scenario) {
  std::string text = scenario.name + "   " + place(scenario.position) + "\n";
  if (!scenario.about.empty()) text += "  " + scenario.about + "\n";
  if (!scenario.shows.empty()) text += "  shows: " + joined(scenario.shows, ", ") + "\n";
  if (!scenario.labels.empty()) text += "  labels: " + joined(scenario.labels, ", ") + "\n";
  for (const BoardSetup* setup : scenario::setups_of(scenario)) {
    const std::string of = setup->called.empty() ? "" : " as " + setup->called;
    text += heading("Under test" + of) + under_test(*setup);
    text += heading("Settings" + of) + settings(*setup);
    text += heading("Starts with" + of) + start(*setup);
  }
  text += heading("What is done") + actions(scenario);
  text += heading("What must hold");
  for (std::size_t i = 0; i < scenario.claims.size(); ++i) text += claim_text(scenario.claims[i], i + 1);
  return text;
}

}  // namespace rig::cli
