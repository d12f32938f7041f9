// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "rig/campaign/bisect.hpp"
#include "rig/campaign/plan.hpp"
#include "rig/campaign/shots.hpp"

namespace rig::campaign {

/// Where a protection trips or releases; values in the unit of the file.
struct EdgeFound {
  Threshold threshold;
  std::optional<double> setting;  // where it ought to be
  [[nodiscard]] std::optional<double> offset() const {
    return setting && threshold.found ? std::optional(threshold.happens - *setting) : std::nullopt;
  }
};

/// How long it takes beyond the trip, over the phases of the scan.
struct DelayPoint {
  double overdrive = 0;  // in the unit of the file
  double least_s = 0, mean_s = 0, most_s = 0;
  double phase_at_most_s = 0;
  std::size_t missed = 0;  // phases in which nothing happened in time; not in the figures
};

struct ThresholdFound {
  EdgeFound trip;
  std::optional<EdgeFound> release;
  std::vector<DelayPoint> delays;
  double scan_s = 0;
  std::string result = "pass", reason;  // the words of docs/verdicts.md
};

/// What is wrong with the search for this scenario, told before anything runs.
void check_search(const Plan& plan, const scenario::Scenario& base, scenario::Files& files,
                  scenario::Problems& problems);

/// Bisects trip and release and measures the delays. A run that ends as `error` ends the search as one.
[[nodiscard]] ThresholdFound search_threshold(const Plan& plan, const scenario::Scenario& base, Shooter& shooter);

}  // namespace rig::campaign
