// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

#include "rig/scenario/fields.hpp"
#include "rig/scenario/files.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::scenario {

/// The keys board, pack, settings and start. nullopt: which pack it is was not found out, so that nothing can be said
/// of its cells.
[[nodiscard]] std::optional<BoardSetup> read_board_setup(Fields& fields, const std::filesystem::path& beside,
                                                         Files& files, Problems& problems);

/// The mapping `boards`: names, each with its setup. On the bus that their Modbus ports share every board must have an
/// address of its own and the same speed. Empty: not all of them could be read.
[[nodiscard]] std::vector<BoardSetup> read_boards(const Node::Entry& boards, const std::filesystem::path& beside,
                                                  Files& files, Problems& problems);

}  // namespace rig::scenario
