// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "rig/campaign/campaign.hpp"
#include "rig/campaign/record.hpp"
#include "rig/campaign/run_log.hpp"
#include "rig/scenario/scenario_tree.hpp"

namespace rig::campaign {

/// What a search asks in place of the scenario's own claims: is `then` true at some instant of [from, from + within]?
/// The record's one claim is pass when it is, and measured is the time from `from` to the first such instant.
struct Probe {
  std::string then;
  scenario::SourcePosition position;
  double from_s = 0, within_s = 0;
};

/// One run to be made.
struct Shot {
  scenario::ScenarioTree tree;  // with everything set
  Places values;
  std::uint64_t seed = 1;
  std::optional<Probe> probe = {};
};

/// The user ended it; what there is, is on disk.
struct Interrupted {
  int signal;
};

/// Makes the runs of one campaign, each in a process of its own, and puts them in the log. Runs that the log has from
/// before are not made again.
class Shooter {
 public:
  struct Setting {
    Runner runner;
    std::function<std::filesystem::path(const scenario::Scenario&)> firmware;
    scenario::Files* files = nullptr;  // with everything the scenarios refer to read already
    unsigned jobs = 1;
    double stall_limit_s = 600;
    std::function<void(std::size_t done)> on_progress = {};  // runs so far; also about ten times a second
  };
  Shooter(const Setting& setting, RunLog& log) : setting_(setting), log_(log) {}

  /// Records of `count` runs, in order; `shot` is called in the process of the run. Throws Interrupted.
  std::vector<Record> run(std::size_t count, const std::function<Shot(std::size_t)>& shot);
  [[nodiscard]] std::size_t made() const { return next_; }

 private:
  std::string work(const Shot& shot) const;

  Setting setting_;
  RunLog& log_;
  std::size_t next_ = 0;  // number of the next run
};

/// The scenario of a shot, its claims replaced by its probe. Throws std::runtime_error with the first mistake.
[[nodiscard]] scenario::Scenario scenario_of(const Shot& shot, scenario::Files& files);

}  // namespace rig::campaign
