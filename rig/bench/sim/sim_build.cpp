// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/sim_build.hpp"

#include <cmath>
#include <memory>
#include <stdexcept>

#include "models/cell/spread.hpp"
#include "models/math/noise.hpp"

namespace rig::bench {

using scenario::BoardSetup;

namespace {

double start_value(const BoardSetup& s, const std::string& name, double otherwise) {
  const auto found = s.start.find(name);
  return found == s.start.end() ? otherwise : found->second;
}

/// Drawn from the seeds of run and pack; what is given cell by cell wins.
std::vector<models::cell::CellSpread> spread_of(const scenario::PackSpec& pack, std::uint64_t run_seed) {
  constexpr std::uint64_t lot = 0x10700;  // far from the streams of the converter channels
  const std::uint64_t seed = models::math::random_bits(run_seed, lot, static_cast<std::uint64_t>(pack.spread_seed));
  std::vector<models::cell::CellSpread> cells;
  for (int k = 0; k < pack.cells; ++k) {
    cells.push_back(models::cell::drawn(pack.spread, seed, k));
    const auto given = pack.cell_spread.find(k + 1);
    if (given == pack.cell_spread.end()) continue;
    const auto take = [](double& target, double value) { target = value > 0 ? value : target; };
    take(cells.back().capacity, given->second.capacity);
    take(cells.back().resistance, given->second.resistance);
    take(cells.back().self_discharge, given->second.self_discharge);
  }
  return cells;
}

}  // namespace

models::pack::PlantParams plant_params(const BoardSetup& s, std::uint64_t seed) {
  const auto& b = s.board;
  models::pack::PlantParams p;
  p.type = std::make_shared<models::cell::CellType>(s.pack.cell.params);
  p.spread = spread_of(s.pack, seed);
  static_cast<models::pack::WiringParams&>(p) = static_cast<const models::pack::WiringParams&>(s.pack);
  static_cast<models::pack::BoardParams&>(p) = static_cast<const models::pack::BoardParams&>(b);
  p.charge_bank = b.charge_bank;
  p.discharge_bank = b.discharge_bank;
  p.converter = b.converter;
  p.ntc_cell = {s.pack.cells / 3, 2 * s.pack.cells / 3};
  p.ntc_time_constant_s = b.ntc.time_constant_s;
  p.start_store_V = b.converter.store_min_V;
  p.leads = b.leads;
  return p;
}

double start_ambient_degC(const BoardSetup& s) { return start_value(s, "ambient", 25); }

void set_start(const BoardSetup& s, models::pack::Plant& plant) {
  auto& state = plant.state_for_start();
  const double temperature = start_value(s, "temperature", start_ambient_degC(s)), soc = start_value(s, "soc", 0.5);
  for (int k = 0; k < plant.cells(); ++k) {
    auto& cell = state.cell[static_cast<std::size_t>(k)];
    const std::string name = "cell[" + std::to_string(k + 1) + "].";
    cell.soc = start_value(s, name + "soc", soc);
    cell.temperature_degC = cell.surface_degC = start_value(s, name + "temperature", temperature);
  }
  for (std::size_t sensor = 0; sensor < 2; ++sensor) {
    state.bead_degC[sensor] = state.cell[static_cast<std::size_t>(plant.params().ntc_cell[sensor])].temperature_degC;
  }
}

const models::pack::Plant& begin(const BoardSetup& s, PlantLoop& loop) {
  set_start(s, loop.plant_for_start());
  loop.begin();
  return loop.plant();
}

std::string settings_text(const BoardSetup& s) {
  std::string text;
  for (const auto& setting : s.board.settings) {
    const auto found = s.settings.find(setting.name);
    if (found == s.settings.end()) continue;
    text += setting.name + "=" + std::to_string(std::llround(found->second / setting.unit_size)) + "\n";
  }
  return text;
}

FirmwareConfig firmware_config(const BoardSetup& s, const RunOptions& options) {
  FirmwareConfig c;
  c.file = options.firmware;
  c.board = s.board.name;
  c.settings = settings_text(s);
  c.watchdog_ns = scenario::to_ns(s.board.watchdog_s);
  c.start_up_ns = scenario::to_ns(s.board.start_up_s);
  c.blocking_buses = !s.board.spi.empty();
  return c;
}

}  // namespace rig::bench
