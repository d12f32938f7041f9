// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "models/pack/plant.hpp"
#include "rig/bench/sim/firmware_module.hpp"
#include "rig/bench/sim/plant_loop.hpp"
#include "rig/bench/sim/run_scenario.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

/// What a scenario says of a board, in the terms of the models.
[[nodiscard]] models::pack::PlantParams plant_params(const scenario::BoardSetup& setup, std::uint64_t seed);
[[nodiscard]] double start_ambient_degC(const scenario::BoardSetup& setup);
void set_start(const scenario::BoardSetup& setup, models::pack::Plant& plant);
/// Sets the start and computes the first segment.
const models::pack::Plant& begin(const scenario::BoardSetup& setup, PlantLoop& loop);
[[nodiscard]] FirmwareConfig firmware_config(const scenario::BoardSetup& setup, const RunOptions& options);
/// "name=integer\n" lines in the units of the board file.
[[nodiscard]] std::string settings_text(const scenario::BoardSetup& setup);

}  // namespace rig::bench
