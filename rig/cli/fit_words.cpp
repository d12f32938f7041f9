// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/fit_words.hpp"

#include <cmath>

#include "reports/render/fit_page.hpp"
#include "rig/cell_fit/cell_text.hpp"
#include "rig/cli/measurement.hpp"
#include "rig/cli/text.hpp"
#include "rig/scenario/quantity.hpp"
#include "rig/scenario/text.hpp"

namespace rig::cli {
namespace {

using cell_fit::Estimate;
using scenario::Dimension;
using scenario::fixed;
using scenario::format;
using Table = reports::FitPage::Table;

std::string error_text(const cell_bench::Errors& e) {
  return millivolts(e.rms) + " RMS, worst " + millivolts(e.worst) + " at " + format({e.worst_at_s, Dimension::time}, 6);
}

/// A value that stopped at its bound has no deviation: the data would have gone on.
std::string limited(std::size_t quantity, cell_fit::Bound bound) {
  const bool slow = quantity == cell_fit::tau2;
  if (bound == cell_fit::Bound::most) return slow ? ", limited by the rests" : ", limit of the fast pair";
  return slow ? ", limit of the slow pair" : ", limited by the rows";
}

std::string deviation(double relative) {
  if (relative > 1) return " (from its neighbours)";
  return " ±" + fixed(100 * relative, relative < 0.0995 ? 1 : 0) + " %";
}

std::string amount(std::size_t quantity, double value) {
  const bool time = quantity == cell_fit::tau1 || quantity == cell_fit::tau2;
  return time ? fixed(value, value < 100 ? 1 : 0) + " s" : format({value, Dimension::resistance}, 3);
}

std::string known(const Estimate& e, std::size_t quantity, std::size_t knot) {
  const std::string value = amount(quantity, e.value[quantity][knot]);
  const cell_fit::Bound bound = e.at_bound[quantity][knot];
  if (bound == cell_fit::Bound::none) return value + deviation(e.relative_sd[quantity][knot]);
  return (bound == cell_fit::Bound::most ? "≥ " : "≤ ") + value + limited(quantity, bound);
}

Table bands(const cell_fit::Fitted& f) {
  Table table{"Residual by state of charge", {"soc", "rows", "RMS", "worst"}, {}};
  for (const cell_fit::Band& band : f.bands) {
    table.rows.push_back({fixed(100 * band.high, 0) + " … " + fixed(100 * band.low, 0) + " %",
                          std::to_string(band.voltage_V.rows), millivolts(band.voltage_V.rms),
                          millivolts(band.voltage_V.worst)});
  }
  return table;
}

Table circuit(const cell_fit::Solution& s, const Estimate& e) {
  Table table{"Circuit at " + format({e.temperature_degC, Dimension::temperature}),
              {"soc", "R0", "R1", "tau1", "R2", "tau2", "along the slow run"},
              {}};
  for (std::size_t n = 0; n < s.soc.size(); ++n) {
    const std::size_t k = s.soc.size() - 1 - n;
    std::vector<std::string> row{fixed(100 * s.soc[k], 1) + " %"};
    for (std::size_t q = 0; q < cell_fit::quantities; ++q) {
      row.push_back(known(e, q, k));
    }
    row.push_back((s.slow_error_V[k] < 0 ? "" : "+") + fixed(1e3 * s.slow_error_V[k], 1) + " mV");
    table.rows.push_back(row);
  }
  return table;
}

std::string as_text(const Table& table) {
  std::vector<std::size_t> widths;
  auto all = table.rows;
  all.insert(all.begin(), table.heads);
  for (const auto& row : all) {
    widths.resize(row.size());
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width(row[c]));
  }
  std::string text = table.caption + "\n";
  for (const auto& row : all) {
    for (std::size_t c = 0; c < row.size(); ++c)
      text += c + 1 == row.size() ? "  " + row[c] + "\n" : "  " + padded(row[c], widths[c]);
  }
  return text;
}

std::string test_text(const FitWords& w, std::size_t t) {
  const auto& test = w.tests[t];
  return "start soc " + fixed(w.fitted.solution.start_soc[t], 4) + (test.start_soc ? "" : " (fitted)") + ", " +
         format({test.temperature_degC, Dimension::temperature}) + ", " + counted(test.profile.time_s.size(), "row") +
         ": " + error_text(w.fitted.replays[t].voltage_V);
}

std::string slow_text(const FitWords& w) {
  const cell_fit::Branch& b = w.slow.main();
  const std::string ends =
      fixed(b.voltage_V.back(), 3) + " V taken as 100 %, " + fixed(b.voltage_V.front(), 3) + " V as 0 %";
  std::string text =
      ends + ": " + fixed(w.slow.capacity_Ah, 4) + " Ah by " + (b.current_A < 0 ? "discharging" : "charging") +
      " at C/" + fixed(b.charge_Ah / std::abs(b.current_A), 1) + "; the model along it: " + error_text(w.fitted.slow_V);
  if (!w.fitted.solution.hysteresis_V.empty()) text += "; hysteresis from the charge in the same file";
  return text;
}

}  // namespace

std::string FitWords::text() const {
  std::string all = name + "\n" + slow_file + ": " + slow_text(*this) + "\n";
  for (std::size_t t = 0; t < tests.size(); ++t) all += tests[t].profile.file + ": " + test_text(*this, t) + "\n";
  all += "residual: " + error_text(fitted.voltage_V) + "\n\n" + as_text(bands(fitted)) + "\n";
  for (const Estimate& group : fitted.solution.groups) all += as_text(circuit(fitted.solution, group)) + "\n";
  return all;
}

std::string FitWords::page() const {
  reports::FitPage page;
  page.title = name;
  page.verdict = "Residual " + error_text(fitted.voltage_V) + ".";
  page.facts.emplace_back(slow_file, slow_text(*this));
  for (std::size_t t = 0; t < tests.size(); ++t) {
    const auto& p = tests[t].profile;
    const auto& r = fitted.replays[t];
    page.facts.emplace_back(p.file, test_text(*this, t));
    page.plots.push_back({p.file, p.time_s, p.voltage_V, r.model_V, p.current_A, r.voltage_V.worst_at_s});
  }
  page.tables.push_back(bands(fitted));
  for (const Estimate& group : fitted.solution.groups) page.tables.push_back(circuit(fitted.solution, group));
  std::string html = reports::fit_html(page);
  return html.insert(html.find('\n') + 1, "<!-- " + std::string(cell_fit::made_by) + " -->\n");
}

}  // namespace rig::cli
