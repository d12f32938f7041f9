// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rig/scenario/quantity.hpp"
#include "rig/scenario/reader.hpp"

namespace rig::scenario {

struct Token {
  enum class Kind { quantity, name, symbol, end };
  Kind kind = Kind::end;
  std::string text;
  std::size_t begin = 0, end = 0;  // bytes in the expression
  Quantity quantity;
};

/// Position of byte `offset` of an expression that starts at `start`; columns count characters.
[[nodiscard]] SourcePosition position_in(const SourcePosition& start, std::string_view text, std::size_t offset);

/// Cuts an expression into tokens; the last one is `end`. Throws ScenarioError: unknown unit, unexpected character.
[[nodiscard]] std::vector<Token> tokens_of(const std::string& text, const SourcePosition& start);

}  // namespace rig::scenario
