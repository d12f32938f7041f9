// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace rig::cell_bench {

/// How a replay begins. What is absent is found: soc by the best fit, hysteresis from the direction of the first
/// current, temperature from the file, else 25 degC.
struct Start {
  std::optional<double> soc, hysteresis, temperature_degC;
};

/// "soc=1 h=-1 T=25degC", any of them, in any order; "fit" stands for nothing given. What is wrong goes to `mistakes`.
[[nodiscard]] Start parse_start(const std::string& text, std::vector<std::string>& mistakes);

/// "soc=0.97..0.10": rows whose state of charge lies between are scored; either order.
struct Score {
  double low = -1e9, high = 1e9;
};
[[nodiscard]] Score parse_score(const std::string& text, std::vector<std::string>& mistakes);

/// "9.5mV" in volts.
[[nodiscard]] std::optional<double> parse_voltage(const std::string& option, const std::string& text,
                                                  std::vector<std::string>& mistakes);

}  // namespace rig::cell_bench
