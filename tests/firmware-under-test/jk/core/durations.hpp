// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

/// Durations in nanoseconds, as the firmware core counts them: 5 * ms.
namespace jk::core {

inline constexpr std::uint64_t us = 1'000;
inline constexpr std::uint64_t ms = 1'000'000;
inline constexpr std::uint64_t s = 1'000'000'000;

}  // namespace jk::core
