// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/run_scenario.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string_view>

#include "rig/bench/sim/figures.hpp"
#include "rig/bench/sim/jk_client.hpp"
#include "rig/bench/sim/outcome.hpp"
#include "rig/bench/sim/player.hpp"
#include "rig/bench/sim/sim_build.hpp"
#include "rig/record/recorder.hpp"

namespace rig::bench {

using models::pack::PlantEvent;
using scenario::Scenario;
using scenario::SignalId;

namespace {

/// The closed loop of one scenario, wired together.
class Simulation {
 public:
  Simulation(const Scenario& scenario, const RunOptions& options)
      : scenario_(scenario),
        catalogue_(scenario::make_catalogue(scenario.pack.cells)),
        loop_("plant", plant_params(scenario, options.seed), start_ambient(scenario)),
        signals_(catalogue_, begun(loop_, scenario)),
        judge_(scenario.claims, catalogue_, signals_, judge_limits(scenario)),
        board_("board", scenario.board, scenario.pack.cells, options.seed, loop_, observer()),
        firmware_("firmware", firmware_config(scenario, options), board_),
        player_("player", scenario.actions, loop_, board_, firmware_) {
    board_.connect(firmware_);
    if (SimSerial* const port = board_.serial("jk_4e57")) attach_client(*port);
    if (!options.trace_file.empty()) attach_recorder(options);
    balancing_ = catalogue_.find("bms.balancing");
    running_ = catalogue_.find("firmware.running");
    loop_.before = [this](std::int64_t t) { observe(t); };
    loop_.leaving = [this](std::int64_t t) {
      figures_.read(loop_.plant(), loop_.plant().now_ns());
      figures_.read(loop_.plant(), t);
    };
    loop_.breaking = [this](std::int64_t t) {
      if (recorder_) recorder_->before_event(t);
    };
    loop_.after = [this] { changed(); };
    loop_.happened = [this](PlantEvent event) {
      event_ = true;
      if (event == PlantEvent::runaway) report_runaway();
      board_.plant_event(event);
    };
  }

  reports::ScenarioResult run(std::uint64_t seed) {
    const std::int64_t end = scenario::to_ns(scenario_.run_for_s);
    judge_.start(0);
    if (recorder_) recorder_->event(0);
    Agenda::of_this_process().run_until(end);
    (void)loop_.sample();
    loop_.observe(end);
    loop_.leaving(end);
    if (recorder_) recorder_->close(end);
    reports::ScenarioResult result = identity(scenario_, seed);
    const auto verdicts = judge_.finish(end);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      result.claims.push_back(claim_result(scenario_, scenario_.claims[i], verdicts[i], catalogue_));
    }
    if (client_) {
      constexpr double polls = 5;
      const auto& b = scenario_.board;
      doubt_silence(result, static_cast<double>(client_->longest_silence_ns(end)) * 1e-9,
                    b.watchdog_s + b.start_up_s + polls * b.telemetry_poll_s);
    }
    figures_.report(loop_.plant().params(), end, result);
    result.findings.insert(result.findings.end(), said_.begin(), said_.end());
    conclude(result, firmware_.findings());
    result.simulated_s = scenario_.run_for_s;
    result.wake_ups = firmware_.wake_ups();
    return result;
  }

 private:
  static double start_ambient(const Scenario& s) {
    const auto found = s.start.find("ambient");
    return found == s.start.end() ? 25 : found->second;
  }
  static const models::pack::Plant& begun(PlantLoop& loop, const Scenario& scenario) {
    set_start(scenario, loop.plant_for_start());
    loop.begin();
    return loop.plant();
  }
  static expect::Judge::Limits judge_limits(const Scenario& s) {
    expect::Judge::Limits limits;
    limits.settings.assign(s.settings.begin(), s.settings.end());
    limits.comparator_A = s.board.comparator_A;
    constexpr double reply_bytes = 243, bytes_per_cell = 3, bits_per_byte = 10;
    for (const auto& uart : s.board.uarts) {
      if (uart.is == "jk_4e57")
        limits.telemetry_wire_s = bits_per_byte * (reply_bytes + bytes_per_cell * s.pack.cells) / uart.baud;
    }
    return limits;
  }
  SimBoard::Observer observer() {
    return {[this](const char* name, bool value) { bit(name, value); },
            [this](std::uint32_t level, const char* text) { said(level, text); },
            [this](std::int64_t t, const char* name, double value) {
              if (recorder_) recorder_->probe(t, name, value);
            }};
  }

  void attach_client(SimSerial& port) {
    client_ = std::make_unique<JkClient>("client", catalogue_, port, scenario_.board.telemetry_poll_s);
    client_->write_to(signals_);
    client_->before = [this] { loop_.observe(now_ns()); };
    client_->after = [this] { loop_.announce(); };
    client_->unseen = [this] {
      if (recorder_) recorder_->interval(now_ns());
    };
    for (std::size_t i = 0; i < catalogue_.size(); ++i) {
      if (const auto id = static_cast<SignalId>(i); judge_.reads(id)) client_->follow(id);
    }
    client_->bit = [this](SignalId id, double value) {
      if (recorder_) recorder_->bit(now_ns(), id, value);
      if (id != balancing_) event_ = true;
    };
  }

  void attach_recorder(const RunOptions& options) {
    reports::trace::Header header;
    header.scenario = scenario_.name;
    header.firmware = firmware_.firmware_name() + " " + firmware_.firmware_version();
    header.seed = options.seed;
    const double chosen_s = std::clamp(scenario_.run_for_s / 1500, 0.1, 60.0);
    const double interval_s = scenario_.trace_interval_s > 0 ? scenario_.trace_interval_s : chosen_s;
    recorder_.emplace(options.trace_file, header, catalogue_, signals_, scenario::to_ns(interval_s));
  }

  void observe(std::int64_t t) {
    board_.leave_segment(t);
    if (recorder_) recorder_->interval(t);
    judge_.advance(t);
  }

  void changed() {
    const std::int64_t now = now_ns();
    if (event_ && recorder_) recorder_->event(now);
    event_ = false;
    judge_.change(now);
  }

  /// Errors and warnings that the firmware logs are findings; a chatterbox is cut off.
  void said(std::uint32_t level, const char* text) {
    constexpr std::size_t most = 50;
    if (level > BOARD_LOG_WARNING || said_.size() >= most) return;
    said_.push_back({now_ns(), "firmware", std::string("log: ") + text});
  }

  /// Every cell that has passed its limit is named once.
  void report_runaway() {
    const auto& plant = loop_.plant();
    for (int k = 0; k < plant.cells(); ++k) {
      if (!plant.ran_away(k) || !ran_away_.insert(k).second) continue;
      const double limit_degC = plant.params().type->params().runaway_degC;
      said_.push_back({now_ns(), "plant",
                       "thermal runaway: cell " + std::to_string(k + 1) + " passed " +
                           scenario::format({limit_degC, scenario::Dimension::temperature})});
    }
  }

  void bit(const char* name, bool value) {
    const auto id = catalogue_.find(name);
    if (!id || signals_.held(*id) == (value ? 1.0 : 0.0)) return;
    const std::int64_t now = now_ns();
    loop_.observe(now);
    signals_.hold(*id, value ? 1 : 0);
    if (recorder_) recorder_->bit(now, *id, value ? 1 : 0);
    if (recorder_ && id == running_ && !value) recorder_->drop_probes_after(now);
    event_ = true;
    loop_.announce();
  }

  const Scenario& scenario_;
  scenario::Catalogue catalogue_;
  PlantLoop loop_;
  SimSignals signals_;
  expect::Judge judge_;
  std::optional<record::Recorder> recorder_;
  Figures figures_;
  SimBoard board_;
  FirmwareModule firmware_;
  Player player_;
  std::unique_ptr<JkClient> client_;
  std::optional<SignalId> balancing_, running_;
  std::vector<reports::Finding> said_;
  std::set<int> ran_away_;
  bool event_ = false;
};

}  // namespace

reports::ScenarioResult run_scenario(const Scenario& scenario, const RunOptions& options) {
  sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
  try {
    return Simulation(scenario, options).run(options.seed);
  } catch (const FirmwareRefused& refusal) {
    reports::ScenarioResult result = identity(scenario, options.seed);
    result.result = "error";
    result.reason = refusal.what();
    result.findings.push_back({0, "firmware", refusal.what()});
    return result;
  }
}

}  // namespace rig::bench

// Debian's SystemC library refers to sc_main from its own main(); the programs here have a main() of their own.
extern "C" __attribute__((visibility("default"))) int sc_main(int, char*[]) { return 1; }
