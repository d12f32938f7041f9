// SPDX-License-Identifier: Apache-2.0
// What the plant shows inside a segment, against fine steps and closed forms.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "tests/models/support.hpp"

using namespace tests;

namespace {

/// One pack twice, as runs take it and in steps of 10 ms. Its fast pair has 1.5 s: a look-ahead is long against that.
struct Twins {
  Plant plant = make(std::nullopt), fine = make(0.01);

  static Plant make(std::optional<double> max_step_s) {
    auto cell = plain_cell(100);
    cell.r1_ohm = {{-20, 60}, {0.3e-3, 0.3e-3}};
    cell.tau1_s = {{-20, 60}, {1.5, 1.5}};
    auto params = plain_pack(8, cell);
    if (max_step_s) params.max_step_s = *max_step_s;
    Plant made(params, 25);
    close_switches(made);
    return made;
  }
  /// How far they differ in the middle of a segment, at most, up to `end_ns`.
  double worst_V(std::int64_t end_ns) {
    double worst = 0;
    run_to(plant, end_ns, [&](const Plant& p) {
      const std::int64_t t = p.now_ns() + (p.horizon_ns() - p.now_ns()) / 2;
      if (t > end_ns) return;
      run_to(fine, t);
      fine.look_ahead();
      worst = std::max(worst, std::abs(p.cell_V(0, t) - fine.cell_V(0, t)));
    });
    return worst;
  }
};

}  // namespace

TEST(DenseOutput, SamplesAgreeWithFineStepsAfterAJumpOfTheCurrent) {
  Twins twins;
  for (Plant* p : {&twins.plant, &twins.fine}) {
    run_to(*p, 100 * ns_per_s);
    p->port().load = Load{100, 0, 0};  // 30 mV over the fast pair
  }
  EXPECT_LT(twins.worst_V(112 * ns_per_s), 3e-6);
}

TEST(DenseOutput, SamplesOfAMeasuredCurrentAgreeWithFineSteps) {
  for (const auto& [held, long_way] : {std::pair{false, false}, {false, true}, {true, false}, {true, true}}) {
    Twins twins;
    for (Plant* p : {&twins.plant, &twins.fine}) {
      run_to(*p, 10 * ns_per_s);
      p->keep_ledger(long_way);
      p->port().set_profile({{0, 2, 4, 8}, {0, 100, -50, -50}, held, 10});
    }
    EXPECT_LT(twins.worst_V(18 * ns_per_s), 3e-6) << held << long_way;
  }
}

TEST(DenseOutput, PairsFasterThanASegmentCanBeStopNothing) {
  auto cell = plain_cell(100);
  cell.tau1_s = {{-20, 60}, {1e-9, 1e-9}};
  cell.r1_ohm = {{-20, 60}, {1e-3, 1e-3}};
  Plant plant(plain_pack(8, cell), 25);
  close_switches(plant);
  plant.keep_ledger(true);
  plant.port().set_profile({{0, 1, 2}, {0, 20, 0}, true, static_cast<double>(plant.now_ns()) * 1e-9});
  const std::int64_t end = plant.now_ns() + 3 * ns_per_s;
  for (int segments = 0; plant.now_ns() < end; ++segments) {
    ASSERT_LT(segments, 200'000);
    ASSERT_GT(plant.look_ahead(), plant.now_ns());
    plant.advance_exactly_to(plant.horizon_ns());
  }
}

TEST(DenseOutput, SensorsGoThroughASegmentAsTheirTimeConstantTellsThem) {
  for (const double tau_s : {0.3, 12.0}) {
    auto params = plain_pack();
    params.ntc_time_constant_s = tau_s;
    Plant plant(params, 25);
    run_to(plant, 10 * ns_per_s);
    plant.detach_sensor(0, true);
    plant.set_ambient(65);
    run_to(plant, 10 * ns_per_s + 1);
    plant.look_ahead();
    const std::int64_t start = plant.now_ns(), length = plant.horizon_ns() - start;
    ASSERT_GT(length, ns_per_s);
    for (const double share : {0.1, 0.5, 0.9}) {
      const auto t = static_cast<std::int64_t>(share * static_cast<double>(length));
      EXPECT_NEAR(plant.bead_degC(0, start + t), 65 - 40 * std::exp(-static_cast<double>(t) * 1e-9 / tau_s), 2e-3)
          << tau_s << " s, " << share;
    }
  }
}

/// Heated by air alone, plate and bead in closed form: P' = (A - P)/Tp, B' = (P - B)/Tb. A bead must not run ahead of
/// the plate, however long the step is beside its time constant.
TEST(Dense, ABeadFollowsAPlateThatWarms) {
  for (const double tau_s : {0.1, 2.0, 30.0}) {
    auto params = plain_pack();
    params.ntc_time_constant_s = tau_s;
    Plant plant(params, 25);
    run_to(plant, 10 * ns_per_s);
    plant.set_ambient(120);
    const double plate_s = params.mos_heat_capacity_J_per_K / params.mos_to_ambient_W_per_K, air = 120,
                 gap_K = 25 - air;
    for (int step = 0; step < 8; ++step) {
      plant.look_ahead();
      const std::int64_t start = plant.now_ns(), end = plant.horizon_ns();
      for (const double share : {0.05, 0.3, 0.8, 1.0}) {
        const auto at = start + static_cast<std::int64_t>(share * static_cast<double>(end - start));
        const double t = static_cast<double>(at - 10 * ns_per_s) * 1e-9;
        const double plate = air + gap_K * std::exp(-t / plate_s);
        const double slow = plate_s / (plate_s - tau_s);
        const double bead = air + gap_K * (slow * std::exp(-t / plate_s) + (1 - slow) * std::exp(-t / tau_s));
        EXPECT_NEAR(plant.mos_degC(at), plate, 2e-3) << tau_s << " s, at " << t;
        EXPECT_NEAR(plant.bead_degC(2, at), bead, 5e-3) << tau_s << " s, at " << t;
      }
      run_to(plant, end);
    }
  }
}
