// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <set>
#include <string>
#include <vector>

#include "rig/scenario/scenario.hpp"
#include "rig/scenario/uncertainty.hpp"

namespace rig::scenario {

/// What a bench can do to a board: targets of actions (Action::target), "target/word" where a word needs more, such as
/// "discharge_bank/stuck on"; and how it can start: "soc" of all cells, "cell/soc" of single ones, "ambient" other than
/// 25 degC, "cell/temperature" other than the ambient. What it can see beside what the board reports (bms.…): signals
/// by name, those of all cells as "cell.voltage".
struct BenchCapabilities {
  std::string name;
  bool everything = false;
  std::set<std::string> can, observes;
  BenchUncertainty uncertainty = {};
};

/// The simulation can do everything that the format knows.
[[nodiscard]] BenchCapabilities sim_capabilities();

/// Everything that a scenario may need of a bench.
[[nodiscard]] std::vector<std::string> known_needs();

/// Every signal that a bench may list as observable.
[[nodiscard]] std::vector<std::string> known_observables();

/// Why the scenario is not_applicable on the bench: one sentence for each thing that it cannot do, the start first,
/// then in order of time, then for each signal that a claim or one of the `timelines` (expect::timelines_of(scenario))
/// reads and the bench cannot observe, none twice. Empty: the bench can run it.
[[nodiscard]] std::vector<std::string> what_a_bench_cannot(const Scenario& scenario, const BenchCapabilities& bench,
                                                           const std::vector<Expression>& timelines);

}  // namespace rig::scenario
