// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rig::cell_fit {

/// What is taken from the kind of cell because pulse tests do not tell it. Efficiency: plant-physics 1.4 (LFP 99.9 %,
/// NMC 99.85 %), the others estimates. Heat: estimates, 15 W/m2K on the surface of cylindrical cells.
struct Chemistry {
  std::string_view name;
  double lowest_V, highest_V;  // a cell voltage outside is no cell of this kind
  double full_V, empty_V;      // under a slow discharge: begins at full_V or above, ends at empty_V or below
  double rested_V, charged_V;  // under a slow charge: begins at rested_V or below, ends at charged_V or above
  double coulombic_efficiency;
  double heat_J_per_K_Ah;  // heat capacity of an ampere-hour
  double heat_exchange_W;  // times capacity^(2/3): W/K to the surroundings
};

/// LFP, NMC, NCA, LCO or LTO in any case; nullptr for anything else.
[[nodiscard]] const Chemistry* find_chemistry(std::string_view name);

/// The voltages between which a slow run goes, as its author declares them for a cell that is used between others than
/// usual: both ends under the current, each within 50 mV.
struct Limits {
  double low_V = 0, high_V = 0;
};
inline constexpr double limits_apart_V = 0.05;

/// "2.5V..4.1V", either order; what is wrong goes to `mistakes`.
[[nodiscard]] std::optional<Limits> parse_limits(const std::string& text, std::vector<std::string>& mistakes);

/// Core temperature from which a runaway is reported when its author declares none. An estimate for every chemistry, as
/// in scenarios/packs/cells: a polyethylene separator melts.
inline constexpr double separator_melts_degC = 130;

/// "150degC", within what a cell file may give for heat.runaway; what is wrong goes to `mistakes`.
[[nodiscard]] std::optional<double> parse_runaway(const std::string& text, std::vector<std::string>& mistakes);

/// "LFP, NMC, NCA, LCO, LTO"
[[nodiscard]] std::string chemistries();

}  // namespace rig::cell_fit
