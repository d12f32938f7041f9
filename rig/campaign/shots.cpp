// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/shots.hpp"

#include <map>
#include <stdexcept>

#include "rig/campaign/pool.hpp"
#include "rig/campaign/result_check.hpp"
#include "rig/scenario/catalogue.hpp"

namespace rig::campaign {
namespace {

using scenario::Claim;
using scenario::Dimension;
using scenario::Expression;

/// 1 == 1: arms when its window begins.
Expression always_true() {
  Expression one;
  one.constant = 1;
  one.text = "1";
  Expression equal;
  equal.op = Expression::Op::equal;
  equal.dimension = Dimension::boolean;
  equal.text = "1 == 1";
  equal.children = {one, one};
  return equal;
}

Claim claim_of(const Probe& probe, const scenario::Scenario& scenario) {
  Claim claim;
  claim.kind = scenario::ClaimKind::when_then;
  claim.name = claim.text = probe.then;
  claim.when = always_true();
  claim.then = scenario::parse_expression(probe.then, scenario::make_catalogue(scenario), probe.position);
  claim.within_s = probe.within_s;
  claim.after_s = probe.from_s;
  claim.position = probe.position;
  return claim;
}

Record error_record(const Shot& shot, const std::string& why) {
  Record record;
  record.scenario = shot.tree.entry.key;
  record.result = "error";
  record.reason = "rig: " + why;
  return record;
}

Record record_of_none(const Shot& shot, const Outcome& outcome) {
  Record record =
      error_record(shot, outcome.ending == Ending::finished ? "the result came back damaged" : outcome.text);
  record.values = shot.values;
  record.seed = shot.seed;
  return record;
}

}  // namespace

scenario::Scenario scenario_of(const Shot& shot, scenario::Files& files) {
  std::vector<scenario::ScenarioError> errors;
  auto scenario = read_scenario(shot.tree, files, errors);
  if (!scenario) throw std::runtime_error(errors.empty() ? "the scenario cannot be read" : errors.front().what());
  if (shot.probe) scenario->claims = {claim_of(*shot.probe, *scenario)};
  return std::move(*scenario);
}

std::string Shooter::work(const Shot& shot) const {
  const scenario::Scenario scenario = scenario_of(shot, *setting_.files);
  bench::RunOptions options;
  options.seed = shot.seed;
  options.firmware = setting_.firmware(scenario);
  const reports::ScenarioResult result = setting_.runner(scenario, options);
  const std::string wrong = contradiction(result, scenario);
  Record record = wrong.empty() ? record_of(result) : error_record(shot, "the result contradicts itself: " + wrong);
  record.values = shot.values;
  record.seed = shot.seed;
  return to_line(record);
}

std::vector<Record> Shooter::run(std::size_t count, const std::function<Shot(std::size_t)>& shot) {
  std::vector<Record> records;
  const std::size_t first = next_;
  while (records.size() < count && next_ < log_.kept().size()) records.push_back(log_.kept()[next_++]);
  const std::size_t known = records.size();
  std::vector<Job> jobs;
  for (std::size_t i = known; i < count; ++i) jobs.push_back({[this, &shot, i] { return work(shot(i)); }, {}});

  std::map<std::size_t, Record> waiting;  // finished before an earlier one
  PoolOptions pool;
  pool.jobs = setting_.jobs;
  pool.stall_limit_s = setting_.stall_limit_s;
  pool.on_finished = [&](std::size_t index, const Outcome& outcome) {
    if (outcome.ending == Ending::interrupted) return;
    auto record = outcome.ending == Ending::finished ? from_line(outcome.text) : std::nullopt;
    if (!record) record = record_of_none(shot(known + index), outcome);
    record->run = first + known + index;
    waiting.emplace(record->run, std::move(*record));
    for (auto next = waiting.find(next_); next != waiting.end(); next = waiting.find(next_)) {
      log_.append(next->second);
      records.push_back(std::move(next->second));
      waiting.erase(next);
      ++next_;
    }
    if (setting_.on_progress) setting_.on_progress(next_);
  };
  pool.on_tick = [&] {
    if (setting_.on_progress) setting_.on_progress(next_);
  };
  const PoolResult done = run_pool(jobs, pool);
  if (done.interrupted_by != 0) {
    log_.synchronise();
    throw Interrupted{done.interrupted_by};
  }
  return records;
}

}  // namespace rig::campaign
