// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "rig/scenario/fields.hpp"

namespace rig::campaign {

/// A quantity as it was written, whatever it measures: "3.65 V" is 3.65 in "V".
struct Amount {
  double number = 0;
  std::string unit;             // "" = a pure number
  scenario::Quantity quantity;  // in the base unit
  scenario::SourcePosition position;

  [[nodiscard]] double unit_size() const;                     // in the base unit
  [[nodiscard]] std::string text(double in_this_unit) const;  // "3.6005 V"
};

/// nullopt, and a problem with `key` in front, when the node is no quantity.
[[nodiscard]] std::optional<Amount> amount_of(const scenario::Node& node, std::string_view key,
                                              scenario::Problems& problems);
/// The same; it must measure what `like` measures, and comes in the unit of `like`.
[[nodiscard]] std::optional<Amount> amount_of(const scenario::Node& node, std::string_view key, const Amount& like,
                                              scenario::Problems& problems);

}  // namespace rig::campaign
