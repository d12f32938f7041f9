// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace rig::cell_fit {

/// What is taken from the kind of cell because pulse tests do not tell it. Efficiency: plant-physics 1.4 (LFP 99.9 %,
/// NMC 99.85 %), the others estimates. Heat: estimates, 15 W/m2K on the surface of cylindrical cells.
struct Chemistry {
  std::string_view name;
  double lowest_V, highest_V;  // a cell voltage outside is no cell of this kind
  double empty_V, full_V;      // a slow run begins above full_V and ends below empty_V (charging: the other way)
  double coulombic_efficiency;
  double heat_J_per_K_Ah;  // heat capacity of an ampere-hour
  double heat_exchange_W;  // times capacity^(2/3): W/K to the surroundings
};

/// LFP, NMC, NCA, LCO or LTO in any case; nullptr for anything else.
[[nodiscard]] const Chemistry* find_chemistry(std::string_view name);

/// "LFP, NMC, NCA, LCO, LTO"
[[nodiscard]] std::string chemistries();

}  // namespace rig::cell_fit
