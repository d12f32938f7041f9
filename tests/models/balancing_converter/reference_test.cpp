// SPDX-License-Identifier: Apache-2.0
// The plant under the assumptions of the rest-state computation balance_convergence_estimate.csv: the highest cell
// gives I for 15 s, the lowest gets 0.8 of that charge (12 s), 1 s of pause, decisions on open-circuit voltages. Where
// its cells start is read off its own columns (docs/models/balancing_converter.md).
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <string>

#include "tests/models/curve.hpp"
#include "tests/models/support.hpp"

using namespace tests;

namespace {

constexpr int cells = 8;
constexpr std::array limits_mV = {100, 50, 40, 20, 10, 5};

/// A cell of the computation: low cells rest near base_soc, a high one lies above by the listed dSOC.
struct CellKind {
  const char* file;
  double base_soc, difference_soc, spread_V;  // the last: dV0 of the file, from the highest to the lowest cell
};
constexpr CellKind sony = {"/scenarios/packs/cells/data/ocv_lfp_sony26650.csv", 0.98192, 0.01769, 0.171};  // 3.35 V
constexpr CellKind bpx = {"/tests/models/balancing_converter/data/ocv_lfp_18650_bpx.csv", 0.99051, 0.005404,
                          0.1869};  // 3.35 V
constexpr CellKind lgm50 = {"/tests/models/balancing_converter/data/ocv_nmc_lgm50.csv", 0.7504, 0.2129,
                            0.1713};  // 3.95 V

/// No two cells start alike: the lowest lies 0.14 % below the highest of its kind, the second by 0.06 %.
double start_soc(const CellKind& cell, int index, int high_cells) {
  return cell.base_soc + (index < high_cells ? cell.difference_soc : 0) - 0.0002 * (3 * index % cells);
}

struct Row {
  const char* name;
  CellKind cell;
  double capacity_Ah, current_A;
  int high_cells;
  std::array<double, 6> hours;  // to each of limits_mV
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

const Row rows[] = {
    {"lfp_sony_100Ah_1A", sony, 100, 1, 1, {0.49, 0.84, 1.034, 1.571, 1.937, 2.403}},
    {"lfp_sony_100Ah_1A_two_high", sony, 100, 1, 2, {0.8867, 1.587, 1.944, 3.002, 3.593, 4.48}},
    {"lfp_sony_100Ah_2A", sony, 100, 2, 1, {0.2489, 0.42, 0.5211, 0.7856, 0.9722, 1.206}},
    {"lfp_sony_280Ah_1A", sony, 280, 1, 1, {1.377, 2.341, 2.893, 4.394, 5.429, 6.728}},
    {"lfp_sony_280Ah_1A_two_high", sony, 280, 1, 2, {2.473, 4.41, 5.437, 8.392, 10.05, 12.52}},
    {"lfp_sony_280Ah_2A", sony, 280, 2, 1, {0.6922, 1.174, 1.447, 2.201, 2.714, 3.368}},
    {"lfp_bpx_100Ah_1A", bpx, 100, 1, 1, {0.5133, 0.77, 0.8244, 0.9333, 0.98, 1.011}},
    {"lfp_bpx_100Ah_1A_two_high", bpx, 100, 1, 2, {0.7933, 1.26, 1.353, 1.54, 1.633, 1.68}},
    {"lfp_bpx_100Ah_2A", bpx, 100, 2, 1, {0.2567, 0.3889, 0.4122, 0.4667, 0.49, 0.5056}},
    {"lfp_bpx_280Ah_1A", bpx, 280, 1, 1, {1.431, 2.154, 2.302, 2.59, 2.738, 2.808}},
    {"lfp_bpx_280Ah_1A_two_high", bpx, 280, 1, 2, {2.209, 3.508, 3.764, 4.293, 4.55, 4.682}},
    {"lfp_bpx_280Ah_2A", bpx, 280, 2, 1, {0.7156, 1.081, 1.151, 1.299, 1.369, 1.408}},
    {"nmc_lgm50_2Ah5_0A25", lgm50, 2.5, 0.25, 1, {1.944, 2.8, 2.948, 3.259, 3.422, 3.5}},
    {"nmc_lgm50_2Ah5_0A25_two_high", lgm50, 2.5, 0.25, 2, {3.321, 4.947, 5.219, 5.763, 6.028, 6.168}},
    {"nmc_lgm50_2Ah5_0A5", lgm50, 2.5, 0.5, 1, {0.9722, 1.4, 1.478, 1.633, 1.711, 1.758}},
    {"nmc_lgm50_100Ah_1A", lgm50, 100, 1, 1, {19.41, 27.91, 29.44, 32.53, 34.14, 34.97}},
    {"nmc_lgm50_100Ah_1A_two_high", lgm50, 100, 1, 2, {33.04, 49.36, 52.13, 57.54, 60.2, 61.54}},
    {"nmc_lgm50_100Ah_2A", lgm50, 100, 2, 1, {9.707, 13.96, 14.72, 16.26, 17.08, 17.48}},
    {"nmc_lgm50_280Ah_1A", lgm50, 280, 1, 1, {54.31, 78.14, 82.42, 91.05, 95.6, 97.9}},
    {"nmc_lgm50_280Ah_1A_two_high", lgm50, 280, 1, 2, {92.52, 138.2, 145.9, 161.1, 168.5, 172.3}},
    {"nmc_lgm50_280Ah_2A", lgm50, 280, 2, 1, {27.16, 39.08, 41.21, 45.53, 47.8, 48.95}},
};

Plant resting_pack(const Row& row) {
  auto cell = plain_cell(row.capacity_Ah);
  const Curve ocv = curve_of(row.cell.file);
  cell.ocv_V = {ocv.x, ocv.y};
  auto params = plain_pack(cells, cell);
  params.converter = {row.current_A, 1e4, 9, 1, 1, 1, 0, 0, 20, 0};  // no losses, no droop, a store without ends
  params.start_store_V = 5;
  params.max_step_s = 10;
  Plant plant(params, 25);
  for (int k = 0; k < cells; ++k) {
    plant.state_for_start().cell[static_cast<std::size_t>(k)].soc = start_soc(row.cell, k, row.high_cells);
  }
  return plant;
}

struct Extremes {
  int high = 0, low = 0;
  double spread_V = 0;
};
Extremes extremes(const Plant& plant) {
  const auto ocv = [&](int k) {
    return plant.params().type->ocv_V(plant.state().cell[static_cast<std::size_t>(k)].soc);
  };
  Extremes e;
  for (int k = 1; k < cells; ++k) {
    if (ocv(k) > ocv(e.high)) e.high = k;
    if (ocv(k) < ocv(e.low)) e.low = k;
  }
  e.spread_V = ocv(e.high) - ocv(e.low);
  return e;
}

void transfer(Plant& plant, const Extremes& e) {
  const std::int64_t start = plant.now_ns();
  plant.set_converter({true, false, e.high, 1});
  run_to(plant, start + 15 * ns_per_s);
  plant.set_converter({true, true, e.low, 1});
  run_to(plant, start + 27 * ns_per_s);
  plant.set_converter({});
  run_to(plant, start + 28 * ns_per_s);
}

class ReferenceComputation : public ::testing::TestWithParam<Row> {};

TEST_P(ReferenceComputation, IsReproducedWithin10Percent) {
  const Row& row = GetParam();
  Plant plant = resting_pack(row);
  EXPECT_NEAR(extremes(plant).spread_V, row.cell.spread_V, 0.0001) << "the start is that of the file";
  for (std::size_t i = 0; i < limits_mV.size(); ++i) {
    while (extremes(plant).spread_V > limits_mV[i] * 1e-3) transfer(plant, extremes(plant));
    const double hours = static_cast<double>(plant.now_ns()) * 1e-9 / 3600;
    EXPECT_NEAR(hours, row.hours[i], 0.1 * row.hours[i]) << limits_mV[i] << " mV";
    RecordProperty("hours_to_" + std::to_string(limits_mV[i]) + "_mV", std::to_string(hours));
  }
}

INSTANTIATE_TEST_SUITE_P(Rows, ReferenceComputation, ::testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
