// SPDX-License-Identifier: Apache-2.0
#include "reports/render/fit_page.hpp"

#include <algorithm>
#include <cmath>

#include "reports/render/assets.hpp"
#include "reports/render/document.hpp"
#include "reports/render/drawing.hpp"
#include "reports/render/view.hpp"
#include "reports/trace/trace.hpp"

namespace reports {
namespace {

using view::data;

constexpr double close_up_s = 600;

trace::Trace rows_of(const FitPage::Plot& plot) {
  trace::Trace rows;
  for (const double t : plot.time_s) rows.row_t_ns.push_back(std::llround((t - plot.time_s.front()) * 1e9));
  rows.columns = {plot.measured_V, plot.model_V, {}, plot.current_A};
  for (std::size_t k = 0; k < plot.time_s.size(); ++k)
    rows.columns[2].push_back(1e3 * (plot.model_V[k] - plot.measured_V[k]));
  return rows;
}

Picture picture(const trace::Trace& rows, std::int64_t from, std::int64_t to) {
  Picture all;
  all.moment.t0 = std::max<std::int64_t>(from, 0);
  all.moment.t1 = std::max(std::min(to, rows.row_t_ns.back()), all.moment.t0 + 1);
  all.moment.origin_name = "start of the measurement";
  const auto curve = [](std::size_t column, const char* name) { return Curve{column, name, false, false, false}; };
  all.panels = {{"V", {curve(0, "measured"), curve(1, "model")}, {}},
                {"mV", {curve(2, "model less measured")}, {{0, "", 0}}},
                {"A", {curve(3, "current")}, {}}};
  return all;
}

data plot_of(const FitPage::Plot& plot) {
  const trace::Trace rows = rows_of(plot);
  const std::int64_t end = rows.row_t_ns.back();
  const auto half = static_cast<std::int64_t>(close_up_s * 0.5e9);
  const std::int64_t worst = std::llround((plot.worst_at_s - plot.time_s.front()) * 1e9);
  data one = view::object();
  one.set("caption", view::text(plot.caption));
  one.set("whole", draw(picture(rows, 0, end), rows, end));
  one.set("close", draw(picture(rows, worst - half, worst + half), rows, end));
  return one;
}

}  // namespace

std::string fit_html(const FitPage& page) {
  data all = view::object(), plots = view::list();
  for (const FitPage::Plot& plot : page.plots) plots.push_back(plot_of(plot));
  all.set("title", view::text(page.title));
  all.set("verdict", view::text(page.verdict));
  all.set("facts", view::pairs(page.facts));
  all.set("tables", view::tables(page.tables));
  all.set("plots", plots);
  view::set_style(all, std::string(assets::report_css));
  return view::rendered("fit", assets::fit_mustache, all);
}

}  // namespace reports
