// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "reports/result.hpp"
#include "rig/bench/sim/clients.hpp"
#include "rig/bench/sim/figures.hpp"
#include "rig/bench/sim/firmware_module.hpp"
#include "rig/bench/sim/jk_client.hpp"
#include "rig/bench/sim/plant_loop.hpp"
#include "rig/bench/sim/player.hpp"
#include "rig/bench/sim/run_scenario.hpp"
#include "rig/bench/sim/run_watch.hpp"
#include "rig/bench/sim/sim_board.hpp"
#include "rig/bench/sim/sim_signals.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

/// One board of a run: its plant, firmware, actions and client.
class BoardRun {
 public:
  /// The plant alone, with its first segment computed.
  BoardRun(const scenario::Scenario& scenario, std::size_t index, const RunOptions& options);
  [[nodiscard]] PlantLoop& plant() { return loop_; }

  /// All the rest, behind the signals and claims that need the plants of all boards. Throws FirmwareRefused.
  void wire(const scenario::Catalogue& catalogue, SimSignals& signals, RunWatch& watch);
  [[nodiscard]] SimBoard& board() { return *board_; }
  [[nodiscard]] Clients& clients() { return *clients_; }
  [[nodiscard]] const FirmwareModule& firmware() const { return *firmware_; }

  void cue(int number, std::int64_t t_ns) { player_->cue(number, t_ns); }

  /// Figures, findings and doubts at the end of the run.
  void report(std::int64_t end_ns, reports::ScenarioResult& result) const;
  [[nodiscard]] std::vector<FirmwareFinding> firmware_findings() const;
  /// What a cue brought too late for the run fails it.
  void report_missed(std::int64_t end_ns, reports::ScenarioResult& result) const;

 private:
  SimBoard::Observer observer();
  void attach_client(SimSerial& port);
  void said(std::uint32_t level, const char* text);
  void report_runaway();
  void bit(const char* name, bool value);
  /// Of a sentence, where there are several boards: "a: ".
  [[nodiscard]] std::string front() const { return setup_.called.empty() ? "" : setup_.called + ": "; }
  [[nodiscard]] std::string module(const char* what) const;

  const scenario::BoardSetup& setup_;
  std::size_t index_;
  RunOptions options_;
  std::vector<scenario::Action> own_actions_;  // of several boards
  const std::vector<scenario::Action>& actions_;
  PlantLoop loop_;
  scenario::Catalogue own_names_;                   // of several boards
  const scenario::Catalogue* catalogue_ = nullptr;  // names without prefix
  SimSignals* signals_ = nullptr;
  RunWatch* watch_ = nullptr;
  Figures figures_;
  std::unique_ptr<SimBoard> board_;
  std::unique_ptr<FirmwareModule> firmware_;
  std::unique_ptr<Clients> clients_;
  std::unique_ptr<Player> player_;
  std::unique_ptr<JkClient> client_;
  std::optional<scenario::SignalId> balancing_, running_;
  std::vector<reports::Finding> said_;
  std::set<int> ran_away_;
};

}  // namespace rig::bench
