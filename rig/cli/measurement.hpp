// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/cell_bench/profile.hpp"
#include "rig/cell_bench/start.hpp"
#include "rig/cli/commands.hpp"

/// What replay and fit have in common: options about a measurement, and reading it.
namespace rig::cli {

/// The text of an option; "" when it is not there.
[[nodiscard]] std::string text_of(const Call& call, const char* option);

[[nodiscard]] cell_bench::Positive positive_of(const Call& call, std::vector<std::string>& mistakes);
[[nodiscard]] cell_bench::Start start_of(const Call& call, std::vector<std::string>& mistakes);

[[nodiscard]] std::vector<std::string> sentences(const scenario::Problems& problems);

/// "" when the voltage follows the current, else a sentence with the option to use.
[[nodiscard]] std::string sign_mistake(const cell_bench::Profile& profile, cell_bench::Positive positive);

/// "12.3 mV"
[[nodiscard]] std::string millivolts(double volts);

}  // namespace rig::cli
