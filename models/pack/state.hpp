// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "models/cell/cell.hpp"

namespace models::pack {

inline constexpr int max_cells = 32;

/// What is not in the cells.
struct BoardState {
  double loop_A = 0;  // current of the loop inductance
  double mos_degC = 25;
  std::array<double, 3> bead_degC{};   // T1, T2, MOS
  std::array<double, 2> junction_K{};  // charge bank, discharge bank: hottest junction above the plate
  std::array<double, 2> bank_W{};      // mean power in the step that led here
  double plate_W = 0;                  // the same of all on the plate
  double link_V = 0;                   // of the DC-link capacitor of an inverter
  double store_J = 0;
  double store_W = 0;  // into the store in the step that led here, its leak not counted
  double avalanche_J = 0;
};

struct PlantState : BoardState {
  std::array<cell::CellState, max_cells> cell{};
  /// The same, of a pack of so many cells: the others are not copied.
  void take(const PlantState& from, std::size_t cells) {
    const BoardState& board = from;
    static_cast<BoardState&>(*this) = board;
    std::copy_n(from.cell.begin(), cells, cell.begin());
  }
};

/// What the plant itself lets happen next.
enum class PlantEvent : std::uint8_t {
  step,           // end of the look-ahead; nothing visible happens
  bank_switches,  // a channel finishes opening or closing
  current_gone,   // an inductive current has died in avalanche
  comparator_rises,
  comparator_falls,
  supply_fails,
  supply_returns,
  runaway  // the core of a cell passes the type's runaway limit
};

}  // namespace models::pack
