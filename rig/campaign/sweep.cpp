// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

#include "rig/scenario/text.hpp"

namespace rig::campaign {
namespace {

using scenario::Node;
using scenario::Problems;
using scenario::Scenario;
using scenario::ScenarioTree;

constexpr std::size_t all_checked = 200;  // runs; of more, those that can be wrong

void first_ones(Sweep& sweep) {
  for (std::size_t i = 0; i < std::min(sweep.count, all_checked); ++i) sweep.to_check.push_back(i);
}

/// Sets and notes; a place that is not there is left to who checks.
void set(Shot& shot, const std::string& path, const std::string& text) {
  const std::string complaint = shot.tree.set(path, text);
  if (!complaint.empty()) throw std::runtime_error(complaint);
  shot.values.emplace_back(path, text);
}

/// Runs `number` of the combinations of `vary`.
void vary(const std::vector<Variation>& places, std::size_t number, Shot& shot) {
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    set(shot, place->path, place->texts[number % place->texts.size()]);
    number /= place->texts.size();
  }
  std::reverse(shot.values.begin(), shot.values.end());
}

std::size_t combinations_of(const std::vector<Variation>& places) {
  std::size_t product = 1;
  for (const Variation& place : places) product *= place.texts.size();
  return product;
}

void check_places(const Plan& plan, Problems& problems) {
  for (const Subject& subject : plan.subjects) {
    const auto check = [&](const std::string& path, const std::string& text, const scenario::SourcePosition& at) {
      ScenarioTree tree = subject.tree;
      if (const std::string complaint = tree.set(path, text); !complaint.empty()) problems.add(at, complaint);
    };
    for (const Variation& place : plan.vary) check(place.path, place.texts.front(), place.position);
    for (const Draw& place : plan.draw) check(place.path, drawn(place.distribution, plan.seed, 0, 0), place.position);
  }
}

/// Of each quantity the runs with its least and its greatest value.
void extremes_of_draws(const Plan& plan, Sweep& sweep) {
  for (std::size_t place = 0; place < plan.draw.size(); ++place) {
    std::size_t least = 0, most = 0;
    const auto value = [&](std::size_t run) {
      return scenario::parse_quantity(drawn(plan.draw[place].distribution, plan.seed, place, run))->value;
    };
    for (std::size_t run = 1; run < plan.runs; ++run) {
      if (value(run) < value(least)) least = run;
      if (value(run) > value(most)) most = run;
    }
    for (std::size_t from = 0; from < sweep.count; from += plan.runs) {
      sweep.to_check.push_back(from + least);
      sweep.to_check.push_back(from + most);
    }
  }
}

Sweep grid(const Plan& plan, Problems& problems) {
  Sweep sweep;
  check_places(plan, problems);
  if (problems.any()) return sweep;
  const std::size_t draws = plan.draw.empty() ? 1 : plan.runs;
  sweep.runs_of_a_subject = combinations_of(plan.vary) * draws;
  sweep.count = sweep.runs_of_a_subject * plan.subjects.size();
  sweep.shot = [&plan, draws, each = sweep.runs_of_a_subject](std::size_t i) {
    Shot shot{plan.subjects[i / each].tree, {}, plan.seed, {}};
    vary(plan.vary, i % each / draws, shot);
    const std::size_t run = i % draws;
    for (std::size_t place = 0; place < plan.draw.size(); ++place)
      set(shot, plan.draw[place].path, drawn(plan.draw[place].distribution, plan.seed, place, run));
    if (!plan.draw.empty()) shot.seed = seed_of_run(plan.seed, run);
    return shot;
  };
  if (plan.draw.empty())
    for (std::size_t i = 0; i < sweep.count; ++i) sweep.to_check.push_back(i);
  extremes_of_draws(plan, sweep);
  return sweep;
}

std::optional<double> period_of(const std::optional<double>& given, const std::vector<Scenario>& bases,
                                const scenario::SourcePosition& position, Problems& problems) {
  double longest_s = given.value_or(0);
  for (const Scenario& base : bases) {
    const double scan_s = given.value_or(scan_period_s(base));
    longest_s = std::max(longest_s, scan_s);
    if (scan_s > 0) continue;
    problems.add(position, "phases: the board of " + base.name + " has no scan; `of:` a time is missing");
    return std::nullopt;
  }
  return longest_s;
}

std::size_t first_behind_the_start(const ScenarioTree& tree) {
  for (std::size_t action = 0; action < count_of_actions(tree); ++action)
    if (time_of(tree, action).value_or(0) > 0) return action;
  return count_of_actions(tree);
}

Sweep phase_sweep(const Plan& plan, const std::vector<Scenario>& bases, Problems& problems) {
  Sweep sweep;
  const Phases& phases = *plan.phases;
  if (!period_of(phases.period_s, bases, phases.position, problems)) return sweep;
  auto from = std::make_shared<std::vector<std::size_t>>();
  auto period_s = std::make_shared<std::vector<double>>();
  for (std::size_t s = 0; s < plan.subjects.size(); ++s) {
    const ScenarioTree& tree = plan.subjects[s].tree;
    from->push_back(phases.from.value_or(first_behind_the_start(tree)));
    period_s->push_back(phases.period_s.value_or(scan_period_s(bases[s])));
    if (from->back() >= count_of_actions(tree))
      problems.add(phases.position, "phases: " + tree.entry.key + " does nothing there that could come later");
  }
  sweep.period_s = period_s->front();
  sweep.runs_of_a_subject = phases.count;
  sweep.count = phases.count * plan.subjects.size();
  sweep.shot = [&plan, from, period_s](std::size_t i) {
    const std::size_t subject = i / plan.phases->count;
    Shot shot{plan.subjects[subject].tree, {}, plan.seed, {}};
    const double offset_s = offset_of(i % plan.phases->count, plan.phases->count, (*period_s)[subject]);
    shift(shot.tree, (*from)[subject], offset_s);
    shot.values.emplace_back("phase", time_text(offset_s));
    return shot;
  };
  first_ones(sweep);
  return sweep;
}

void add_action(ScenarioTree& tree, double at_s, const Node::Entry& action) {
  Node item;
  item.kind = Node::Kind::mapping;
  item.position = action.key_position;
  Node at;
  at.position = action.key_position;
  at.text = time_text(at_s);
  item.entries.push_back({"at", action.key_position, at});
  item.entries.push_back(action);
  Node& body = tree.entry.value;
  const auto list = std::ranges::find(body.entries, "do", &Node::Entry::key);
  if (list != body.entries.end()) return list->value.items.push_back(item);
  Node list_of_one;
  list_of_one.kind = Node::Kind::sequence;
  list_of_one.position = action.key_position;
  list_of_one.items.push_back(item);
  body.entries.push_back({"do", action.key_position, list_of_one});
}

/// Factors of the covering: the first fault, the second one (level 0 = none), the phase, then each place of vary.
Sweep fault_pairs(const Plan& plan, const std::vector<Scenario>& bases, Problems& problems) {
  Sweep sweep;
  const Faults& faults = *plan.faults;
  check_places(plan, problems);
  double period_s = 0;
  if (faults.phases > 1) period_s = period_of(faults.period_s, bases, faults.position, problems).value_or(0);
  if (problems.any()) return sweep;
  std::vector<std::size_t> levels{faults.list.size() + 1, faults.list.size() + 1, faults.phases};
  for (const Variation& place : plan.vary) levels.push_back(place.texts.size());
  sweep.covering = cover_pairs(levels, [&](std::size_t fa, std::size_t a, std::size_t fb, std::size_t b) {
    if (fa != 0 || fb != 1 || a == 0 || b == 0) return true;  // two states of one thing do not add up
    return faults.list[a - 1].action.key != faults.list[b - 1].action.key;
  });
  sweep.period_s = period_s;
  sweep.runs_of_a_subject = sweep.covering.rows.size();
  sweep.count = sweep.runs_of_a_subject * plan.subjects.size();
  sweep.shot = [&plan, rows = sweep.covering.rows, period_s](std::size_t i) {
    const Row& row = rows[i % rows.size()];
    const Faults& f = *plan.faults;
    Shot shot{plan.subjects[i / rows.size()].tree, {}, plan.seed, {}};
    for (std::size_t place = 0; place < plan.vary.size(); ++place)
      set(shot, plan.vary[place].path, plan.vary[place].texts[row[3 + place]]);
    const double offset_s = offset_of(row[2], f.phases, period_s);
    const auto name = [&](std::size_t level) { return level == 0 ? "none" : f.list[level - 1].name; };
    if (row[0] > 0) add_action(shot.tree, f.first_s, f.list[row[0] - 1].action);
    if (row[1] > 0) add_action(shot.tree, f.second_s + offset_s, f.list[row[1] - 1].action);
    shot.values.insert(shot.values.begin(), {{"first", name(row[0])}, {"second", name(row[1])}});
    if (f.phases > 1) shot.values.emplace_back("phase", time_text(offset_s));
    return shot;
  };
  first_ones(sweep);
  return sweep;
}

}  // namespace

double scan_period_s(const Scenario& scenario) {
  double longest_s = 0;
  for (const scenario::BoardSetup* setup : scenario::setups_of(scenario))
    for (const auto& scan : setup->board.scans)
      longest_s = std::max(longest_s, scan.time_per_channel_s * setup->pack.cells);
  return longest_s;
}

std::size_t count_of_actions(const ScenarioTree& tree) {
  const Node::Entry* const list = tree.entry.value.is_mapping() ? tree.entry.value.find("do") : nullptr;
  return list != nullptr ? list->value.items.size() : 0;
}

std::size_t count_of_claims(const ScenarioTree& tree) {
  const Node::Entry* const list = tree.entry.value.is_mapping() ? tree.entry.value.find("expect") : nullptr;
  return list != nullptr ? list->value.items.size() : 0;
}

std::optional<double> time_of(const ScenarioTree& tree, std::size_t action) {
  if (action >= count_of_actions(tree)) return std::nullopt;
  const Node& item = tree.entry.value.find("do")->value.items[action];
  const Node::Entry* const at = item.is_mapping() ? item.find("at") : nullptr;
  const auto read = at != nullptr ? scenario::parse_quantity(at->value.text) : std::nullopt;
  return read ? std::optional(read->value) : std::nullopt;
}

void shift(ScenarioTree& tree, std::size_t from, double offset_s) {
  if (offset_s == 0) return;
  for (std::size_t action = from; action < count_of_actions(tree); ++action)
    static_cast<void>(
        tree.set("do[" + std::to_string(action) + "].at", time_text(time_of(tree, action).value_or(0) + offset_s)));
  const Node::Entry* const run_for = tree.entry.value.find("run_for");
  const auto end = run_for != nullptr ? scenario::parse_quantity(run_for->value.text) : std::nullopt;
  if (end) static_cast<void>(tree.set("run_for", time_text(end->value + offset_s)));
}

std::string time_text(double seconds) {
  std::string text = scenario::fixed(seconds, 9);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text + " s";
}

double offset_of(std::size_t phase, std::size_t phases, double period_s) {
  return static_cast<double>(phase) * period_s / static_cast<double>(phases);
}

Sweep sweep_of(const Plan& plan, const std::vector<Scenario>& bases, Problems& problems) {
  if (plan.phases) return phase_sweep(plan, bases, problems);
  if (plan.faults) return fault_pairs(plan, bases, problems);
  return grid(plan, problems);  // of one run each, when nothing varies
}

}  // namespace rig::campaign
