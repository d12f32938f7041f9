// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "rig/scenario/problems.hpp"

namespace rig::cell_bench {

/// A measurement on one cell.
struct Profile {
  std::string file;
  std::vector<double> time_s, current_A, voltage_V;  // charging positive; times do not decrease
  std::vector<double> temperature_degC;              // empty: not measured
};

/// What a temperature may be, in a file or an option.
inline constexpr double coldest_degC = -60, warmest_degC = 120;

/// Which way the current column of a file counts.
enum class Positive { charge, discharge };

/// Columns are found by name and unit: time_s (ms min h), current_A (mA), voltage_V (mV), temperature_degC or
/// T_cell_C; others are ignored. Refuses, in `problems`, a file without them, with two for one quantity, with fewer
/// than two rows, whose times go back, or with a temperature that no cell is tested at.
[[nodiscard]] Profile read_profile(const std::filesystem::path& file, Positive positive, scenario::Problems& problems);

/// Does the voltage follow the current? Steps of the current decide, or, where there are none, the charge moved against
/// the change of voltage. Below 0: it moves against the declared sign.
[[nodiscard]] double agreement_of_signs(const Profile& profile);

}  // namespace rig::cell_bench
