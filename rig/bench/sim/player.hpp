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

 private:
  void play();
  void act(const scenario::Action& action);
  void disturb_firmware(const std::string& what);
  void hold(const scenario::Action& action);
  void hold_cell(int k, std::optional<double> terminal_V);

  const std::vector<scenario::Action>& actions_;
  std::size_t next_ = 0;
  std::vector<scenario::Action> unplanned_;
  PlantLoop& loop_;
  SimBoard& board_;
  FirmwareModule& firmware_;
  Clients* clients_;  // nullptr: they are real
  Timer turn_{Turn::player, [this] { play(); }};
};

}  // namespace rig::bench
