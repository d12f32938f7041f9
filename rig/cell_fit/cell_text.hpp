// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "rig/cell_fit/fit.hpp"

namespace rig::cell_fit {

/// What stands in a cell file besides numbers.
struct Words {
  std::string name;
  std::string ocv_file, resistances_file;   // beside the cell file
  std::vector<std::string> data_files;      // as the author named them, without folders; the slow run last
  std::vector<std::string> origins;         // first comment lines of the data, copied into the tables
  std::optional<double> runaway_degC = {};  // as the author declares it; the estimate when not
};

/// The first line of every cell file made here.
inline constexpr const char* made_by = "Made by cellrig fit";

[[nodiscard]] std::string cell_yaml(const Fitted& fitted, const std::vector<PulseTest>& tests,
                                    const Chemistry& chemistry, const Words& words);
[[nodiscard]] std::string ocv_csv(const Fitted& fitted, const Words& words);
[[nodiscard]] std::string resistances_csv(const Fitted& fitted, const Words& words);

}  // namespace rig::cell_fit
