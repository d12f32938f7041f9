// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "models/pack/plant.hpp"
#include "rig/expect/judge.hpp"
#include "rig/scenario/catalogue.hpp"

namespace rig::bench {

/// All signals of one simulated run. Plant signals are read from the plant's dense output; bits and telemetry are held
/// here. Telemetry starts unknown (NaN), bits of the plant start at 0.
class SimSignals final : public expect::SignalSource {
 public:
  SimSignals(const scenario::Catalogue& catalogue, const models::pack::Plant& plant);

  [[nodiscard]] double value(scenario::SignalId id, std::int64_t t_ns) const override;
  void values(const scenario::SignalId* ids, std::size_t count, std::int64_t t_ns, double* out) const override;
  [[nodiscard]] std::int64_t continuous_from_ns() const override {
    return std::max(plant_.now_ns(), replied_ns_);  // start of the plant's segment; the age of the reply jumps too
  }

  /// A good reply has arrived: bms.poll_age counts from here.
  void replied(std::int64_t t_ns) { replied_ns_ = t_ns; }
  void hold(scenario::SignalId id, double value) { held_[static_cast<std::size_t>(id)] = value; }
  [[nodiscard]] double held(scenario::SignalId id) const { return held_[static_cast<std::size_t>(id)]; }

 private:
  enum class Source : std::uint8_t {
    held,
    cell_V,
    cell_soc,
    cell_degC,
    cell_A,
    cell_ocv,
    pack_V,
    port_V,
    port_A,
    link_V,
    junction,
    supply_A,
    heater_A,
    ambient,
    bead,
    mos,
    avalanche,
    balance_A,
    balance_cell,
    store_V,
    supply_V,
    poll_age
  };
  struct Reading {
    Source source = Source::held;
    int index = 0;
  };
  static Reading reading_of(const std::string& name);

  const models::pack::Plant& plant_;
  std::vector<Reading> readings_;
  std::vector<double> held_;
  std::int64_t replied_ns_ = 0;  // a board that never answers grows old from the start
};

}  // namespace rig::bench
