// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "rig/scenario/actions.hpp"
#include "rig/scenario/condition.hpp"
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

/// An instant: `s` after a cue came, or of the run.
struct Moment {
  int cue = -1;
  double s = 0;
};

class StepReader {
 public:
  StepReader(const std::vector<ActionContext>& contexts, const Catalogue& catalogue)
      : contexts_(contexts), context_(contexts.front()), catalogue_(catalogue) {}

  void read(const Node& item) {
    Fields fields(item, "do", context_.problems, "do");
    if (!item.is_mapping()) return;
    const Moment start = moment(item, fields);
    Action repeated = repetition(fields);
    const std::vector<const Node::Entry*> rest = fields.take_rest();
    if (rest.size() != 1) {
      context_.problems.add(item.position,
                            "do: an entry has a moment (at:, after: or when:) and exactly one action; this has " +
                                std::to_string(rest.size()));
    }
    Action action;
    for (const Node::Entry* entry : rest) action = read_one(*entry, contexts_);
    action.at_s = start.s;
    action.cue = start.cue;
    action.times = repeated.times;
    action.every_s = repeated.every_s;
    action.position = item.position;
    last_ = {start.cue, start.s + action.every_s * (action.times - 1)};
    is_first_ = false;
    check_end(item);
    list_.actions.push_back(std::move(action));
  }

  ActionList finish() {
    const auto waits = [](const Action& a) { return a.cue >= 0; };
    std::stable_sort(list_.actions.begin(), list_.actions.end(), [&](const Action& a, const Action& b) {
      if (waits(a) || waits(b)) return !waits(a);
      return a.at_s < b.at_s;
    });
    return std::move(list_);
  }

 private:
  Moment moment(const Node& item, Fields& fields) {
    const Node::Entry *at = fields.take("at"), *when = fields.take("when"), *after = fields.take("after");
    const Node::Entry* const unasked = fields.take("may not happen");
    if (unasked != nullptr && when == nullptr)
      fields.complain("may not happen", unasked->key_position, "stands only with when");
    if (at != nullptr && (when != nullptr || after != nullptr))
      fields.complain("at", at->key_position,
                      std::string("a time of the run is known from the start; beside it stands no ") +
                          (when != nullptr ? "when" : "after"));
    if (when != nullptr) return condition(item, fields, *when);
    if (after != nullptr) return behind(fields, *after);
    Moment moment;
    if (at == nullptr)
      context_.problems.add(item.position,
                            "do: an entry has a moment: at: 5 s, after: 5 s (the entry before), or "
                            "when: charge_fet turns off");
    else
      moment.s = fields.not_negative("at", Dimension::time).value_or(0);
    return moment;
  }

  Moment behind(Fields& fields, const Node::Entry& after) {
    if (is_first_) fields.complain("after", after.key_position, "there is no entry before; write at");
    return {last_.cue, last_.s + fields.not_negative("after", Dimension::time).value_or(0)};
  }

  Moment condition(const Node& item, Fields& fields, const Node::Entry& when) {
    Cue cue;
    auto expression = read_condition("when", when.value, catalogue_, context_.problems);
    if (expression) cue.when = std::move(*expression);
    cue.after_cue = last_.cue;
    cue.from_s = last_.s;
    cue.may_not_happen = fields.yes_no("may not happen").value_or(false);
    cue.position = item.position;
    list_.cues.push_back(std::move(cue));
    return {static_cast<int>(list_.cues.size()) - 1, fields.not_negative("after", Dimension::time).value_or(0)};
  }

  Action repetition(Fields& fields) {
    constexpr int most = 1'000'000;
    Action action;
    const Node::Entry* entry = fields.take("repeat");
    if (entry == nullptr) return action;
    Fields repeat(entry->value, "repeat", context_.problems, "do.repeat");
    if (repeat.require("every") != nullptr) action.every_s = repeat.positive("every", Dimension::time).value_or(0);
    if (repeat.require("times") != nullptr) action.times = repeat.whole("times", 2, most).value_or(1);
    repeat.finish();
    return action;
  }

  /// What is known from the start to come too late; behind a cue, what would be too late even if that came at once.
  void check_end(const Node& item) {
    if (context_.run_for_s <= 0 || last_.s < context_.run_for_s) return;
    const Node::Entry* key = nullptr;
    for (const char* one : {"after", "at", "repeat"})
      if (item.find(one) != nullptr) key = item.find(one);
    if (key == nullptr) return;
    context_.problems.add(key->value.position, key->key + ": " + format({last_.s, Dimension::time}) +
                                                   " lies not before the end of the run, " +
                                                   format({context_.run_for_s, Dimension::time}));
  }

  const std::vector<ActionContext>& contexts_;
  const ActionContext& context_;
  const Catalogue& catalogue_;
  ActionList list_;
  Moment last_;
  bool is_first_ = true;
};

}  // namespace

ActionList read_actions(const Node& node, const std::vector<ActionContext>& contexts, const Catalogue& catalogue) {
  StepReader reader(contexts, catalogue);
  if (!node.is_sequence()) {
    contexts.front().problems.add(node.position, "do: a list of actions (- at: …) is due");
    return {};
  }
  for (const Node& item : node.items) reader.read(item);
  return reader.finish();
}

}  // namespace rig::scenario
