// SPDX-License-Identifier: Apache-2.0
// A cell that is known comes back from its own measurements, and predicts one that was not fitted.
#include "rig/cell_fit/fit.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/cell/cell_type.hpp"
#include "rig/cell_fit/cell_text.hpp"
#include "tests/rig/cell_fit/synthetic.hpp"

namespace rig::cell_fit {
namespace {

using models::cell::CellParams;
using synthetic::truth;

const Chemistry& nmc() { return *find_chemistry("NMC"); }

struct Known {
  std::vector<PulseTest> tests;
  cell_bench::Profile slow_profile;
  SlowRun slow;
  Fitted fitted;
};

Known fitted_from(const std::vector<PulseTest>& tests, const cell_bench::Profile& slow_profile) {
  Known k{tests, slow_profile, slow_run(slow_profile, nmc(), {}), {}};
  k.fitted = fit(k.tests, slow_profile, k.slow, nmc());
  return k;
}

/// One fit for many questions.
const Known& known() {
  static const Known k = fitted_from({{synthetic::pulses(truth(), 0.97), {}, 25}}, synthetic::slow_discharge(truth()));
  return k;
}

/// Largest relative error of a quantity over the knots.
double farthest(const Known& k, Quantity q, const models::cell::Lattice& due) {
  double most = 0;
  const Solution& s = k.fitted.solution;
  for (std::size_t n = 0; n < s.soc.size(); ++n) {
    const double right = due.at(s.soc[n], 25, 0, models::cell::OverTemperature::linear);
    most = std::max(most, std::abs(s.groups[0].value[q][n] / right - 1));
  }
  return most;
}

double rms_mV(const CellParams& cell, const cell_bench::Profile& p, const cell_bench::Start& start) {
  return 1e3 * cell_bench::replay(std::make_shared<models::cell::CellType>(cell), p, start, {}).voltage_V.rms;
}

std::string all_files(const Fitted& f, const std::vector<PulseTest>& tests) {
  const Words words{"x", "x_ocv.csv", "x_resistances.csv", {"a.csv"}, {}};
  return cell_yaml(f, tests, nmc(), words) + ocv_csv(f, words) + resistances_csv(f, words);
}

}  // namespace

TEST(Fit, RecoversR0WithinOnePercent) { EXPECT_LT(farthest(known(), r0, truth().r0_ohm), 0.01); }
TEST(Fit, RecoversR1WithinFivePercent) { EXPECT_LT(farthest(known(), r1, truth().r1_ohm), 0.05); }
TEST(Fit, RecoversTau1WithinFivePercent) { EXPECT_LT(farthest(known(), tau1, truth().tau1_s), 0.05); }
TEST(Fit, RecoversR2WithinFivePercent) { EXPECT_LT(farthest(known(), r2, truth().r2_ohm), 0.05); }
TEST(Fit, RecoversTau2WithinFivePercent) { EXPECT_LT(farthest(known(), tau2, truth().tau2_s), 0.05); }

TEST(Fit, RecoversTheStart) { EXPECT_NEAR(known().fitted.solution.start_soc[0], 0.97, 0.002); }

TEST(Fit, RecoversTheOpenCircuitVoltage) {
  double most = 0;
  for (int k = 5; k <= 100; ++k)
    most = std::max(most, std::abs(known().fitted.cell.ocv_V(0.01 * k) - truth().ocv_V(0.01 * k)));
  EXPECT_LT(most, 0.002);
}

TEST(Fit, FindsWhenTheCurrentOfARowFlowed) { EXPECT_EQ(known().fitted.solution.held, cell_bench::Held::before); }

TEST(Fit, MeetsTheSlowRun) { EXPECT_LT(known().fitted.slow_V.rms, 0.002); }

TEST(Fit, PredictsADriveThatWasNotFitted) {
  EXPECT_LT(rms_mV(known().fitted.cell, synthetic::drive_cycle(truth()), {}), 1.0);
}

TEST(Fit, KeepsAStartThatIsGiven) {
  const Known k = fitted_from({{synthetic::pulses(truth(), 0.97), 0.96, 25}}, synthetic::slow_discharge(truth()));
  EXPECT_NEAR(k.fitted.solution.start_soc[0], 0.96, 1e-6);
}

TEST(Fit, BandsHoldEveryRow) {
  std::size_t rows = 0;
  for (const Band& band : known().fitted.bands) rows += band.voltage_V.rows;
  EXPECT_EQ(rows, known().tests[0].profile.time_s.size());
}

TEST(Fit, SaysWhenATimeConstantIsLimitedByTheRests) {
  CellParams sluggish = truth();
  sluggish.tau2_s = 5000;
  const Known k = fitted_from({{synthetic::pulses(sluggish, 1, 400), {}, 25}}, synthetic::slow_discharge(sluggish));
  const Estimate& e = k.fitted.solution.groups[0];
  EXPECT_EQ(e.at_bound[tau2][5], Bound::most) << e.value[tau2][5];
  EXPECT_EQ(e.at_bound[tau1][5], Bound::none) << e.value[tau1][5];
}

TEST(Fit, KnowsWhatTheDataDoNotTell) {  // nothing of the last knot, where no pulse is
  const CellParams cell = synthetic::truth_of_low_resistance();
  const Solution s = solve({{synthetic::pulses_then_creep(cell), 1, 25}},
                           slow_run(synthetic::slow_discharge(cell), nmc(), {}), nmc(), {});
  for (const Quantity q : {r0, r1, tau1, r2, tau2}) EXPECT_GT(s.groups[0].relative_sd[q].front(), 1) << q;
  EXPECT_LT(s.groups[0].relative_sd[r0][1], 0.5);
}

TEST(Fit, KnowsWhatTheDataTell) {
  for (std::size_t k = 0; k < known().fitted.solution.soc.size(); ++k)
    EXPECT_LT(known().fitted.solution.groups[0].relative_sd[r0][k], 0.05) << k;
}

TEST(Fit, GivesTheSameBytesTwice) {
  const Known again = fitted_from(known().tests, known().slow_profile);
  EXPECT_EQ(all_files(again.fitted, again.tests), all_files(known().fitted, known().tests));
}

TEST(Fit, OfTwoTemperaturesHasBothInItsTableThoughTheCellWarmsItself) {
  const CellParams cell = synthetic::truth_over_temperature();
  const Known k = fitted_from(
      {{synthetic::pulses(cell, 1, 1800, 1, 25, 5), {}, 25}, {synthetic::pulses(cell, 1, 1800, 1, 5, 5), {}, 5}},
      synthetic::slow_discharge(cell));
  ASSERT_EQ(k.fitted.solution.groups.size(), 2U);
  EXPECT_LT(k.fitted.voltage_V.rms, 0.003);
  for (const Estimate& group : k.fitted.solution.groups) {
    const double right =
        cell.r0_ohm.at(k.fitted.solution.soc[3], group.temperature_degC, 0, models::cell::OverTemperature::arrhenius);
    EXPECT_NEAR(group.value[r0][3] / right, 1, 0.02) << group.temperature_degC;
  }
}

TEST(Fit, OfBothBranchesHasTheHysteresis) {
  CellParams p = truth();
  p.hysteresis_V = models::cell::Lattice::over_soc({0, 1}, {0.02, 0.02});
  p.hysteresis_rate = 20;
  const Known k = fitted_from({{synthetic::pulses(p, 1), {}, 25}}, synthetic::slow_round_trip(p));
  EXPECT_NEAR(k.fitted.cell.hysteresis_V.at(0.5, 25, 0, models::cell::OverTemperature::linear), 0.02, 0.003);
}

}  // namespace rig::cell_fit
