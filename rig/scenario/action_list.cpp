// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "rig/scenario/actions.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

/// Whose action it is, and what it is called without that: "a.charger".
struct ActionOwner {
  std::size_t board = 0;
  Node::Entry action;
};

std::optional<ActionOwner> owner_of(const Node::Entry& entry, const std::vector<ActionContext>& contexts) {
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    if (!entry.key.starts_with(contexts[i].prefix)) continue;
    ActionOwner owner{i, entry};
    owner.action.key.erase(0, contexts[i].prefix.size());
    return owner;
  }
  return std::nullopt;
}

bool is_to_the_bus(const Action& action) {
  const auto to = action.words.find("to");
  return action.target == "send" && to != action.words.end() && to->second == "jk_modbus";
}

/// Bytes to the bus that all boards hear, the only action without a board.
Action read_bus_action(const Node::Entry& entry, const ActionContext& first) {
  ActionContext context = first;
  context.prefix.clear();
  Action action = read_action(entry, context);
  if (!is_to_the_bus(action))
    first.problems.add(entry.key_position,
                       "do: send: of several boards only jk_modbus is one bus; jk_4e57 is a port "
                       "of each, as in " +
                           first.prefix + "send");
  return action;
}

Action read_one(const Node::Entry& entry, const std::vector<ActionContext>& contexts) {
  const ActionContext& first = contexts.front();
  const auto owner = owner_of(entry, contexts);
  if (owner) {
    Action action = read_action(owner->action, contexts[owner->board]);
    action.board = owner->board;
    if (!first.prefix.empty() && is_to_the_bus(action))
      first.problems.add(entry.key_position, "do: " + entry.key +
                                                 ": the Modbus ports of all boards share one bus; "
                                                 "write send without a board");
    return action;
  }
  if (entry.key == "send") return read_bus_action(entry, first);
  const std::size_t dot = entry.key.find('.');
  const bool names_other = dot != std::string::npos && entry.key.find('[') > dot;  // not as in cell[3].soc
  const std::string action = names_other ? entry.key.substr(dot + 1) : entry.key;
  std::vector<std::string> known;
  for (const ActionContext& context : contexts) known.push_back(context.prefix + action);
  first.problems.add(entry.key_position, "do: " + entry.key + ": of which board? " + joined(known, " or "));
  return {};
}

std::optional<Action> read_item(const Node& item, const std::vector<ActionContext>& contexts) {
  const ActionContext& context = contexts.front();
  Fields fields(item, "do", context.problems);
  if (!item.is_mapping()) return std::nullopt;
  double at_s = 0;
  if (fields.require("at") != nullptr) at_s = fields.not_negative("at", Dimension::time).value_or(0);
  if (context.run_for_s > 0 && at_s >= context.run_for_s) {
    fields.complain("at", item.find("at")->value.position,
                    format({at_s, Dimension::time}) + " lies not before the end of the run, " +
                        format({context.run_for_s, Dimension::time}));
  }
  const std::vector<const Node::Entry*> rest = fields.take_rest();
  if (rest.size() != 1) {
    context.problems.add(item.position,
                         "do: an entry has at: and exactly one action; this has " + std::to_string(rest.size()));
  }
  Action action;
  for (const Node::Entry* entry : rest) action = read_one(*entry, contexts);
  action.at_s = at_s;
  action.position = item.position;
  return action;
}

}  // namespace

std::vector<Action> read_actions(const Node& node, const std::vector<ActionContext>& contexts) {
  std::vector<Action> actions;
  if (!node.is_sequence()) {
    contexts.front().problems.add(node.position, "do: a list of actions (- at: …) is due");
    return actions;
  }
  for (const Node& item : node.items) {
    if (auto action = read_item(item, contexts)) actions.push_back(std::move(*action));
  }
  std::stable_sort(actions.begin(), actions.end(), [](const Action& a, const Action& b) { return a.at_s < b.at_s; });
  return actions;
}

}  // namespace rig::scenario
