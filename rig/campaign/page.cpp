// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/page.hpp"

#include <algorithm>
#include <cmath>

#include "reports/render/campaign_page.hpp"
#include "rig/scenario/quantity.hpp"
#include "rig/scenario/text.hpp"

namespace rig::campaign {
namespace {

using Json = nlohmann::ordered_json;
using PageTable = reports::CampaignPage::Table;
using reports::XyPlot;

constexpr std::size_t most_bins = 24, most_failing = 100;

std::string figure(const Json& number, const std::string& unit) {
  if (!number.is_number()) return "";
  const auto one = scenario::parse_quantity("1 " + unit);
  if (unit.empty() || unit == "1" || !one) return scenario::shortest(number.get<double>());
  return scenario::format({number.get<double>(), one->dimension});
}

std::string in_unit(const Json& of, const char* key) {
  if (!of.contains(key)) return "";
  return scenario::shortest(std::round(of[key].get<double>() * 1e6) / 1e6) + " " + of.value("unit", "");
}

// Threshold search.
PageTable edges_table(const Json& found) {
  PageTable table{"Thresholds", {"", "place", "ought to be", "happens at", "does not at", "offset", "runs"}, {}};
  for (const auto& [key, verb] : {std::pair{"trip", "trips"}, std::pair{"release", "releases"}}) {
    if (!found.contains(key)) continue;
    const Json& edge = found[key];
    table.rows.push_back({verb, edge.value("value", ""), in_unit(edge, "setting"),
                          edge.value("found", false) ? in_unit(edge, "happens") : "nowhere in between",
                          in_unit(edge, "does_not_happen"), in_unit(edge, "offset"),
                          std::to_string(edge.value("tries", 0))});
  }
  return table;
}

void add_delays(const Json& found, reports::CampaignPage& page) {
  const Json& delays = found["delay_over_overdrive"];
  if (delays.empty()) return;
  const std::string unit = found["trip"].value("unit", "");
  PageTable table{"Delay over overdrive", {"overdrive", "least", "mean", "most", "slowest at phase", "missed"}, {}};
  XyPlot plot{
      "Delay over overdrive", "overdrive in " + unit, "delay in s", {{"most", {}}, {"mean", {}}, {"least", {}}}};
  for (const Json& point : delays) {
    const double x = point["overdrive"].get<double>();
    for (const auto& [series, key] : {std::pair{0, "max_s"}, std::pair{1, "mean_s"}, std::pair{2, "min_s"}})
      plot.series[static_cast<std::size_t>(series)].points.emplace_back(x, point[key].get<double>());
    table.rows.push_back({scenario::shortest(x) + " " + unit, figure(point["min_s"], "s"), figure(point["mean_s"], "s"),
                          figure(point["max_s"], "s"), figure(point["max_at_s"], "s"),
                          std::to_string(point.value("missed", 0))});
  }
  for (XyPlot::Series& series : plot.series) std::ranges::sort(series.points);
  page.plots.push_back(std::move(plot));
  page.tables.push_back(std::move(table));
}

// Sweeps.
const Record::Claim* claim_in(const Record& record, std::size_t claim) {
  return claim < record.claims.size() && record.claims[claim].measured ? &record.claims[claim] : nullptr;
}

void add_reaction(const Json& subject, const std::vector<const Record*>& records, reports::CampaignPage& page) {
  const std::string name = subject.value("scenario", ""), claim = subject["reaction"].value("claim", "");
  const Json& claims = subject["claims"];
  const auto which = std::ranges::find_if(claims, [&](const Json& one) { return one.value("text", "") == claim; });
  XyPlot plot{name + ": reaction over phase", "phase in ms", "reaction in s", {{"reaction", {}}}};
  for (const Record* record : records) {
    const Record::Claim* const one = claim_in(*record, static_cast<std::size_t>(which - claims.begin()));
    const auto phase = std::ranges::find(record->values, "phase", &Places::value_type::first);
    const auto at = phase != record->values.end() ? scenario::parse_quantity(phase->second) : std::nullopt;
    if (one != nullptr && at) plot.series[0].points.emplace_back(1e3 * at->value, *one->measured);
  }
  page.plots.push_back(std::move(plot));
}

/// How many runs measured what, as steps.
void add_histogram(const std::string& caption, const std::string& unit, std::vector<double> values,
                   reports::CampaignPage& page) {
  std::ranges::sort(values);
  if (values.size() < 20 || !(values.back() > values.front())) return;
  const auto bins = std::min(most_bins, static_cast<std::size_t>(std::sqrt(static_cast<double>(values.size()))));
  const double width = (values.back() - values.front()) / static_cast<double>(bins);
  std::vector<double> counts(bins, 0);
  for (const double value : values)
    ++counts[std::min(bins - 1, static_cast<std::size_t>((value - values.front()) / width))];
  XyPlot plot{caption, "measured in " + (unit.empty() ? "1" : unit), "runs", {{"runs", {}}}};
  auto& points = plot.series[0].points;
  points.emplace_back(values.front(), 0);
  for (std::size_t bin = 0; bin < bins; ++bin) {
    points.emplace_back(values.front() + width * static_cast<double>(bin), counts[bin]);
    points.emplace_back(values.front() + width * static_cast<double>(bin + 1), counts[bin]);
  }
  points.emplace_back(values.back(), 0);
  page.plots.push_back(std::move(plot));
}

PageTable claims_table(const Json& subject) {
  PageTable table{
      subject.value("scenario", ""), {"claim", "pass", "not", "min", "mean", "max", "least margin", "in run"}, {}};
  for (const Json& claim : subject["claims"]) {
    const Json& counts = claim["counts"];
    std::size_t all = 0;
    for (const auto& [word, count] : counts.items()) all += count.get<std::size_t>();
    const std::size_t pass = counts.value("pass", std::size_t{0});
    const std::string unit = claim.value("unit", "");
    const Json measured = claim.value("measured", Json::object()), margin = claim.value("margin", Json::object());
    table.rows.push_back({claim.value("text", ""), std::to_string(pass), std::to_string(all - pass),
                          figure(measured.value("min", Json()), unit), figure(measured.value("mean", Json()), unit),
                          figure(measured.value("max", Json()), unit), figure(margin.value("min", Json()), unit),
                          margin.contains("min_run") ? std::to_string(margin["min_run"].get<std::size_t>()) : ""});
  }
  return table;
}

void add_subjects(const Json& found, const std::vector<Record>& records, reports::CampaignPage& page) {
  for (const Json& subject : found["subjects"]) {
    std::vector<const Record*> of_it;
    for (const Record& record : records)
      if (record.scenario == subject.value("scenario", "") && !record.is_of_shrinking()) of_it.push_back(&record);
    if (subject.contains("reaction")) add_reaction(subject, of_it, page);
    for (std::size_t c = 0; !subject.contains("reaction") && c < subject["claims"].size(); ++c) {
      std::vector<double> values;
      for (const Record* record : of_it)
        if (const auto* claim = claim_in(*record, c)) values.push_back(*claim->measured);
      const Json& claim = subject["claims"][c];
      add_histogram(claim.value("text", ""), claim.value("unit", ""), std::move(values), page);
    }
    page.tables.push_back(claims_table(subject));
  }
}

PageTable failing_table(const std::vector<Record>& records) {
  PageTable table{"Runs that did not pass", {"run", "scenario", "result", "differs in", "reason"}, {}};
  for (const Record& record : records) {
    if (record.result == "pass" || record.is_of_shrinking() || table.rows.size() >= most_failing) continue;
    std::string values;
    for (const auto& [place, text] : record.values) values += (values.empty() ? "" : ", ") + place + " " + text;
    table.rows.push_back({std::to_string(record.run), record.scenario, record.result, values, record.reason});
  }
  return table;
}

void add_facts(const Json& found, reports::CampaignPage& page) {
  page.facts = {{"runs", std::to_string(found.value("runs", std::size_t{0}))},
                {"seed", std::to_string(found.value("seed", std::uint64_t{0}))},
                {"Cellrig", found.value("tool_version", "") + ", SHA-256 " + found.value("tool_sha256", "")},
                {"campaign file", "SHA-256 " + found.value("file_sha256", "")}};
  for (const Json& one : found.value("scenarios", Json::array()))
    page.facts.emplace_back("scenario", one.value("name", "") + ", SHA-256 " + one.value("sha256", ""));
  for (const Json& one : found.value("firmware", Json::array()))
    page.facts.emplace_back("firmware", one.value("file", "") + ", SHA-256 " + one.value("sha256", ""));
  const Json all_counts = found.value("counts", Json::object());
  for (const auto& [word, count] : all_counts.items())
    page.facts.emplace_back(word, std::to_string(count.get<std::size_t>()) + " runs");
  if (found.contains("coverage"))
    page.facts.emplace_back("pairs covered", std::to_string(found["coverage"].value("covered", 0)) + " of " +
                                                 std::to_string(found["coverage"].value("pairs", 0)));
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string csv_number(const std::optional<double>& value) { return value ? Json(*value).dump() : ""; }

}  // namespace

std::string page_of(const Json& found, const std::vector<Record>& records) {
  reports::CampaignPage page{found.value("campaign", ""),
                             found.value("about", ""),
                             found.value("result", ""),
                             found.value("reason", ""),
                             {},
                             {},
                             {}};
  add_facts(found, page);
  if (found.contains("trip")) {
    page.tables.push_back(edges_table(found));
    add_delays(found, page);
  }
  if (found.contains("subjects")) {
    add_subjects(found, records, page);
    if (PageTable table = failing_table(records); !table.rows.empty()) page.tables.push_back(std::move(table));
  }
  return reports::campaign_html(page);
}

std::string csv_of(const std::vector<Record>& records) {
  std::vector<std::string> places;
  std::size_t claims = 0;
  for (const Record& record : records) {
    claims = std::max(claims, record.claims.size());
    for (const auto& [place, text] : record.values)
      if (std::ranges::find(places, place) == places.end()) places.push_back(place);
  }
  std::string csv = "run,scenario,seed,result";
  for (const std::string& place : places) csv += "," + csv_cell(place);
  for (std::size_t c = 0; c < claims; ++c)
    for (const char* what : {" result", " measured", " margin", " unit"}) csv += ",claim " + std::to_string(c) + what;
  csv += ",reason\n";
  for (const Record& record : records) {
    csv += std::to_string(record.run) + "," + record.scenario + "," + std::to_string(record.seed) + "," + record.result;
    for (const std::string& place : places) {
      const auto found = std::ranges::find(record.values, place, &Places::value_type::first);
      csv += "," + (found == record.values.end() ? "" : csv_cell(found->second));
    }
    for (std::size_t c = 0; c < claims; ++c) {
      const Record::Claim one = c < record.claims.size() ? record.claims[c] : Record::Claim{};
      csv += "," + one.result + "," + csv_number(one.measured) + "," + csv_number(one.margin) + "," + one.unit;
    }
    csv += "," + csv_cell(record.reason) + "\n";
  }
  return csv;
}

}  // namespace rig::campaign
