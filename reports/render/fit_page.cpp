// SPDX-License-Identifier: Apache-2.0
#include "reports/render/fit_page.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "reports/digest.hpp"
#include "reports/render/assets.hpp"
#include "reports/render/drawing.hpp"
#include "reports/render/text.hpp"
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

data words(const std::vector<std::string>& cells) {
  data all = view::list();
  for (const std::string& cell : cells) {
    data one = view::object();
    one.set("word", view::text(cell));
    all.push_back(one);
  }
  return all;
}

data table_of(const FitPage::Table& table) {
  data one = view::object(), rows = view::list();
  for (const auto& cells : table.rows) {
    data row = view::object();
    row.set("cells", words(cells));
    rows.push_back(row);
  }
  one.set("caption", view::text(table.caption));
  one.set("heads", words(table.heads));
  one.set("rows", rows);
  return one;
}

}  // namespace

std::string fit_html(const FitPage& page) {
  data all = view::object(), facts = view::list(), tables = view::list(), plots = view::list();
  for (const auto& [name, value] : page.facts) {
    data fact = view::object();
    fact.set("name", view::text(name));
    fact.set("value", view::text(value));
    facts.push_back(fact);
  }
  for (const FitPage::Table& table : page.tables) tables.push_back(table_of(table));
  for (const FitPage::Plot& plot : page.plots) plots.push_back(plot_of(plot));
  all.set("title", view::text(page.title));
  all.set("verdict", view::text(page.verdict));
  all.set("facts", facts);
  all.set("tables", tables);
  all.set("plots", plots);
  all.set("css", std::string(assets::report_css));
  all.set("css_hash", "'sha256-" + sha256_base64(assets::report_css) + "'");
  kainjow::mustache::mustache document{std::string(assets::fit_mustache)};
  if (!document.is_valid()) throw std::runtime_error("fit.mustache: " + document.error_message());
  document.set_custom_escape([](const std::string& text) { return escaped(text); });
  return document.render(all);
}

}  // namespace reports
