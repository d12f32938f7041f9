// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace rig::live {
inline constexpr std::int64_t ms = 1'000'000, s = 1000 * ms;  // in nanoseconds
}
