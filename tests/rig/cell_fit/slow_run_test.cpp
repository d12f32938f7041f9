// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/slow_run.hpp"

#include <gmock/gmock.h>

#include "rig/cell_fit/refusal.hpp"
#include "tests/rig/cell_fit/synthetic.hpp"

namespace rig::cell_fit {
namespace {

using synthetic::slow_discharge;
using synthetic::truth;
using testing::HasSubstr;

const Chemistry& nmc_in_small() { return *find_chemistry("nmc"); }

std::string refusal_of_run(const cell_bench::Profile& profile, const Chemistry& kind = nmc_in_small()) {
  try {
    (void)slow_run(profile, kind, {});
  } catch (const Refusal& refusal) {
    return refusal.what();
  }
  return "";
}

}  // namespace

TEST(SlowRun, HoldsTheChargeFromFullToEmpty) {
  EXPECT_NEAR(slow_run(slow_discharge(truth()), nmc_in_small(), {}).capacity_Ah, 4, 1e-3);  // a row is 1.4e-4 of it
}

TEST(SlowRun, IsTheLongestStretchOfConstantCurrent) {
  cell_bench::Profile p = slow_discharge(truth());
  p.time_s.insert(p.time_s.begin(), {-3000, -2000, -1000});
  p.current_A.insert(p.current_A.begin(), {-4, -4, 0});
  p.voltage_V.insert(p.voltage_V.begin(), {4.0, 3.9, 4.1});
  EXPECT_NEAR(slow_run(p, nmc_in_small(), {}).capacity_Ah, 4, 1e-3);
}

TEST(SlowRun, CountsTheStateOfChargeDown) {
  const SlowRun run = slow_run(slow_discharge(truth()), nmc_in_small(), {});
  EXPECT_EQ(run.discharge.soc.front(), 0);
  EXPECT_EQ(run.discharge.soc.back(), 1);
  EXPECT_LT(run.discharge.voltage_V.front(), run.discharge.voltage_V.back());
  EXPECT_FALSE(run.charge.given());
}

TEST(SlowRun, TakesTheChargeOfTheSameFileToo) {
  EXPECT_TRUE(slow_run(synthetic::slow_round_trip(truth()), nmc_in_small(), {}).charge.given());
}

TEST(SlowRun, FasterThanAFifthOfTheCapacityIsRefused) {
  EXPECT_THAT(refusal_of_run(slow_discharge(truth(), -2)),
              HasSubstr("takes 2 h from end to end; an open-circuit voltage needs C/5 or slower, 5 h or more"));
}

TEST(SlowRun, ThatDoesNotReachEmptyIsRefused) {
  cell_bench::Profile p = slow_discharge(truth());
  for (auto* column : {&p.time_s, &p.current_A, &p.voltage_V}) column->resize(column->size() / 2);
  EXPECT_THAT(refusal_of_run(p), HasSubstr("from full to empty a cell of NMC passes 4.050 V and 3.200 V"));
}

TEST(SlowRun, OfAnotherChemistryIsRefused) {
  EXPECT_THAT(refusal_of_run(slow_discharge(truth()), *find_chemistry("LTO")),
              HasSubstr("a cell of LTO stays within 1.000 V and 3.100 V"));
}

TEST(SlowRun, WithFewRowsIsRefused) {
  const cell_bench::Profile p{"few.csv", {0, 36000, 72000}, {-0.2, -0.2, -0.2}, {4.2, 3.6, 2.9}, {}};
  EXPECT_THAT(refusal_of_run(p), HasSubstr("has 3 rows; at least 100 are needed"));
}

TEST(SlowRun, WithoutACurrentIsRefused) {
  EXPECT_THAT(refusal_of_run({"rest.csv", {0, 1, 2}, {0, 0, 0}, {4, 4, 4}, {}}), HasSubstr("no current flows"));
}

}  // namespace rig::cell_fit
