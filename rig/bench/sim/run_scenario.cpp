// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/run_scenario.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "rig/bench/sim/board_run.hpp"
#include "rig/bench/sim/identity.hpp"
#include "rig/bench/sim/outcome.hpp"
#include "rig/bench/sim/rs485_bus.hpp"

namespace rig::bench {

using scenario::Scenario;

namespace {

std::vector<std::unique_ptr<BoardRun>> boards_of(const Scenario& scenario, const RunOptions& options) {
  std::vector<std::unique_ptr<BoardRun>> boards;
  for (std::size_t i = 0; i <= scenario.others.size(); ++i)
    boards.push_back(std::make_unique<BoardRun>(scenario, i, options));
  return boards;
}

std::vector<const models::pack::Plant*> plants_of(const std::vector<std::unique_ptr<BoardRun>>& boards) {
  std::vector<const models::pack::Plant*> plants;
  for (const auto& board : boards) plants.push_back(&board->plant().plant());
  return plants;
}

/// The judge does not care which of them hold in every run; the claims come first.
std::vector<scenario::Claim> all_claims(const Scenario& scenario) {
  std::vector<scenario::Claim> all = scenario.claims;
  all.insert(all.end(), scenario.invariants.begin(), scenario.invariants.end());
  return all;
}

/// The closed loop of one scenario, wired together.
class Simulation {
 public:
  Simulation(const Scenario& scenario, const RunOptions& options)
      : scenario_(scenario),
        catalogue_(scenario::make_catalogue(scenario)),
        boards_(boards_of(scenario, options)),
        signals_(catalogue_, plants_of(boards_)),
        judged_(all_claims(scenario)),
        watch_(expect::Judge(judged_, catalogue_, signals_, judge_limits(scenario, options))) {
    if (!scenario.cues.empty()) attach_cues();
    for (const auto& board : boards_) board->wire(catalogue_, signals_, watch_);
    if (boards_.size() > 1) share_bus();
    if (!options.trace_file.empty()) attach_recorder(options);
  }

  reports::ScenarioResult run(std::uint64_t seed) {
    const std::int64_t end = scenario::to_ns(scenario_.run_for_s);
    watch_.judge.start(0);
    if (watch_.recorder) watch_.recorder->event(0);
    Agenda::of_this_process().run_until(end);
    for (const auto& board : boards_) (void)board->plant().sample();
    for (const auto& board : boards_) board->plant().observe(end);
    for (const auto& board : boards_) board->plant().leaving(end);
    if (watch_.recorder) watch_.recorder->close(end);
    return result(seed, end);
  }

 private:
  reports::ScenarioResult result(std::uint64_t seed, std::int64_t end) {
    reports::ScenarioResult result = identity(scenario_, seed);
    const auto verdicts = watch_.judge.finish(end);
    for (std::size_t i = 0; i < scenario_.claims.size(); ++i)
      result.claims.push_back(claim_result(scenario_, judged_[i], verdicts[i], catalogue_));
    for (std::size_t i = scenario_.claims.size(); i < verdicts.size(); ++i)
      add_invariant(result, scenario_, judged_[i], verdicts[i], catalogue_);
    for (const auto& board : boards_) board->report(end, result);
    if (bus_ && bus_->collided() > 0) {
      result.findings.push_back({bus_->first_collision_ns(), "bus",
                                 std::to_string(bus_->collided()) + " bytes lost, several talked at once"});
    }
    conclude(result, findings());
    if (watch_.cues) {
      watch_.cues->report(end, result);
      for (const auto& board : boards_) board->report_missed(end, result);
    }
    result.simulated_s = scenario_.run_for_s;
    return result;
  }

  [[nodiscard]] std::vector<FirmwareFinding> findings() const {
    std::vector<FirmwareFinding> all;
    for (const auto& board : boards_) {
      const auto own = board->firmware_findings();
      all.insert(all.end(), own.begin(), own.end());
    }
    std::ranges::stable_sort(all, {}, &FirmwareFinding::t_ns);
    return all;
  }

  static expect::Judge::Limits judge_limits(const Scenario& scenario, const RunOptions& options) {
    expect::Judge::Limits limits;
    limits.uncertainty = options.uncertainty;
    for (const scenario::BoardSetup* setup : scenario::setups_of(scenario)) {
      const std::string prefix = setup->prefix();
      for (const auto& [name, value] : setup->settings) limits.settings.emplace_back(prefix + name, value);
      limits.settings.emplace_back(prefix + expect::Judge::Limits::comparator, setup->board.comparator_A);
      limits.telemetry_wire_s = std::max(limits.telemetry_wire_s, telemetry_wire_s(*setup));
    }
    return limits;
  }
  static double telemetry_wire_s(const scenario::BoardSetup& setup) {
    constexpr double reply_bytes = 243, bytes_per_cell = 3, bits_per_byte = 10;
    double wire_s = 0;
    for (const auto& uart : setup.board.uarts) {
      if (uart.is == "jk_4e57") wire_s = bits_per_byte * (reply_bytes + bytes_per_cell * setup.pack.cells) / uart.baud;
    }
    return wire_s;
  }

  void attach_cues() {
    std::vector<PlantLoop*> plants;
    for (const auto& board : boards_) plants.push_back(&board->plant());
    watch_.cues = std::make_unique<Cues>(scenario_.cues, catalogue_, signals_, std::move(plants));
    watch_.cues->came = [this](int cue, std::int64_t t_ns) {
      for (const auto& board : boards_) board->cue(cue, t_ns);
    };
  }

  /// The reader has seen that their speeds agree.
  void share_bus() {
    for (std::size_t i = 0; i < boards_.size(); ++i) {
      SimSerial* const port = boards_[i]->board().serial("jk_modbus");
      if (port == nullptr) continue;
      const auto& uarts = scenario::setups_of(scenario_)[i]->board.uarts;
      if (!bus_) bus_.emplace(std::ranges::find(uarts, "jk_modbus", &scenario::BoardSpec::Uart::is)->baud);
      bus_->join(*port);
    }
    std::vector<ModbusPoller*> clients;
    for (const auto& board : boards_) {
      if (ModbusPoller* const client = board->clients().modbus()) clients.push_back(client);
    }
    const bool is_wanted = std::ranges::any_of(clients, [](const auto* client) { return client->is_wanted(); });
    const bool is_polled = std::ranges::any_of(scenario_.actions, [](const auto& a) { return a.target == "poll"; });
    if (!is_wanted && !is_polled) return;
    bus_->sent = [first = clients.front()](std::int64_t end_ns) { first->told(end_ns); };
    clients.front()->overheard = [clients](std::span<const std::uint8_t> bytes) {
      for (std::size_t i = 1; i < clients.size(); ++i) clients[i]->take(bytes);
    };
  }

  void attach_recorder(const RunOptions& options) {
    reports::trace::Header header;
    const FirmwareModule& firmware = boards_.front()->firmware();
    header.scenario = scenario_.name;
    header.firmware = firmware.firmware_name() + " " + firmware.firmware_version();
    header.seed = options.seed;
    const double chosen_s = std::clamp(scenario_.run_for_s / 1500, 0.1, 60.0);
    const double interval_s = scenario_.trace_interval_s > 0 ? scenario_.trace_interval_s : chosen_s;
    watch_.recorder.emplace(options.trace_file, header, catalogue_, signals_, scenario::to_ns(interval_s),
                            [this](scenario::SignalId id) { return !watch_.reads(id) && is_of_wires(id); });
  }
  /// Nobody fills these but for a claim.
  [[nodiscard]] bool is_of_wires(scenario::SignalId id) const {
    const std::string_view name = catalogue_.own_name(id);
    return name.starts_with("traffic.") || name.starts_with("modbus.") || name.starts_with("can.");
  }

  const Scenario& scenario_;
  scenario::Catalogue catalogue_;
  std::vector<std::unique_ptr<BoardRun>> boards_;
  SimSignals signals_;
  std::vector<scenario::Claim> judged_;
  RunWatch watch_;
  std::optional<Rs485Bus> bus_;
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
