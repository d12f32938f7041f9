// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>

#include "models/math/parameter.hpp"
#include "rig/scenario/files.hpp"
#include "rig/scenario/problems.hpp"
#include "rig/scenario/scenario.hpp"
#include "rig/scenario/tree.hpp"

namespace rig::scenario {

inline constexpr models::math::Parameter cells_of_a_pack{
    "cells", "", 1, 24, true, "in series", "the widest board of the family"};

inline constexpr models::math::Parameter seed_of_a_spread{
    "seed",        "",      0, 1e9, false, "another one is another lot; drawn together with the seed of the run",
    "free choice", "spread"};

/// Reads the board or pack that `reference` names; nullopt when any problem was said. The keys: docs/scenarios.md.
[[nodiscard]] std::optional<BoardSpec> read_board(const Node& reference, const std::filesystem::path& beside,
                                                  Files& files, Problems& problems);
[[nodiscard]] std::optional<PackSpec> read_pack(const Node& reference, const std::filesystem::path& beside,
                                                Files& files, Problems& problems);

}  // namespace rig::scenario
