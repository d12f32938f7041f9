// SPDX-License-Identifier: Apache-2.0
#include "rig/live/world.hpp"

#include <algorithm>

#include "rig/bench/sim/sim_build.hpp"
#include "rig/scenario/text.hpp"

namespace rig::live {

using bench::now_ns;
using scenario::fixed;

namespace {

bench::RunOptions options_of(const Station& station, std::uint64_t seed) {
  bench::RunOptions options;
  options.seed = seed;
  options.firmware = station.firmware;
  return options;
}

std::string module_name(const char* what, const Station& station) {
  return station.name.empty() ? what : what + ("_" + station.name);
}

}  // namespace

std::string time_text(std::int64_t t_ns) { return fixed(static_cast<double>(t_ns) * 1e-9, 3) + " s"; }

World::World(const Station& station, std::uint64_t seed)
    : setup_(station.setup),
      front_(station.name.empty() ? "" : station.name + "  "),
      loop_(module_name("plant", station).c_str(), bench::plant_params(setup_, seed),
            bench::start_ambient_degC(setup_)),
      plant_(bench::begin(setup_, loop_)),
      board_(module_name("board", station).c_str(), setup_.board, setup_.pack.cells, seed, loop_, observer()),
      firmware_(module_name("firmware", station).c_str(), bench::firmware_config(setup_, options_of(station, seed)),
                board_),
      player_(module_name("player", station).c_str(), no_actions_, loop_, board_, firmware_, nullptr) {
  board_.connect(firmware_);
  loop_.before = [this](std::int64_t t) { board_.leave_segment(t); };
  loop_.leaving = loop_.breaking = [](std::int64_t) {};
  loop_.after = [] {};
  loop_.happened = [this](models::pack::PlantEvent event) {
    if (event == models::pack::PlantEvent::runaway) tell("thermal runaway of a cell");
    board_.plant_event(event);
  };
}

bench::SimBoard::Observer World::observer() {
  return {[this](const char* name, bool value) { bit(name, value); },
          [this](std::uint32_t level, const char* text) {
            if (level <= BOARD_LOG_INFO) tell(std::string("firmware says: ") + text);
          },
          [](std::int64_t, const char*, double) {}};
}

void World::tell(const std::string& sentence) { news_.push_back(front_ + time_text(now_ns()) + "  " + sentence); }

void World::bit(const std::string& name, bool value) {
  const auto [known, is_new] = bits_.try_emplace(name, value);
  if (!is_new && known->second == value) return;
  known->second = value;
  if (name == "firmware.running") return tell(value ? "the firmware runs" : "the controller is in reset");
  if (name == "charge_fet" || name == "discharge_fet") return tell(name + (value ? " on" : " off"));
  if (name == "short_circuit_comparator" && value) return tell("the current is beyond the comparator");
}

std::vector<std::string> World::news() {
  const auto& findings = firmware_.findings();
  for (; findings_told_ < findings.size(); ++findings_told_) {
    const auto& finding = findings[findings_told_];
    news_.push_back(front_ + time_text(finding.t_ns) + "  " + finding.what);
  }
  return std::exchange(news_, {});
}

bool World::has_refused() const {
  return std::ranges::any_of(firmware_.findings(), [](const bench::FirmwareFinding& finding) {
    return finding.what.starts_with("firmware refused to start");
  });
}

std::string World::status() {
  const models::pack::Plant& plant = loop_.sample();
  const std::int64_t now = now_ns();
  double low_V = 1e9, high_V = -1e9, soc = 0, low_degC = 1e9, high_degC = -1e9;
  for (int k = 0; k < plant.cells(); ++k) {
    const double volts = plant.cell_V(k, now), degC = plant.cell_degC(k, now);
    low_V = std::min(low_V, volts), high_V = std::max(high_V, volts);
    low_degC = std::min(low_degC, degC), high_degC = std::max(high_degC, degC);
    soc += plant.cell_soc(k, now) / plant.cells();
  }
  std::string line = front_ + time_text(now) + "  " + fixed(plant.pack_V(now), 2) + " V  ";
  line += (plant.port_A(now) >= 0 ? "+" : "") + fixed(plant.port_A(now), 2) + " A  cells " + fixed(low_V, 3) + " to " +
          fixed(high_V, 3) + " V  soc " + fixed(100 * soc, 1) + " %  " + fixed(low_degC, 1) + " to " +
          fixed(high_degC, 1) + " degC";
  line += std::string("  charge ") + (plant.charge_fet() ? "on" : "off") + "  discharge " +
          (plant.discharge_fet() ? "on" : "off");
  if (plant.balance_cell() >= 0) line += "  balances cell " + std::to_string(plant.balance_cell() + 1);
  if (!firmware_.running()) line += firmware_.dead() ? "  the firmware is dead" : "  in reset";
  return line;
}

}  // namespace rig::live
