// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "rig/bench/sim/sim_can.hpp"
#include "rig/bench/sim/wire_signals.hpp"

namespace rig::bench {

/// Whoever listens on a board's CAN bus: counts its frames and reads them as can.…. Source: docs/references.md#jk-can,
/// #pylontech-can.
class CanListener {
 public:
  /// What the board is set to speak: the frames of JK, from whose ids `added` (the device address, in V2) is taken off,
  /// or those of inverters.
  struct Language {
    bool is_jk = true;
    std::uint32_t added = 0;
  };
  CanListener(SimCan& bus, WireSignals& signals, const Language& language);

 private:
  void hear(const CanFrame& frame);
  void read_jk(std::uint32_t id, const std::uint8_t* bytes);
  void read_inverter(std::uint32_t id, const std::uint8_t* bytes);
  SimCan& bus_;
  WireSignals& signals_;
  Language language_;
  bool is_read_;
  std::int64_t warned_ns_ = 0;  // last 7F4
};

}  // namespace rig::bench
