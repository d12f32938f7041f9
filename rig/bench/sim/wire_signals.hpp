// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rig/bench/sim/plant_loop.hpp"
#include "rig/bench/sim/run_watch.hpp"
#include "rig/bench/sim/sim_signals.hpp"

namespace rig::bench {

/// Signals of one board that come from its wires (traffic.…, modbus.…, can.…). Nobody works for one that no claim
/// reads.
class WireSignals {
 public:
  WireSignals(const scenario::Catalogue& own_names, SimSignals& signals, PlantLoop& loop, RunWatch& watch,
              std::size_t board)
      : names_(own_names), signals_(signals), loop_(loop), watch_(watch), board_(board) {}

  /// Some claim reads a signal that begins so.
  [[nodiscard]] bool is_any_read(std::string_view prefix) const;

  /// A new value; told with the others by publish().
  void set(const std::string& name, double value);
  void count(const std::string& name, std::uint64_t more = 1) { set(name, last(name) + static_cast<double>(more)); }
  /// Something was heard now: the age counts from here.
  void heard(SimSignals::Wire wire);
  void publish();

 private:
  struct Change {
    scenario::SignalId id;
    double value;
  };
  [[nodiscard]] double last(const std::string& name) const;
  const scenario::Catalogue& names_;
  SimSignals& signals_;
  PlantLoop& loop_;
  RunWatch& watch_;
  std::size_t board_;
  std::vector<Change> changes_;
  std::vector<SimSignals::Wire> heard_;
};

}  // namespace rig::bench
