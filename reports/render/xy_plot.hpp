// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace reports {

/// Curves over something else than time.
struct XyPlot {
  struct Series {
    std::string name;
    std::vector<std::pair<double, double>> points;  // x ascending
  };
  std::string caption, x_label, y_label;  // "overdrive in V", "delay in s"
  std::vector<Series> series;
};

/// An inline SVG without style attributes, colours by class (report.css); "" when there is no point. Byte-stable.
[[nodiscard]] std::string draw(const XyPlot& plot);

}  // namespace reports
