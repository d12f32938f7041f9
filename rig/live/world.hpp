// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "rig/bench/sim/firmware_module.hpp"
#include "rig/bench/sim/plant_loop.hpp"
#include "rig/bench/sim/player.hpp"
#include "rig/bench/sim/sim_board.hpp"
#include "rig/live/request.hpp"

namespace rig::live {

/// One board with its pack and firmware on the kernel: what a scenario runs on, without judge and recorder.
class World {
 public:
  /// Throws bench::FirmwareRefused.
  World(const Station& station, std::uint64_t seed);

  [[nodiscard]] bench::SimBoard& board() { return board_; }
  [[nodiscard]] const bench::FirmwareModule& firmware() const { return firmware_; }
  [[nodiscard]] const scenario::Scenario& setup() const { return setup_; }
  /// The firmware was started and would not: no settings of its liking, for instance.
  [[nodiscard]] bool has_refused() const;
  void act(const scenario::Action& action) { player_.play_now(action); }
  /// What has happened since the last call, a line each: banks, controller, findings, log of the firmware.
  std::vector<std::string> news();
  /// Truth of the plant now, on one line.
  [[nodiscard]] std::string status();

 private:
  bench::SimBoard::Observer observer();
  void bit(const std::string& name, bool value);
  void tell(const std::string& sentence);

  const scenario::Scenario& setup_;
  std::string front_;  // of every line: "a  "
  bench::PlantLoop loop_;
  const models::pack::Plant& plant_;
  bench::SimBoard board_;
  bench::FirmwareModule firmware_;
  const std::vector<scenario::Action> no_actions_;
  bench::Player player_;
  std::map<std::string, bool> bits_;
  std::vector<std::string> news_;
  std::size_t findings_told_ = 0;
};

/// Simulated time for people: "12.345 s".
[[nodiscard]] std::string time_text(std::int64_t t_ns);

}  // namespace rig::live
