// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/scenario/problems.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::scenario {

/// A table of numbers: '#' lines are comments, the first other line names the columns, every further line holds one
/// number a column. Column names carry the unit: r0_ohm, temperature_degC.
struct CsvTable {
  std::string file;
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;
  std::vector<int> lines;  // line of each row

  [[nodiscard]] const std::vector<double>* column(const std::string& name) const;
};

/// Says every malformed line (at most five) in `problems`; the table is then not to be used.
[[nodiscard]] CsvTable parse_csv(const std::string& bytes, const std::string& file, Problems& problems);

/// Two columns as a curve; x must increase strictly. Problems: missing column (nearest names), fewer than two rows,
/// order.
[[nodiscard]] Curve curve_of(const CsvTable& table, const std::string& x, const std::string& y, Problems& problems);

}  // namespace rig::scenario
