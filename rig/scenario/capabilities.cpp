// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/capabilities.hpp"

#include <algorithm>

namespace rig::scenario {
namespace {

/// "discharge_bank/stuck on", or the target alone.
std::string need_of(const Action& action) {
  for (const char* key : {"state", "do", "polarity"}) {
    const auto word = action.words.find(key);
    if (word != action.words.end() && word->second != "normal" && word->second != "healthy")
      return action.target + "/" + word->second;
  }
  return action.target;
}

}  // namespace

BenchCapabilities sim_capabilities() { return {"sim", true, {}}; }

std::vector<std::string> what_a_bench_cannot(const Scenario& scenario, const BenchCapabilities& bench) {
  std::vector<std::string> reasons;
  if (bench.everything) return reasons;
  for (const Action& action : scenario.actions) {
    const std::string need = need_of(action);
    if (bench.can.contains(need)) continue;
    std::string reason = "bench " + bench.name + " cannot do " + need;
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(std::move(reason));
  }
  return reasons;
}

}  // namespace rig::scenario
