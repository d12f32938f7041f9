// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <systemc>
#include <vector>

#include "rig/bench/sim/clients.hpp"
#include "rig/bench/sim/firmware_module.hpp"
#include "rig/bench/sim/plant_loop.hpp"
#include "rig/bench/sim/sim_board.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

/// Plays the `do:` list of a scenario: each action takes effect at its own instant. Others may come on the way.
class Player : public sc_core::sc_module {
 public:
  Player(const sc_core::sc_module_name& name, const std::vector<scenario::Action>& actions, PlantLoop& loop,
         SimBoard& board, FirmwareModule& firmware, Clients* clients);

  /// Takes effect at this instant, as if it stood in the list; what the list has for it comes afterwards.
  void play_now(scenario::Action action);
  /// A signal is imposed from outside from this instant on, or no more.
  std::function<void(const std::string& signal, bool imposed)> imposed;

  /// A cue of the scenario has come at t: the actions that wait for it have their times.
  void cue(int number, std::int64_t t_ns);
  /// Actions that had their time and did not come to it. Those whose cue never came are not among them.
  struct Missed {
    const scenario::Action* action;
    std::int64_t t_ns;
  };
  [[nodiscard]] std::vector<Missed> missed() const;

 private:
  /// An action that has its time.
  struct Due {
    std::int64_t t_ns;
    std::size_t action;
    int left;                                               // times
    [[nodiscard]] bool operator<(const Due& other) const {  // as a heap wants it: the next one is the greatest
      return t_ns != other.t_ns ? t_ns > other.t_ns : action > other.action;
    }
  };
  void add(Due due);
  void play();
  void act(const scenario::Action& action);
  void disturb_firmware(const std::string& what);
  void hold(const scenario::Action& action);
  void hold_cell(int k, std::optional<double> terminal_V);

  const std::vector<scenario::Action>& actions_;
  std::vector<Due> due_;  // a heap
  std::vector<scenario::Action> unplanned_;
  PlantLoop& loop_;
  SimBoard& board_;
  FirmwareModule& firmware_;
  Clients* clients_;  // nullptr: they are real
  Timer turn_{Turn::player, [this] { play(); }};
};

}  // namespace rig::bench
