// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rig/bench/sim/can_listener.hpp"
#include "rig/bench/sim/jk_client.hpp"
#include "rig/bench/sim/modbus_poller.hpp"
#include "rig/bench/sim/sim_board.hpp"
#include "rig/bench/sim/wire_signals.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

/// Everybody at the other ends of one board's wires, and the wires themselves: what `send`, `poll`, `flood` and `line`
/// do. Chance comes from the run's seed, each wire's own.
class Clients {
 public:
  Clients(SimBoard& board, WireSignals signals, const scenario::BoardSetup& setup, std::uint64_t seed);

  /// The client that polls 4E 57, to be counted.
  void count(JkClient& client);
  /// False: it is not theirs.
  bool act(const scenario::Action& action);
  /// The client of its Modbus port; nullptr: it has none.
  [[nodiscard]] ModbusPoller* modbus() { return modbus_.get(); }

 private:
  /// Fills a share of the time of one wire.
  struct Flood {
    double load = 0;
    std::vector<std::uint8_t> bytes;  // empty: random ones
    std::uint32_t can_id = 0;
    std::unique_ptr<LineChance> chance;
    std::unique_ptr<Timer> next;
  };
  void send(const scenario::Action& action);
  void poll(const scenario::Action& action);
  void flood(const scenario::Action& action);
  void set_line(const scenario::Action& action);
  void go_on(const std::string& to, Flood& flood);
  [[nodiscard]] std::int64_t burst(const std::string& to, Flood& flood);  // returns its time on the wire
  void listen_to_modbus();
  [[nodiscard]] SerialEnd& serial(const std::string& is);
  [[nodiscard]] SimCan& can();
  LineChance& chance(const std::string& wire);

  SimBoard& board_;
  WireSignals signals_;
  const scenario::BoardSetup& setup_;
  std::uint64_t seed_;
  std::map<std::string, std::unique_ptr<LineChance>> chances_;
  std::map<std::string, Flood> floods_;
  std::unique_ptr<ModbusPoller> modbus_;
  std::unique_ptr<CanListener> listener_;
};

}  // namespace rig::bench
