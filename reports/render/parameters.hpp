// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "reports/result.hpp"

namespace reports {

using Parameters = std::map<std::string, std::string>;  // name -> "3.600 V"

/// SHA-256 of the lines "name=value\n" in order of the names: two runs with the same settings have the same.
[[nodiscard]] std::string parameter_sha256(const Parameters& settings);

/// The settings that most scenarios of a board have, so that a report lists them once.
struct UsualParameters {
  std::string board;
  Parameters settings;
  std::size_t scenarios = 0;  // that have exactly these
};

/// One for each board, in order of name.
[[nodiscard]] std::vector<UsualParameters> usual_parameters(const RunResult& run);

/// Those of `settings` that the usual ones do not have, and with an empty value those that are missing.
[[nodiscard]] Parameters unusual(const Parameters& settings, const Parameters& usual);

}  // namespace reports
