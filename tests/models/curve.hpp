// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace tests {

struct Curve {
  std::vector<double> x, y;
};

/// The first two columns of a CSV file of this checkout; lines that do not begin with two numbers (comments, names) are
/// passed over. `file`: from the root, with a slash in front.
inline Curve curve_of(const std::string& file) {
  std::ifstream in(CELLRIG_SOURCE_DIR + file);
  Curve curve;
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    double x = 0, y = 0;
    char comma = 0;
    if (fields >> x >> comma >> y) curve.x.push_back(x), curve.y.push_back(y);
  }
  return curve;
}

}  // namespace tests
