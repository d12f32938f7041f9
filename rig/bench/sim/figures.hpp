// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>

#include "models/pack/plant.hpp"
#include "reports/result.hpp"

namespace rig::bench {

/// Extremes of the plant over a run, read at the ends of every interval in which it is smooth.
class Figures {
 public:
  void read(const models::pack::Plant& plant, std::int64_t t_ns) {
    const double amps = plant.port_A(t_ns);
    highest_A_ = std::max(highest_A_, amps);
    lowest_A_ = std::min(lowest_A_, amps);
    for (int k = 0; k < plant.cells(); ++k) {
      const double volts = plant.cell_V(k, t_ns);
      highest_V_ = std::max(highest_V_, volts);
      lowest_V_ = std::min(lowest_V_, volts);
      hottest_degC_ = std::max(hottest_degC_, plant.cell_degC(k, t_ns));
    }
    hottest_mos_degC_ = std::max(hottest_mos_degC_, plant.mos_degC(t_ns));
    avalanche_J_ = plant.avalanche_J(t_ns);
  }
  /// Adds the figures, those of the weakest cells of a lot that is not all alike, a line when the cells are not watched
  /// for thermal runaway, and a finding when the avalanche energy exceeds the rating of the bank.
  void report(const models::pack::PlantParams& params, std::int64_t end_ns, reports::ScenarioResult& result) const;

 private:
  double highest_A_ = 0, lowest_A_ = 0, highest_V_ = -1e9, lowest_V_ = 1e9, hottest_degC_ = -273,
         hottest_mos_degC_ = -273;
  double avalanche_J_ = 0;
};

}  // namespace rig::bench
