// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/capabilities.hpp"

#include <algorithm>

#include "models/cell/visit.hpp"
#include "models/mosfet/visit.hpp"
#include "rig/scenario/model_number.hpp"

namespace rig::scenario {
namespace {

bool is_plain(const std::string& word) { return word == "normal" || word == "healthy" || word == "run"; }

/// "discharge_bank/stuck on", "cell/internal_short", or the target alone.
std::vector<std::string> needs_of(const Action& action) {
  std::vector<std::string> needs;
  for (const char* key : {"state", "do", "polarity"}) {
    const auto word = action.words.find(key);
    if (word != action.words.end() && !is_plain(word->second)) needs.push_back(action.target + "/" + word->second);
  }
  if (action.target == "cell") {
    for (const auto& [name, value] : action.values) needs.push_back("cell/" + name);
  }
  if (needs.empty()) needs.push_back(action.target);
  return needs;
}

}  // namespace

BenchCapabilities sim_capabilities() { return {"sim", true, {}}; }

std::vector<std::string> known_needs() {
  std::vector<std::string> needs{"charger",
                                 "charger/reversed",
                                 "load",
                                 "inverter",
                                 "motor",
                                 "short",
                                 "profile",
                                 "ambient",
                                 "supply",
                                 "firmware/stall",
                                 "firmware/hang",
                                 "firmware/reset",
                                 "adc",
                                 "adc/stop",
                                 "link",
                                 "charge_bank",
                                 "discharge_bank",
                                 "precharge",
                                 "charge_limiter",
                                 "heater",
                                 "ntc",
                                 "ntc/open",
                                 "ntc/short",
                                 "ntc/detached",
                                 "ntc/curve",
                                 "lead",
                                 "lead/open",
                                 "lead/resistance",
                                 "lead/swapped",
                                 "measuring",
                                 "balancer",
                                 "balancer/fault",
                                 "cell",
                                 "cell/temperature",
                                 "cell/open_weld",
                                 "cell/reversed"};
  for (const std::string& word : words_of(models::mosfet::bank_state_choice)) {
    if (is_plain(word)) continue;
    for (const char* bank : {"charge_bank/", "discharge_bank/"}) needs.push_back(bank + word);
  }
  models::cell::CellFaults faults;
  visit([&](const models::math::Parameter& p, double) { needs.push_back(std::string("cell/") + p.key); }, faults);
  return needs;
}

std::vector<std::string> what_a_bench_cannot(const Scenario& scenario, const BenchCapabilities& bench) {
  std::vector<std::string> reasons;
  if (bench.everything) return reasons;
  for (const Action& action : scenario.actions) {
    for (const std::string& need : needs_of(action)) {
      if (bench.can.contains(need)) continue;
      std::string reason = "bench " + bench.name + " cannot do " + need;
      if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(std::move(reason));
    }
  }
  return reasons;
}

}  // namespace rig::scenario
