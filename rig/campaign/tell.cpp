// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/tell.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "rig/campaign/exit_code.hpp"
#include "rig/scenario/text.hpp"

namespace rig::campaign {
namespace {

using Json = nlohmann::ordered_json;
using scenario::Scenario;

constexpr const char* words[] = {"pass",  "conditional_pass", "conditional_fail", "fail",
                                 "error", "not_run",          "not_applicable"};

/// In words: "5.020 s". `unit` is a base unit.
std::string amount(double value, const std::string& unit) {
  const auto one = scenario::parse_quantity("1 " + unit);
  if (unit.empty() || unit == "1" || !one)
    return scenario::shortest(value) + (unit.empty() || unit == "1" ? "" : " " + unit);
  return scenario::format({value, one->dimension});
}

/// The least, mean and greatest of what the runs measured, and where.
struct Spread {
  std::size_t count = 0;
  double least = HUGE_VAL, most = -HUGE_VAL, sum = 0;
  const Record *at_least = nullptr, *at_most = nullptr;

  void add(double value, const Record& record) {
    ++count;
    sum += value;
    if (value < least) least = value, at_least = &record;
    if (value > most) most = value, at_most = &record;
  }
  [[nodiscard]] double mean() const { return sum / static_cast<double>(count); }
  [[nodiscard]] Json json() const {
    return {{"min", least}, {"mean", mean()}, {"max", most}, {"min_run", at_least->run}, {"max_run", at_most->run}};
  }
};

Json counts_json(const std::map<std::string, std::size_t>& counts) {
  Json json = Json::object();
  for (const char* word : words)
    if (const auto found = counts.find(word); found != counts.end()) json[word] = found->second;
  return json;
}

/// Everything the runs of one subject say about one claim.
struct ClaimSpread {
  Spread measured, margin;
  std::string unit;
  std::map<std::string, std::size_t> counts;
};

std::vector<ClaimSpread> claims_of(const Scenario& base, const Record* first, std::size_t count) {
  std::vector<ClaimSpread> claims(base.claims.size());
  for (const Record* record = first; record != first + count; ++record) {
    for (std::size_t c = 0; c < std::min(claims.size(), record->claims.size()); ++c) {
      const Record::Claim& one = record->claims[c];
      ++claims[c].counts[one.result];
      if (one.measured) claims[c].measured.add(*one.measured, *record), claims[c].unit = one.unit;
      if (one.margin) claims[c].margin.add(*one.margin, *record);
    }
  }
  return claims;
}

std::string claim_text(const scenario::Claim& claim) { return claim.name.empty() ? claim.text : claim.name; }

std::string claim_line(const scenario::Claim& claim, const ClaimSpread& spread) {
  std::string line = "    " + claim_text(claim);
  const Spread& m = spread.measured;
  if (m.count > 0)
    line += "   min " + amount(m.least, spread.unit) + "   mean " + amount(m.mean(), spread.unit) + "   max " +
            amount(m.most, spread.unit);
  if (spread.margin.count > 0)
    line += "   least margin " + std::string(spread.margin.least >= 0 ? "+" : "") +
            amount(spread.margin.least, spread.unit) + " in run " + std::to_string(spread.margin.at_least->run);
  return line;
}

Json claim_json(const scenario::Claim& claim, const ClaimSpread& spread) {
  Json json{{"text", claim_text(claim)}, {"counts", counts_json(spread.counts)}};
  if (spread.measured.count > 0) json["unit"] = spread.unit;
  if (spread.measured.count > 0) json["measured"] = spread.measured.json();
  if (spread.margin.count > 0)
    json["margin"] = {{"min", spread.margin.least}, {"min_run", spread.margin.at_least->run}};
  return json;
}

std::string value_in(const Record& record, const std::string& place) {
  for (const auto& [path, text] : record.values)
    if (path == place) return text;
  return "";
}

std::string as_people_read(const std::string& seconds) {
  const auto time = scenario::parse_quantity(seconds);
  return time ? scenario::format(*time) : seconds;
}

void tell_phases(const Plan& plan, const Scenario& base, double period_s, const std::vector<ClaimSpread>& claims,
                 Told& told, Json& subject) {
  const auto which = reaction_claim(*plan.phases, base);
  if (!which || claims[*which].measured.count == 0) return;
  const Spread& m = claims[*which].measured;
  const auto phase_at = [&](const Record& record) { return value_in(record, "phase"); };
  told.lines.push_back("    reaction " + amount(m.least, claims[*which].unit) + " … " +
                       amount(m.mean(), claims[*which].unit) + " … " + amount(m.most, claims[*which].unit) +
                       " (min, mean, max) over " + std::to_string(plan.phases->count) + " phases of " +
                       scenario::format({period_s, scenario::Dimension::time}) + ", slowest at " +
                       as_people_read(phase_at(*m.at_most)) + ", fastest at " + as_people_read(phase_at(*m.at_least)));
  subject["reaction"] = {{"claim", claim_text(base.claims[*which])},
                         {"period_s", period_s},
                         {"phases", plan.phases->count},
                         {"unit", claims[*which].unit},
                         {"min", m.least},
                         {"mean", m.mean()},
                         {"max", m.most},
                         {"min_at", phase_at(*m.at_least)},
                         {"max_at", phase_at(*m.at_most)}};
}

void tell_faults(const Plan& plan, const Sweep& sweep, Told& told) {
  const Covering& c = sweep.covering;
  const double percent = c.pairs > 0 ? 100.0 * static_cast<double>(c.covered) / static_cast<double>(c.pairs) : 100;
  told.lines.push_back("    " + std::to_string(plan.faults->list.size()) + " faults: " + std::to_string(c.covered) +
                       " of " + std::to_string(c.pairs) + " pairs covered (" + scenario::fixed(percent, 1) + " %) by " +
                       std::to_string(c.rows.size()) + " runs; every combination would take " +
                       scenario::shortest(c.product));
  told.details["coverage"] = {{"faults", plan.faults->list.size()},
                              {"pairs", c.pairs},
                              {"covered", c.covered},
                              {"runs", c.rows.size()},
                              {"product", c.product}};
}

std::map<std::string, std::size_t> counts_of(const Record* first, std::size_t count) {
  std::map<std::string, std::size_t> counts;
  for (const Record* record = first; record != first + count; ++record) ++counts[record->result];
  return counts;
}

/// Decimals that show a resolution: 4 for 0.0005.
int decimals_for(double resolution) {
  int decimals = 0;
  for (double step = 1; decimals < 9 && step > resolution * (1 + 1e-9); step /= 10) ++decimals;
  return decimals;
}

std::string shown(double value, const Edge& edge) {
  return scenario::fixed(value, decimals_for(edge.resolution)) + (edge.from.unit.empty() ? "" : " " + edge.from.unit);
}

std::string edge_text(const char* verb, const EdgeFound& found, const Edge& edge) {
  if (!found.threshold.found) return std::string("   ") + verb + " nowhere in between";
  std::string text =
      std::string("   ") + verb + " " + shown(found.threshold.happens, edge) + " ±" + edge.from.text(edge.resolution);
  if (const auto offset = found.offset())
    text += " (" + std::string(*offset >= 0 ? "+" : "") + shown(*offset, edge) + ")";
  return text;
}

std::string delay_text(const std::vector<DelayPoint>& delays, std::size_t phases) {
  double least_s = HUGE_VAL, most_s = 0;
  for (const DelayPoint& point : delays)
    least_s = std::min(least_s, point.least_s), most_s = std::max(most_s, point.most_s);
  return "   delay " + amount(least_s, "s") + "…" + amount(most_s, "s") + " over " + std::to_string(phases) + " phases";
}

Json edge_json(const EdgeFound& found, const Edge& edge) {
  Json json{{"value", edge.path}, {"unit", edge.from.unit}, {"found", found.threshold.found}};
  if (found.threshold.found) json["happens"] = found.threshold.happens;
  if (found.threshold.found) json["does_not_happen"] = found.threshold.quiet;
  json["resolution"] = edge.resolution;
  if (found.setting) json["around"] = edge.around, json["setting"] = *found.setting;
  if (const auto offset = found.offset()) json["offset"] = *offset;
  json["tries"] = found.threshold.tries;
  return json;
}

Json delay_json(const DelayPoint& point) {
  return {
      {"overdrive", point.overdrive},      {"min_s", point.least_s}, {"mean_s", point.mean_s}, {"max_s", point.most_s},
      {"max_at_s", point.phase_at_most_s}, {"missed", point.missed}};
}

}  // namespace

std::optional<std::size_t> reaction_claim(const Phases& phases, const Scenario& scenario) {
  for (std::size_t c = 0; c < scenario.claims.size(); ++c) {
    const scenario::Claim& claim = scenario.claims[c];
    if (phases.claim.empty() ? claim.kind == scenario::ClaimKind::when_then : claim.name == phases.claim) return c;
  }
  return std::nullopt;
}

std::string counts_text(const std::vector<Record>& records) {
  const auto counts = counts_of(records.data(), records.size());
  std::string text;
  for (const std::string word : words) {
    const auto found = counts.find(word);
    const bool always = word == "pass" || word == "fail" || word == "error";
    if (found == counts.end() && !always) continue;
    text += (text.empty() ? "" : " · ") + std::to_string(found == counts.end() ? 0 : found->second) + " " + word;
  }
  return text;
}

Told tell_sweep(const Plan& plan, const std::vector<Scenario>& bases, const Sweep& sweep,
                const std::vector<Record>& records) {
  Told told;
  const auto worst = std::ranges::max_element(records, {}, [](const Record& r) {
    return exit_code(Judged{r.result, false}, true) * 2 + (r.result == "fail" ? 1 : 0);
  });
  told.result = worst == records.end() ? "not_run" : worst->result;
  if (worst != records.end()) told.reason = worst->reason;
  told.lines.push_back(plan.name + "   " + std::to_string(records.size()) + " runs: " + counts_text(records));
  told.details["counts"] = counts_json(counts_of(records.data(), records.size()));
  if (plan.faults) tell_faults(plan, sweep, told);
  told.details["subjects"] = Json::array();
  for (std::size_t s = 0; s < bases.size(); ++s) {
    const Record* const first = records.data() + s * sweep.runs_of_a_subject;
    const auto claims = claims_of(bases[s], first, sweep.runs_of_a_subject);
    const auto counts = counts_of(first, sweep.runs_of_a_subject);
    Json subject{{"scenario", bases[s].name}, {"counts", counts_json(counts)}, {"claims", Json::array()}};
    if (bases.size() > 1) told.lines.push_back("  " + bases[s].name);
    if (plan.phases)
      tell_phases(plan, bases[s], plan.phases->period_s.value_or(scan_period_s(bases[s])), claims, told, subject);
    for (std::size_t c = 0; c < claims.size(); ++c) {
      if (!plan.phases || bases.size() == 1) told.lines.push_back(claim_line(bases[s].claims[c], claims[c]));
      subject["claims"].push_back(claim_json(bases[s].claims[c], claims[c]));
    }
    told.details["subjects"].push_back(subject);
  }
  return told;
}

Told tell_threshold(const Plan& plan, const ThresholdFound& found, std::size_t runs) {
  const Search& search = *plan.search;
  Told told;
  told.result = found.result;
  told.reason = found.reason;
  if (found.result != "error") {
    std::string line = plan.name;
    if (found.trip.setting) line += "   set " + shown(*found.trip.setting, search.trip);
    line += edge_text("trips", found.trip, search.trip);
    if (found.release) line += edge_text("releases", *found.release, *search.release);
    if (!found.delays.empty()) line += delay_text(found.delays, search.phases * found.delays.size());
    told.lines.push_back(line + "   (" + std::to_string(runs) + " runs)");
    for (const DelayPoint& point : found.delays)
      told.lines.push_back("    " + search.trip.from.text(point.overdrive) + " beyond: " + amount(point.least_s, "s") +
                           " … " + amount(point.mean_s, "s") + " … " + amount(point.most_s, "s") + " (min, mean, max)");
  }
  told.details["trip"] = edge_json(found.trip, search.trip);
  if (found.release) told.details["release"] = edge_json(*found.release, *search.release);
  told.details["scan_s"] = found.scan_s;
  told.details["phases"] = search.phases;
  told.details["delay_over_overdrive"] = Json::array();
  for (const DelayPoint& point : found.delays) told.details["delay_over_overdrive"].push_back(delay_json(point));
  return told;
}

}  // namespace rig::campaign
