// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <limits>

#include "rig/lint/ranges.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::lint {

inline constexpr double whole_run = std::numeric_limits<double>::infinity();

/// Where the plant of one board can get in this run, whatever its firmware does; everything where a fault or a device
/// leaves it open. Bounds, not estimates: the current that charger, load and profile can give, the charge that it moves
/// within the run, the open-circuit voltage over all states of charge on the way, the largest resistance of the table,
/// hysteresis and entropy on top. Temperatures: what start and actions say, as long as nothing heats.
struct Reach {
  Interval current_A;  // of the port, + = charging
  Interval cell_V, cell_degC, mos_degC, ambient_degC;
  bool comparator = true, button = true;  // may come on
};

/// `before_s`: as far as entries of `do:` up to that time bring it; those that wait for a condition count from the
/// start.
[[nodiscard]] Reach reach_of(const scenario::Scenario& scenario, std::size_t board, double before_s = whole_run);

/// What a signal can be in this run: its range at all, within the reach of its board.
[[nodiscard]] Ranges ranges_in_run(const scenario::Scenario& scenario, const scenario::Catalogue& catalogue,
                                   double before_s = whole_run);

}  // namespace rig::lint
