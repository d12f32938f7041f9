// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "rig/scenario/scenario.hpp"

namespace rig::scenario {

/// A board and a pack as somebody names them: a path when it exists, holds a '/' or ends in .yaml or .yml; otherwise
/// the name of a shipped one ("jk_b2a8s20p"). No pack: the widest shipped LFP pack of 280 Ah that the board takes.
struct SetupWords {
  std::string board;
  std::optional<std::string> pack;
  std::vector<std::string> settings;  // "cell_ovp=3.65 V", "preset=Li-ion": as `settings:` of a scenario
};

/// A board with a pack, ready to be switched on: a scenario without actions and claims, at 50 % and 25 degC, with the
/// default settings of the board but for those named. nullopt after every mistake was added to `mistakes`, a sentence
/// each.
[[nodiscard]] std::optional<Scenario> read_setup(const SetupWords& words, const std::filesystem::path& shipped,
                                                 std::vector<std::string>& mistakes);

}  // namespace rig::scenario
