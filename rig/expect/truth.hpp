// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace rig::expect {

/// Three-valued truth (Kleene). A comparison with a signal that has no value yet (NaN) is unknown, neither true nor
/// false.
///   and: no if any is no, else unknown if any is unknown, else yes.   or: yes if any is yes, else unknown …, else no.
///   not: swaps yes and no, keeps unknown.
enum class Truth : std::uint8_t { no, unknown, yes };  // ordered: `and` is the least, `or` the greatest

[[nodiscard]] constexpr Truth both(Truth a, Truth b) { return a < b ? a : b; }
[[nodiscard]] constexpr Truth either(Truth a, Truth b) { return a < b ? b : a; }
[[nodiscard]] constexpr Truth negate(Truth a) {
  return static_cast<Truth>(static_cast<std::uint8_t>(Truth::yes) - static_cast<std::uint8_t>(a));
}
[[nodiscard]] constexpr Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

}  // namespace rig::expect
