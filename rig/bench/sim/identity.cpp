// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/identity.hpp"

#include <algorithm>
#include <string>

#include "rig/scenario/hold_action.hpp"

namespace rig::bench {

using reports::ScenarioResult;

namespace {

/// Names of several boards stand side by side, "a: JK-B2A8S20P, b: JK-B2A24S20P".
void add_setup(const scenario::BoardSetup& setup, ScenarioResult& r) {
  const auto add = [&](std::string& names, const std::string& name) {
    names += (names.empty() ? "" : ", ") + (setup.called.empty() ? "" : setup.called + ": ") + name;
  };
  add(r.board, setup.board.name);
  add(r.pack, setup.pack.name);
  const std::string prefix = setup.prefix();
  for (const auto& setting : setup.board.settings) {
    const auto resolved = setup.settings.find(setting.name);
    const double value = resolved == setup.settings.end() ? setting.value : resolved->second;
    r.settings[prefix + setting.name] = scenario::format({value, setting.dimension});
  }
  for (const auto& scan : setup.board.scans)
    r.scan_period_s = std::max(r.scan_period_s, scan.time_per_channel_s * setup.pack.cells);
}

}  // namespace

ScenarioResult identity(const scenario::Scenario& s, std::uint64_t seed) {
  ScenarioResult r;
  r.name = s.name;
  r.about = s.about;
  r.shows = s.shows;
  r.labels = s.labels;
  r.file = s.position.file;
  r.line = s.position.line;
  r.scenario_sha256 = s.sha256;
  r.seed = seed;
  r.imposed = scenario::imposed_by(s);
  for (const scenario::BoardSetup* setup : scenario::setups_of(s)) add_setup(*setup, r);
  return r;
}

}  // namespace rig::bench
