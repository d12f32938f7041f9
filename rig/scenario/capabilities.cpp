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

/// What must be set before time 0: a state of charge always, the rest where it is no room with all cells alike.
std::vector<std::string> needs_of_start(const std::map<std::string, double>& start) {
  constexpr double room_degC = 25;
  std::vector<std::string> needs;
  const auto differs = [&](double value, const char* from) {
    const auto other = start.find(from);
    return other == start.end() || value != other->second;
  };
  for (const auto& [key, value] : start) {
    if (key == "soc") needs.push_back("soc");
    if (key == "ambient" && value != room_degC) needs.push_back("ambient");
    if (key == "temperature" && differs(value, "ambient")) needs.push_back("cell/temperature");
    if (key.ends_with("].soc") && differs(value, "soc")) needs.push_back("cell/soc");
    if (key.ends_with("].temperature") && differs(value, "temperature")) needs.push_back("cell/temperature");
  }
  return needs;
}

/// What comes over the wires.
bool is_reported(const std::string& signal) {
  for (const char* family : {"bms.", "modbus.", "can.", "traffic."}) {
    if (signal.starts_with(family)) return true;
  }
  return false;
}

/// "cell.voltage" for "cell[3].voltage" and "a.cell[3].voltage": cells are observed all or none, boards alike.
std::string family_of(SignalId id, const Catalogue& catalogue) {
  const std::string name(catalogue.own_name(id));
  return name.starts_with("cell[") ? "cell" + name.substr(name.find(']') + 1) : name;
}

void collect(const Expression& e, const Catalogue& catalogue, std::vector<std::string>& signals) {
  std::vector<SignalId> read = e.elements;
  if (e.signal >= 0) read.push_back(e.signal);
  for (const SignalId id : read) signals.push_back(family_of(id, catalogue));
  for (const Expression& child : e.children) collect(child, catalogue, signals);
}

/// What the claims, their timelines and the conditions of actions read beside what the board reports.
std::vector<std::string> observed_by(const Scenario& scenario, const std::vector<Expression>& timelines) {
  const Catalogue catalogue = make_catalogue(scenario);
  std::vector<std::string> signals;
  for (const Claim& claim : scenario.claims)
    for (const Expression* one : expressions_of(claim)) collect(*one, catalogue, signals);
  for (const Cue& cue : scenario.cues) collect(cue.when, catalogue, signals);
  for (const Expression& timeline : timelines) collect(timeline, catalogue, signals);
  std::erase_if(signals, is_reported);
  return signals;
}

}  // namespace

BenchCapabilities sim_capabilities() { return {"sim", true, {}, {}}; }

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
                                 "button",
                                 "button/pressed",
                                 "button/released",
                                 "send",
                                 "poll",
                                 "flood",
                                 "line",
                                 "hold",
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
                                 "boards",
                                 "soc",
                                 "cell",
                                 "cell/soc",
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

std::vector<std::string> known_observables() {
  const Catalogue catalogue = make_catalogue(1);
  std::vector<std::string> names;
  for (std::size_t id = 0; id < catalogue.size(); ++id)
    names.push_back(family_of(static_cast<SignalId>(id), catalogue));
  std::erase_if(names, is_reported);
  return names;
}

std::vector<std::string> what_a_bench_cannot(const Scenario& scenario, const BenchCapabilities& bench,
                                             const std::vector<Expression>& timelines) {
  std::vector<std::string> reasons;
  if (bench.everything) return reasons;
  const auto add = [&](const char* verb, const std::vector<std::string>& needs, const std::set<std::string>& there) {
    for (const std::string& need : needs) {
      if (there.contains(need)) continue;
      std::string reason = "bench " + bench.name + verb + need;
      if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(std::move(reason));
    }
  };
  if (!scenario.others.empty()) add(" cannot run ", {"boards"}, bench.can);
  for (const BoardSetup* setup : setups_of(scenario))
    add(" cannot start with ", needs_of_start(setup->start), bench.can);
  for (const Action& action : scenario.actions) add(" cannot do ", needs_of(action), bench.can);
  add(" cannot observe ", observed_by(scenario, timelines), bench.observes);
  return reasons;
}

}  // namespace rig::scenario
