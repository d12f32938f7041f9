// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/board_run.hpp"

#include <algorithm>

#include "models/math/noise.hpp"
#include "rig/bench/sim/outcome.hpp"
#include "rig/bench/sim/sim_build.hpp"

namespace rig::bench {

using models::pack::PlantEvent;
using scenario::SignalId;

namespace {

/// Boards of one run differ in what is drawn for them.
RunOptions options_of(RunOptions options, std::size_t index) {
  constexpr std::uint64_t boards = 0xB0A2D;
  if (index > 0) options.seed = models::math::random_bits(options.seed, boards, index);
  return options;
}

std::vector<scenario::Action> actions_of(const scenario::Scenario& scenario, std::size_t index) {
  std::vector<scenario::Action> own;
  if (scenario.others.empty()) return own;
  std::ranges::copy_if(scenario.actions, std::back_inserter(own),
                       [&](const scenario::Action& action) { return action.board == index; });
  return own;
}

}  // namespace

BoardRun::BoardRun(const scenario::Scenario& scenario, std::size_t index, const RunOptions& options)
    : setup_(*scenario::setups_of(scenario)[index]),
      index_(index),
      options_(options_of(options, index)),
      own_actions_(actions_of(scenario, index)),
      actions_(scenario.others.empty() ? scenario.actions : own_actions_),
      loop_(module("plant").c_str(), plant_params(setup_, options_.seed), start_ambient_degC(setup_)) {
  begin(setup_, loop_);
}

std::string BoardRun::module(const char* what) const {
  return setup_.called.empty() ? what : what + ("_" + setup_.called);
}

void BoardRun::wire(const scenario::Catalogue& catalogue, SimSignals& signals, RunWatch& watch) {
  if (!setup_.called.empty()) own_names_ = catalogue.of(setup_.prefix());
  catalogue_ = setup_.called.empty() ? &catalogue : &own_names_;
  signals_ = &signals;
  watch_ = &watch;
  watch.plants.push_back(&loop_);
  balancing_ = catalogue_->find("bms.balancing");
  running_ = catalogue_->find("firmware.running");
  board_ = std::make_unique<SimBoard>(module("board").c_str(), setup_.board, setup_.pack.cells, options_.seed, loop_,
                                      observer());
  firmware_ = std::make_unique<FirmwareModule>(module("firmware").c_str(), firmware_config(setup_, options_), *board_);
  clients_ = std::make_unique<Clients>(*board_, WireSignals(*catalogue_, signals, loop_, watch, index_), setup_,
                                       options_.seed);
  player_ = std::make_unique<Player>(module("player").c_str(), actions_, loop_, *board_, *firmware_, clients_.get());
  player_->imposed = [this](const std::string& signal, bool imposed) {
    if (watch_->recorder) watch_->recorder->mark(now_ns(), "imposed." + setup_.prefix() + signal, imposed ? 1 : 0);
  };
  board_->connect(*firmware_);
  if (SimSerial* const port = board_->serial("jk_4e57")) attach_client(*port);
  loop_.before = [this](std::int64_t t) {
    board_->leave_segment(t);
    watch_->observe(t);
  };
  loop_.leaving = [this](std::int64_t t) {
    figures_.read(loop_.plant(), loop_.plant().now_ns());
    figures_.read(loop_.plant(), t);
  };
  loop_.breaking = [this](std::int64_t t) { watch_->before_event(t); };
  loop_.after = [this] { watch_->changed(now_ns()); };
  if (watch_->cues) loop_.computed = [this] { watch_->cues->look(); };
  loop_.happened = [this](PlantEvent event) {
    watch_->is_event = true;
    if (event == PlantEvent::runaway) report_runaway();
    board_->plant_event(event);
  };
}

SimBoard::Observer BoardRun::observer() {
  return {[this](const char* name, bool value) { bit(name, value); },
          [this](std::uint32_t level, const char* text) { said(level, text); },
          [this](std::int64_t t, const char* name, double value) {
            if (watch_->recorder && index_ == 0) watch_->recorder->probe(t, name, value);
          }};
}

void BoardRun::attach_client(SimSerial& port) {
  client_ = std::make_unique<JkClient>(module("client").c_str(), *catalogue_, port, setup_.board.telemetry_poll_s);
  client_->write_to(*signals_, index_);
  clients_->count(*client_);
  client_->before = [this] { loop_.observe(now_ns()); };
  client_->after = [this] { loop_.announce(); };
  client_->unseen = [this] {
    if (watch_->recorder) watch_->recorder->interval(now_ns());
  };
  for (std::size_t i = 0; i < catalogue_->size(); ++i) {
    if (const auto id = static_cast<SignalId>(i); watch_->reads(id)) client_->follow(id);
  }
  client_->bit = [this](SignalId id, double value) {
    if (watch_->recorder) watch_->recorder->bit(now_ns(), id, value);
    if (id != balancing_) watch_->is_event = true;
  };
}

/// Errors and warnings that the firmware logs are findings; a chatterbox is cut off.
void BoardRun::said(std::uint32_t level, const char* text) {
  constexpr std::size_t most = 50;
  if (level > BOARD_LOG_WARNING || said_.size() >= most) return;
  said_.push_back({now_ns(), "firmware", front() + "log: " + text});
}

/// Every cell that has passed its limit is named once.
void BoardRun::report_runaway() {
  const auto& plant = loop_.plant();
  for (int k = 0; k < plant.cells(); ++k) {
    if (!plant.ran_away(k) || !ran_away_.insert(k).second) continue;
    const double limit_degC = plant.params().type->params().runaway_degC;
    said_.push_back({now_ns(), "plant",
                     front() + "thermal runaway: cell " + std::to_string(k + 1) + " passed " +
                         scenario::format({limit_degC, scenario::Dimension::temperature})});
  }
}

void BoardRun::bit(const char* name, bool value) {
  const auto id = catalogue_->find(name);
  if (!id || signals_->held(*id) == (value ? 1.0 : 0.0)) return;
  const std::int64_t now = now_ns();
  loop_.observe(now);
  signals_->hold(*id, value ? 1 : 0);
  auto& recorder = watch_->recorder;
  if (recorder) recorder->bit(now, *id, value ? 1 : 0);
  if (recorder && id == running_ && !value && index_ == 0) recorder->drop_probes_after(now);
  watch_->is_event = true;
  loop_.announce();
}

void BoardRun::report(std::int64_t end_ns, reports::ScenarioResult& result) const {
  if (client_) {
    constexpr double polls = 5;
    const auto& b = setup_.board;
    doubt_silence(result, setup_.prefix(), static_cast<double>(client_->longest_silence_ns(end_ns)) * 1e-9,
                  b.watchdog_s + b.start_up_s + polls * b.telemetry_poll_s);
  }
  reports::ScenarioResult own;
  figures_.report(loop_.plant().params(), end_ns, own);
  for (const auto& [name, value] : own.figures) result.figures[front() + name] = value;
  for (reports::Finding& finding : own.findings) {
    finding.what = front() + finding.what;
    result.findings.push_back(std::move(finding));
  }
  result.findings.insert(result.findings.end(), said_.begin(), said_.end());
  result.wake_ups += firmware_->wake_ups();
}

void BoardRun::report_missed(std::int64_t end_ns, reports::ScenarioResult& result) const {
  for (const Player::Missed& missed : player_->missed()) {
    const scenario::Quantity due{static_cast<double>(missed.t_ns) * 1e-9, scenario::Dimension::time};
    const std::string what = front() + missed.action->target + " (line " +
                             std::to_string(missed.action->position.line) + ") never happened: due at " +
                             scenario::format(due, 5) + ", behind the end of the run";
    result.findings.push_back({end_ns, "scenario", what});
    if (!result.result.empty() && result.result != "pass") continue;
    result.result = "fail";
    result.reason = what;
  }
}

std::vector<FirmwareFinding> BoardRun::firmware_findings() const {
  std::vector<FirmwareFinding> findings = firmware_->findings();
  for (FirmwareFinding& finding : findings) finding.what = front() + finding.what;
  return findings;
}

}  // namespace rig::bench
