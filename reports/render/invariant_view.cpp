// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reports/render/view.hpp"
#include "reports/render/words.hpp"

namespace reports::view {
namespace {

struct Least {
  const ScenarioResult* scenario = nullptr;
  const Value* margin = nullptr;
};

const InvariantResult* found_in(const ScenarioResult& scenario, const std::string& name) {
  if (!scenario.invariants) return nullptr;
  const auto found = std::ranges::find(*scenario.invariants, name, &InvariantResult::name);
  return found == scenario.invariants->end() ? nullptr : &*found;
}

Least least_margin(const std::vector<const ScenarioResult*>& order, const std::string& name) {
  Least least;
  for (const ScenarioResult* scenario : order) {
    const InvariantResult* const one = found_in(*scenario, name);
    if (one == nullptr || !one->margin || one->armed == 0) continue;
    if (least.margin == nullptr || one->margin->number < least.margin->number) least = {scenario, &*one->margin};
  }
  return least;
}

data violated_in(const std::vector<const ScenarioResult*>& order, const std::string& name) {
  data all = list();
  for (const ScenarioResult* scenario : order) {
    const InvariantResult* const one = found_in(*scenario, name);
    if (one == nullptr || one->violations == 0) continue;
    data row = object();
    set_name(row, scenario->name);
    all.push_back(row);
  }
  return all;
}

data invariant_row(const InvariantCount& count, const std::vector<const ScenarioResult*>& order) {
  data row = object();
  const bool idle = count.armed_in == 0;
  set_result(row, count.violations > 0 ? "fail" : idle ? "not_run" : "pass");
  row.set("idle", data(idle));
  row.set("invariant", text(count.name));
  row.set("armed_in", text(std::to_string(count.armed_in)));
  row.set("of", text(std::to_string(count.scenarios)));
  row.set("violations", text(std::to_string(count.violations)));
  const Least least = least_margin(order, count.name);
  row.set("margin", text(least.margin == nullptr ? "" : least.margin->text));
  row.set("where", text(least.scenario == nullptr ? "" : least.scenario->name));
  row.set("violated", violated_in(order, count.name));
  return row;
}

}  // namespace

Invariants invariants_of(const std::vector<const ScenarioResult*>& order, const std::vector<InvariantCount>& counts) {
  Invariants all{list(), 0};
  for (const InvariantCount& one : counts) {
    all.rows.push_back(invariant_row(one, order));
    all.idle += one.armed_in == 0 ? 1 : 0;
  }
  return all;
}

}  // namespace reports::view
