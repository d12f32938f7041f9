// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "models/pack/plant.hpp"
#include "rig/expect/judge.hpp"
#include "rig/scenario/catalogue.hpp"

namespace rig::bench {

/// All signals of one simulated run. Plant signals are read from the plants' dense outputs; bits and telemetry are held
/// here. Telemetry starts unknown (NaN), bits of the plant start at 0.
class SimSignals final : public expect::SignalSource {
 public:
  /// A plant for each prefix of the catalogue, in order.
  SimSignals(const scenario::Catalogue& catalogue, const std::vector<const models::pack::Plant*>& plants);

  [[nodiscard]] double value(scenario::SignalId id, std::int64_t t_ns) const override;
  void values(const scenario::SignalId* ids, std::size_t count, std::int64_t t_ns, double* out) const override;
  [[nodiscard]] std::int64_t continuous_from_ns() const override {
    std::int64_t latest_ns = 0;  // start of a plant's segment; the age of a reply jumps too
    for (const Board& board : boards_)
      latest_ns = std::max({latest_ns, board.plant->now_ns(), board.replied_ns, board.heard_ns[0], board.heard_ns[1]});
    return latest_ns;
  }

  /// A good reply has arrived: bms.poll_age counts from here.
  void replied(std::size_t board, std::int64_t t_ns) { boards_[board].replied_ns = t_ns; }
  /// Something good was heard on another wire: its age counts from here.
  enum Wire : std::uint8_t { modbus, can };
  void heard(std::size_t board, Wire wire, std::int64_t t_ns) { boards_[board].heard_ns[wire] = t_ns; }
  void hold(scenario::SignalId id, double value) { held_[static_cast<std::size_t>(id)] = value; }
  [[nodiscard]] double held(scenario::SignalId id) const { return held_[static_cast<std::size_t>(id)]; }

 private:
  enum class Source : std::uint8_t {
    held,
    cell_V,
    cell_soc,
    cell_degC,
    cell_A,
    cell_ocv,
    pack_V,
    port_V,
    port_A,
    link_V,
    junction,
    supply_A,
    heater_A,
    ambient,
    bead,
    mos,
    avalanche,
    balance_A,
    balance_cell,
    store_V,
    supply_V,
    poll_age,
    modbus_age,
    can_age
  };
  struct Reading {
    Source source = Source::held;
    int index = 0;  // of a cell or sensor; of an age: of the board
    const models::pack::Plant* plant = nullptr;
  };
  struct Board {
    const models::pack::Plant* plant;
    std::array<std::int64_t, 2> heard_ns{};  // by Wire
    std::int64_t replied_ns = 0;             // a board that never answers grows old from the start
  };
  static Reading reading_of(std::string_view name);

  std::vector<Board> boards_;
  std::vector<Reading> readings_;
  std::vector<double> held_;
};

}  // namespace rig::bench
