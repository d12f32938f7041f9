// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

#include "rig/scenario/catalogue.hpp"
#include "rig/scenario/fields.hpp"
#include "rig/scenario/files.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::scenario {

/// What an entry of `do:` becomes (Action::target: values, words). Currents may be C rates of the pack.
///   charger  current voltage [resistance ramp ripple ripple_frequency], word polarity (normal|reversed)  or off = 1
///   inverter power [capacitance …], link_voltage, start_after; motor: current regeneration [drive brake voltage];
///            keys: models/port/visit.hpp                  or off = 1
///   charge_bank, discharge_bank: word state = healthy | stuck on | stuck off | one dead | slow gate | leaking
///   precharge, charge_limiter, heater: off = 1 or on = 1  of the board, unless its firmware has a pin for it
///   link     resistance, cell = n                         (link[3]: 2 mohm)
///   load     exactly one of current resistance power      or off = 1     (drawn from the pack, positive)
///   short    resistance [inductance]                      or off = 1
///   profile  words file (path), positive (charge|discharge), interpolation (held|linear; held by default)  or off = 1
///   ambient  temperature
///   cell     temperature or soc, cell = n                 (cell[3].temperature: 60 degC, cell[3].soc: 99 %)
///            internal_short capacity_loss resistance_growth open_weld reversed, cell = n, or word state = healthy
///   supply   off = 1 or on = 1                            the supply lead of the BMS
///   firmware words do = stall | hang | reset              (firmware: stall, reset: firmware)
///   adc      words do = stop | run                        (adc: stop)
///   hold: see hold_action.hpp
///   ntc, lead, balancer, measuring: faults of the measuring chain, see sensing_actions.hpp
struct ActionContext {
  const PackSpec& pack;
  const BoardSpec& board;
  double run_for_s;
  const std::filesystem::path& beside;
  Files& files;
  Problems& problems;
  std::string prefix = {};  // of its board, in front of the key: "a."
};

/// One action, as it stands beside `at:`.
[[nodiscard]] Action read_action(const Node::Entry& entry, const ActionContext& context);

/// The keys that this pack allows, for suggestions.
[[nodiscard]] std::vector<std::string> action_names(const PackSpec& pack);

struct ActionList {
  std::vector<Action> actions;
  std::vector<Cue> cues;
};

/// The list `do:`, ordered as Scenario::actions (entries of one instant keep their order). One context for each board;
/// where there are several each action names its own (`a.charger`), but for `send` to the bus that all of them hear.
/// Each entry has its moment, which that of the next one may count from:
///   at: T                 of the run
///   after: T              after the entry before (its last repetition)
///   when: P [after: T]    P true at some instant from the entry before on; fails the run if never, unless
///                         `may not happen: yes`
///   repeat: {every: T, times: N}
[[nodiscard]] ActionList read_actions(const Node& node, const std::vector<ActionContext>& contexts,
                                      const Catalogue& catalogue);

}  // namespace rig::scenario
