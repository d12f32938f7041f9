// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "models/pack/plant.hpp"

namespace tests::spice {

/// What drives the pack for an hour.
enum class Drive : std::uint8_t {
  drive_cycle,  // measured current, one point a second, linear between them
  cc_cv         // 1 C until the charger's voltage is reached, then constant voltage
};

/// One set of parameters for both simulators: A123 26650 cells in series at a temperature that does not move.
/// Open-circuit voltage and current are the shipped measured tables (scenarios/), R0, two RC pairs and Q the row of 25
/// degC of ecm_lfp_a123_const.csv; coulombic efficiency 1. The cells differ: capacity ±1 %, resistance ±4 %, start ±2 %
/// of SOC. The look-ahead of a charge is the longest that is allowed, 10 s; along the drive current the corners end it.
struct Case {
  int cells = 8;
  Drive drive = Drive::drive_cycle;
  double duration_s = 3600;
  models::pack::PlantParams params;
  std::vector<double> start_soc;
  models::port::Profile profile;  // drive_cycle
  models::port::Charger charger;  // cc_cv
};

[[nodiscard]] Case make_case(int cells, Drive drive);

/// The plant of a case at t = 0, both channels conducting, cells relaxed at their start SOC.
[[nodiscard]] models::pack::Plant make_plant(const Case& c);

/// Resistance of everything between port and cells except the busbars, ohm.
[[nodiscard]] double path_ohm(const Case& c);

}  // namespace tests::spice
