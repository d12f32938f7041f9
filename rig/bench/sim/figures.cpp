// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/figures.hpp"

#include <limits>

#include "rig/bench/sim/outcome.hpp"

namespace rig::bench {

using scenario::Dimension;

namespace {

void report_lot(const models::pack::PlantParams& params, reports::ScenarioResult& r) {
  double capacity = 1e9, resistance = 0;
  bool is_spread = false;
  for (const models::cell::CellSpread& cell : params.spread) {
    capacity = std::min(capacity, cell.capacity);
    resistance = std::max(resistance, cell.resistance);
    is_spread = is_spread || cell.capacity != 1 || cell.resistance != 1;
  }
  if (!is_spread) return;
  r.figures["smallest cell capacity"] = value_of({capacity * params.type->capacity_Ah(), Dimension::charge});
  r.figures["largest cell resistance"] = value_of({resistance, Dimension::ratio});
}

/// No finding of a runaway means nothing where nobody looked for one.
void report_what_is_not_watched(const models::pack::PlantParams& params, reports::ScenarioResult& r) {
  if (params.type->params().runaway_degC < models::cell::CellParams().runaway_degC) return;
  r.figures["thermal runaway"] = {std::numeric_limits<double>::quiet_NaN(), "",
                                  "not watched for: the cell file gives no heat.runaway"};
}

}  // namespace

void Figures::report(const models::pack::PlantParams& params, std::int64_t end_ns, reports::ScenarioResult& r) const {
  r.figures["highest cell voltage"] = value_of({highest_V_, Dimension::voltage});
  r.figures["lowest cell voltage"] = value_of({lowest_V_, Dimension::voltage});
  r.figures["highest charge current"] = value_of({highest_A_, Dimension::current});
  r.figures["highest discharge current"] = value_of({-lowest_A_, Dimension::current});
  r.figures["highest cell temperature"] = value_of({hottest_degC_, Dimension::temperature});
  r.figures["highest MOSFET plate temperature"] = value_of({hottest_mos_degC_, Dimension::temperature});
  report_lot(params, r);
  report_what_is_not_watched(params, r);
  if (avalanche_J_ <= 0) return;
  const double rating_J = params.discharge_bank.avalanche_rating_J;
  r.figures["avalanche energy"] = value_of({avalanche_J_, Dimension::energy});
  r.figures["avalanche rating"] = value_of({rating_J, Dimension::energy});
  if (avalanche_J_ > rating_J) {
    r.findings.push_back({end_ns, "plant",
                          "destructive: the discharge bank took " +
                              scenario::format({avalanche_J_, Dimension::energy}) + " in avalanche, rated " +
                              scenario::format({rating_J, Dimension::energy})});
  }
}

}  // namespace rig::bench
