// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/cues.hpp"

#include <algorithm>

#include "rig/bench/sim/outcome.hpp"

namespace rig::bench {
namespace {

std::string place_of(const scenario::SourcePosition& position) {
  return " (line " + std::to_string(position.line) + ")";
}

}  // namespace

Cues::Cues(const std::vector<scenario::Cue>& cues, const scenario::Catalogue& catalogue,
           const expect::SignalSource& signals, std::vector<PlantLoop*> plants)
    : plants_(std::move(plants)) {
  for (const scenario::Cue& cue : cues) {
    Waiting waiting{&cue, std::make_unique<expect::Lookout>(cue.when, catalogue, signals)};
    if (cue.after_cue < 0) waiting.t_from_ns = scenario::to_ns(cue.from_s);
    waiting_.push_back(std::move(waiting));
  }
  turn_.at(0);
}

bool Cues::reads(scenario::SignalId id) const {
  return std::ranges::any_of(waiting_, [id](const Waiting& one) { return one.lookout->reads(id); });
}

/// In the order of the file: what waits for an earlier one may come at the same instant.
void Cues::turn() {
  const std::int64_t now = now_ns();
  for (PlantLoop* plant : plants_) (void)plant->sample();
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    Waiting& one = waiting_[i];
    if (!one.over() && one.t_from_ns <= now && one.lookout->now(now)) comes(i, now);
  }
  plan(now);
}

void Cues::comes(std::size_t cue, std::int64_t t_ns) {
  waiting_[cue].t_came_ns = t_ns;
  for (Waiting& other : waiting_) {
    if (other.cue->after_cue == static_cast<int>(cue)) other.t_from_ns = t_ns + scenario::to_ns(other.cue->from_s);
  }
  came(static_cast<int>(cue), t_ns);
}

void Cues::plan(std::int64_t t_ns) {
  std::int64_t known_ns = expect::kNever;  // so far every plant is known
  for (const PlantLoop* plant : plants_) known_ns = std::min(known_ns, plant->plant().horizon_ns());
  std::int64_t next_ns = expect::kNever;
  for (Waiting& one : waiting_) {
    if (one.over()) continue;
    if (one.t_from_ns > t_ns)
      next_ns = std::min(next_ns, one.t_from_ns);
    else if (known_ns > t_ns)
      next_ns = std::min(next_ns, one.lookout->ahead(std::min(known_ns, next_ns)));
  }
  turn_.cancel();
  if (next_ns != expect::kNever) turn_.at(next_ns);
}

void Cues::report(std::int64_t end_ns, reports::ScenarioResult& result) const {
  for (const Waiting& one : waiting_) {
    const std::string step = "when " + one.cue->when.text;
    if (one.over()) {
      const double t_s = static_cast<double>(one.t_came_ns) * 1e-9;
      result.figures[step + place_of(one.cue->position)] = value_of({t_s, scenario::Dimension::time});
      continue;
    }
    const std::string near = one.lookout->nearness();
    std::string why = near.empty() ? "" : ": " + near;
    if (one.t_from_ns == expect::kNever) why = ": it waited for the step before, which did not happen either";
    const std::string what = step + place_of(one.cue->position) + " never happened" + why;
    result.findings.push_back({end_ns, "scenario", what});
    if (one.cue->may_not_happen || !(result.result.empty() || result.result == "pass")) continue;
    result.result = "fail";
    result.reason = what;
  }
}

}  // namespace rig::bench
