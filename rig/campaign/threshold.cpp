// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "rig/campaign/sweep.hpp"
#include "rig/scenario/catalogue.hpp"

namespace rig::campaign {
namespace {

using scenario::Problems;
using scenario::Scenario;

double sign_of(const Edge& edge) { return edge.to.number < edge.from.number ? -1 : 1; }

/// Value of "settings.NAME", in the unit of the edge.
std::optional<double> setting_of(const Edge& edge, const Scenario& base) {
  constexpr std::string_view prefix = "settings.";
  if (!edge.around.starts_with(prefix)) return std::nullopt;
  const auto found = base.settings.find(edge.around.substr(prefix.size()));
  return found == base.settings.end() ? std::nullopt : std::optional(found->second / edge.from.unit_size());
}

class Finder {
 public:
  Finder(const Plan& plan, const Scenario& base, Shooter& shooter)
      : plan_(plan), search_(*plan.search), base_(base), shooter_(shooter) {}

  ThresholdFound run() {
    ThresholdFound found;
    found.scan_s = search_.scan_s.value_or(scan_period_s(base_));
    try {
      found.trip = edge(search_.trip, std::nullopt);
      if (found.trip.threshold.found) beyond(found);
      judge(found);
    } catch (const std::runtime_error& failed) {
      found.result = "error";
      found.reason = failed.what();
    }
    return found;
  }

 private:
  void beyond(ThresholdFound& found) {
    const double trip = found.trip.threshold.happens, sign = sign_of(search_.trip);
    std::vector<double> overdrives;
    for (const Amount& overdrive : search_.overdrives) overdrives.push_back(overdrive.number);
    const double furthest = std::abs(search_.trip.to.number - trip);
    if (overdrives.empty() && search_.phases > 1) overdrives.push_back(furthest);
    const double most = overdrives.empty() ? furthest : *std::ranges::max_element(overdrives);
    if (search_.release) found.release = edge(*search_.release, trip + sign * most);
    for (const double overdrive : overdrives)
      found.delays.push_back(delay(trip + sign * overdrive, overdrive, found.scan_s));
  }

  EdgeFound edge(const Edge& edge, std::optional<double> tripped_by) {
    EdgeFound found;
    found.setting = setting_of(edge, base_);
    const Bracket bracket{edge.from.number, edge.to.number, edge.resolution, found.setting};
    found.threshold = find_threshold(bracket, [&](double value) {
      const Record record = shooter_.run(1, [&](std::size_t) { return shot(edge, value, tripped_by, 0); }).front();
      return happened(record);
    });
    return found;
  }

  [[nodiscard]] static bool happened(const Record& record) {
    if (record.result == "error" || record.claims.empty()) throw std::runtime_error(record.reason);
    return record.claims.front().result == "pass";
  }

  [[nodiscard]] Shot shot(const Edge& edge, double value, std::optional<double> tripped_by, double offset_s) const {
    Shot made{plan_.subjects.front().tree, {}, plan_.seed, {}};
    const auto put = [&](const Edge& at, double number) {
      const std::string text = at.from.text(number);
      if (const std::string complaint = made.tree.set(at.path, text); !complaint.empty())
        throw std::runtime_error(complaint);
      made.values.emplace_back(at.path, text);
    };
    if (tripped_by) put(search_.trip, *tripped_by);
    put(edge, value);
    made.probe = probe(edge, made.tree);
    made.probe->from_s += offset_s;
    if (offset_s > 0) {
      shift(made.tree, edge.action, offset_s);
      made.values.emplace_back("phase", time_text(offset_s));
    }
    return made;
  }

  [[nodiscard]] Probe probe(const Edge& edge, const scenario::ScenarioTree& tree) const {
    const double from_s = time_of(tree, edge.action).value_or(0);
    const double until_s = time_of(tree, edge.action + 1).value_or(base_.run_for_s);
    return {edge.when, edge.when_position, from_s, edge.within_s.value_or(until_s - from_s)};
  }

  DelayPoint delay(double value, double overdrive, double scan_s) {
    const auto offset = [&](std::size_t phase) { return offset_of(phase, search_.phases, scan_s); };
    const std::vector<Record> records = shooter_.run(
        search_.phases, [&](std::size_t phase) { return shot(search_.trip, value, std::nullopt, offset(phase)); });
    DelayPoint point;
    point.overdrive = overdrive;
    point.least_s = HUGE_VAL;
    double sum_s = 0;
    std::size_t happened_in = 0;
    for (std::size_t phase = 0; phase < records.size(); ++phase) {
      if (!happened(records[phase]) || !records[phase].claims.front().measured) continue;
      const double delay_s = *records[phase].claims.front().measured;
      ++happened_in;
      sum_s += delay_s;
      point.least_s = std::min(point.least_s, delay_s);
      if (delay_s <= point.most_s) continue;
      point.most_s = delay_s;
      point.phase_at_most_s = offset(phase);
    }
    point.missed = records.size() - happened_in;
    point.mean_s = happened_in > 0 ? sum_s / static_cast<double>(happened_in) : 0;
    if (happened_in == 0) point.least_s = 0;
    return point;
  }

  void judge(ThresholdFound& found) const {
    const auto check = [&](const char* what, const EdgeFound& edge, const Edge& asked) {
      if (found.result != "pass") return;
      if (!edge.threshold.found)
        return fail(found, std::string(what) + ": no threshold between " + asked.from.text(asked.from.number) +
                               " and " + asked.to.text(asked.to.number));
      const auto offset = edge.offset();
      if (!offset || !search_.tolerance || std::abs(*offset) <= search_.tolerance->number * (1 + 1e-9)) return;
      const Amount& unit = search_.trip.from;
      fail(found, std::string(what) + " at " + unit.text(edge.threshold.happens) + ", " + unit.text(std::abs(*offset)) +
                      (*offset < 0 ? " below " : " above ") + asked.around + " " + unit.text(*edge.setting) + "; " +
                      unit.text(search_.tolerance->number) + " are allowed");
    };
    check("trips", found.trip, search_.trip);
    if (found.release) check("releases", *found.release, *search_.release);
    for (const DelayPoint& point : found.delays)
      if (point.missed > 0 && found.result == "pass")
        fail(found, "in " + std::to_string(point.missed) + " of " + std::to_string(search_.phases) +
                        " phases nothing happened " + search_.trip.from.text(point.overdrive) + " beyond the trip");
  }
  static void fail(ThresholdFound& found, const std::string& why) {
    found.result = "fail";
    found.reason = why;
  }

  const Plan& plan_;
  const Search& search_;
  const Scenario& base_;
  Shooter& shooter_;
};

void check_edge(const Edge& edge, const Plan& plan, const Scenario& base, scenario::Files& files, Problems& problems) {
  const scenario::SourcePosition& at = edge.from.position;
  if (!edge.around.empty() && !setting_of(edge, base))
    problems.add(at, "around: \"" + edge.around + "\" is not a setting of the board, such as settings.cell_ovp");
  Shot shot{plan.subjects.front().tree, {}, plan.seed, {}};
  for (const Amount* end : {&edge.from, &edge.to}) {
    const std::string complaint = shot.tree.set(edge.path, end->text(end->number));
    if (!complaint.empty()) return problems.add(at, "value: " + complaint);
    std::vector<scenario::ScenarioError> errors;
    static_cast<void>(read_scenario(shot.tree, files, errors));
    for (const scenario::ScenarioError& error : errors)
      problems.add(end->position, "between: " + std::string(error.what()));
  }
  try {
    static_cast<void>(scenario::parse_expression(edge.when, scenario::make_catalogue(base), edge.when_position));
  } catch (const scenario::ScenarioError& error) {
    problems.add(error);
  }
}

}  // namespace

void check_search(const Plan& plan, const Scenario& base, scenario::Files& files, Problems& problems) {
  const Search& search = *plan.search;
  check_edge(search.trip, plan, base, files, problems);
  if (search.release) check_edge(*search.release, plan, base, files, problems);
  if (search.release && search.release->action <= search.trip.action)
    problems.add(search.release->from.position, "release: its action comes no later than that of the trip");
  if (search.phases > 1 && search.scan_s.value_or(scan_period_s(base)) == 0)
    problems.add(search.trip.from.position, "phases: the board has no scan; scan: a time is missing");
}

ThresholdFound search_threshold(const Plan& plan, const Scenario& base, Shooter& shooter) {
  return Finder(plan, base, shooter).run();
}

}  // namespace rig::campaign
