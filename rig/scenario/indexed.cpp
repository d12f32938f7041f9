// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/indexed.hpp"

#include <charconv>

namespace rig::scenario {

std::optional<int> indexed(std::string_view name, std::string_view base, std::string_view rest) {
  if (!name.starts_with(base)) return std::nullopt;
  name.remove_prefix(base.size());
  const std::size_t close = name.find(']');
  if (!name.starts_with('[') || close == std::string_view::npos || close < 2 || name[1] == '-' || name[1] == '0') {
    return std::nullopt;
  }
  int number = 0;
  const auto [end, error] = std::from_chars(name.data() + 1, name.data() + close, number);
  if (error != std::errc{} || end != name.data() + close) return std::nullopt;
  const std::string_view after = name.substr(close + 1);
  const bool fits = rest.empty() ? after.empty() : after.starts_with('.') && after.substr(1) == rest;
  return fits ? std::optional(number) : std::nullopt;
}

}  // namespace rig::scenario
