// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/hold_action.hpp"

#include <algorithm>
#include <cmath>

#include "rig/scenario/indexed.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

constexpr double most_V = 20;

bool is_off(const Node& value) { return value.is_scalar() && value.text == "off"; }

void read_held(const Node::Entry& held, const ActionContext& context, Action& action) {
  Problems& problems = context.problems;
  if (held_cell(held.key, context.pack.cells) == 0) {
    problems.add(held.key_position, "hold: " + held.key + " cannot be held; cell[1].voltage to cell[" +
                                        std::to_string(context.pack.cells) + "].voltage can");
    return;
  }
  if (is_off(held.value)) {
    action.words[held.key] = "off";
    return;
  }
  const auto volts = quantity_of(held.value, held.key, Dimension::voltage, problems);
  if (volts && std::abs(*volts) > most_V)
    problems.add(held.value.position, held.key + ": \"" + held.value.text + "\" is outside -20 V to 20 V");
  if (volts) action.values[held.key] = {*volts, Dimension::voltage};
}

}  // namespace

int held_cell(const std::string& signal, int cells) {
  const int cell = indexed(signal, "cell", "voltage").value_or(0);
  return cell <= cells ? cell : 0;
}

void read_hold_action(const Node::Entry& entry, const ActionContext& context, Action& action) {
  action.target = "hold";
  if (is_off(entry.value)) {
    action.values["off"] = {1, Dimension::boolean};
    return;
  }
  if (!entry.value.is_mapping()) {
    context.problems.add(entry.value.position, "hold: a mapping {\"cell[3].voltage\": 3.601 V} is due, or off");
    return;
  }
  for (const Node::Entry& held : entry.value.entries) read_held(held, context, action);
}

std::vector<std::string> imposed_by(const Scenario& scenario) {
  std::vector<std::string> signals;
  for (const Action& action : scenario.actions) {
    if (action.target != "hold") continue;
    const std::string prefix = setups_of(scenario)[action.board]->prefix();
    for (const auto& [name, value] : action.values) {
      const std::string signal = prefix + name;
      if (name != "off" && std::ranges::find(signals, signal) == signals.end()) signals.push_back(signal);
    }
  }
  return signals;
}

void refuse_hold(const Scenario& scenario, Problems& problems) {
  if (std::ranges::find(scenario.labels, "threshold") != scenario.labels.end()) return;
  for (const Action& action : scenario.actions) {
    if (action.target == "hold")
      problems.add(action.position,
                   "do: hold: what is held comes from no pack; only a scenario with labels: [threshold] may do that");
  }
}

}  // namespace rig::scenario
