// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "rig/campaign/covering.hpp"
#include "rig/campaign/plan.hpp"
#include "rig/campaign/shots.hpp"

namespace rig::campaign {

/// All runs of a campaign that is no search: known before the first one starts.
struct Sweep {
  std::size_t count = 0;
  std::function<Shot(std::size_t)> shot;  // a function of the number alone; the plan must outlive it
  std::vector<std::size_t> to_check;      // runs whose scenarios show every mistake that any of them may have
  std::size_t runs_of_a_subject = 0;      // of each subject, one after the other
  double period_s = 0;                    // of phases
  Covering covering;                      // of faults
};

/// `bases`: the scenarios of plan.subjects as they stand. What is wrong goes to `problems`.
[[nodiscard]] Sweep sweep_of(const Plan& plan, const std::vector<scenario::Scenario>& bases,
                             scenario::Problems& problems);

/// Longest scan of a board of the scenario, s; 0 = it has none.
[[nodiscard]] double scan_period_s(const scenario::Scenario& scenario);

/// When entry `action` of `do:` comes, s; nullopt when there is no such entry.
[[nodiscard]] std::optional<double> time_of(const scenario::ScenarioTree& tree, std::size_t action);
[[nodiscard]] std::size_t count_of_actions(const scenario::ScenarioTree& tree);
[[nodiscard]] std::size_t count_of_claims(const scenario::ScenarioTree& tree);  // of its own
/// Everything from entry `from` of `do:` on comes later by this, and the run ends later by it.
void shift(scenario::ScenarioTree& tree, std::size_t from, double offset_s);
/// An instant as a text that reads back to the nanosecond.
[[nodiscard]] std::string time_text(double seconds);

/// The text "k of N" where a phase stands in a record, and the offset it means.
[[nodiscard]] double offset_of(std::size_t phase, std::size_t phases, double period_s);

}  // namespace rig::campaign
