// SPDX-License-Identifier: Apache-2.0
#include "reports/render/xy_plot.hpp"

#include <algorithm>
#include <cmath>

#include "reports/render/axis.hpp"
#include "reports/render/svg.hpp"
#include "reports/render/text.hpp"

namespace reports {
namespace {

constexpr double xy_left = 84, xy_right = 742, xy_top = 22, xy_bottom = 232, xy_legend = 750;
constexpr std::size_t most_dots = 12;  // of a curve: more points make a line by themselves

/// What one axis shows, and where.
struct XyScale {
  double from_px, to_px, low = HUGE_VAL, high = -HUGE_VAL;
  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  void widen() {
    const double margin = high > low ? 0.06 * (high - low) : std::max(std::fabs(high) * 0.01, 1e-9);
    low -= margin;
    high += margin;
  }
  [[nodiscard]] double at(double value) const { return from_px + (value - low) / (high - low) * (to_px - from_px); }
};

std::string xy_grid(const XyScale& x, const XyScale& y) {
  svg::Path lines, back;
  std::string labels;
  back.box(xy_left, xy_top, xy_right - xy_left, xy_bottom - xy_top);
  for (const Tick& tick : ticks(y.low, y.high, 5)) {
    lines.move(xy_left, y.at(tick.value));
    lines.line(xy_right, y.at(tick.value));
    labels += svg::text(xy_left - 6, y.at(tick.value) + 4, "y", tick.text);
  }
  for (const Tick& tick : ticks(x.low, x.high, 8)) {
    lines.move(x.at(tick.value), xy_top);
    lines.line(x.at(tick.value), xy_bottom);
    labels += svg::text(x.at(tick.value), xy_bottom + 16, "x", tick.text);
  }
  return svg::path("back", back) + svg::path("grid", lines) + labels;
}

std::string xy_curve(const XyPlot::Series& series, const std::string& style, const XyScale& x, const XyScale& y) {
  svg::Path line;
  std::string dots;
  for (const auto& [px, py] : series.points) {
    line.empty() ? line.move(x.at(px), y.at(py)) : line.line(x.at(px), y.at(py));
    if (series.points.size() <= most_dots)
      dots += "<circle cx=\"" + svg::px(x.at(px)) + "\" cy=\"" + svg::px(y.at(py)) + "\" r=\"2.5\"/>";
  }
  return svg::path(style, line) + dots;
}

}  // namespace

std::string draw(const XyPlot& plot) {
  XyScale x{xy_left, xy_right}, y{xy_bottom, xy_top};
  for (const XyPlot::Series& series : plot.series)
    for (const auto& [px, py] : series.points) x.add(px), y.add(py);
  if (x.low > x.high) return "";
  x.widen(), y.widen();
  std::string out = xy_grid(x, y) + svg::text(xy_left - 6, xy_top - 8, "unit", plot.y_label) +
                    svg::text((xy_left + xy_right) / 2, xy_bottom + 34, "x", plot.x_label);
  double legend_y = xy_top;
  for (std::size_t i = 0; i < plot.series.size(); ++i) {
    if (plot.series[i].points.empty()) continue;
    const std::string style = "c" + std::to_string(i % 6);
    legend_y += 14;
    out += xy_curve(plot.series[i], style, x, y) + svg::text(xy_legend, legend_y, style, plot.series[i].name);
  }
  return "<svg class=\"plot\" viewBox=\"0 0 920 274\" role=\"img\" aria-label=\"" + escaped(plot.caption) + "\">" +
         out + "</svg>";
}

}  // namespace reports
