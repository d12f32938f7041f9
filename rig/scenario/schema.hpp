// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace rig::scenario {

/// JSON Schema (draft-07, which the language servers of editors take) of a kind of file: "scenario", "board", "pack",
/// "cell", "bench", "campaign"; made from the table of keys. It knows keys, words, units and what stands beside what;
/// ranges of quantities, signals, settings and files only the reader knows. Throws std::logic_error for another kind.
[[nodiscard]] std::string json_schema(std::string_view kind);

}  // namespace rig::scenario
