// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/slow_run.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <ostream>

#include "models/math/table.hpp"
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

/// Open-circuit voltages of scenarios/packs/cells/data at 0, 2, 5, 65, 80, 95, 98, 100 % (A123, P28A, LTO).
struct Ends {
  const char* kind;
  std::vector<double> volts;
};
void PrintTo(const Ends& cell, std::ostream* out) { *out << '"' << cell.kind << '"'; }
const std::vector<Ends> kCells = {{"LFP", {2.154, 2.813, 3.05, 3.329, 3.3447, 3.3696, 3.4409, 3.5907}},
                                  {"NMC", {2.7027, 3.0068, 3.25, 3.86, 4.0185, 4.1067, 4.142, 4.1881}},
                                  {"NCA", {2.7027, 3.0068, 3.25, 3.86, 4.0185, 4.1067, 4.142, 4.1881}},
                                  {"LCO", {2.7027, 3.0068, 3.25, 3.86, 4.0185, 4.1067, 4.142, 4.1881}},
                                  {"LTO", {1.8419, 2.0107, 2.1, 2.36, 2.4706, 2.6313, 2.6703, 2.7}}};

/// From one state of charge to another at C/20 with 10 mV of polarisation, 200 rows.
cell_bench::Profile ends_run(const Ends& cell, double from, double to) {
  const models::math::Table ocv({0, 0.02, 0.05, 0.65, 0.8, 0.95, 0.98, 1}, cell.volts);
  const double sign = to < from ? -1 : 1;
  cell_bench::Profile p{"slow.csv", {}, {}, {}, {}};
  for (int k = 0; k <= 200; ++k) {
    p.time_s.push_back(72000 * std::abs(to - from) * k / 200);
    p.current_A.push_back(0.2 * sign);
    p.voltage_V.push_back(ocv(from + (to - from) * k / 200) + 0.01 * sign);
  }
  return p;
}

class SlowRunEnds : public testing::TestWithParam<Ends> {
 protected:
  static std::string said(double from, double to, std::optional<Limits> limits = {}) {
    try {
      (void)slow_run(ends_run(GetParam(), from, to), *find_chemistry(GetParam().kind), {}, limits);
    } catch (const Refusal& refusal) {
      return refusal.what();
    }
    return "";
  }
};
INSTANTIATE_TEST_SUITE_P(Kinds, SlowRunEnds, testing::ValuesIn(kCells),
                         [](const auto& one) { return std::string(one.param.kind); });

}  // namespace

TEST(SlowRun, HoldsTheChargeFromFullToEmpty) {
  EXPECT_NEAR(slow_run(slow_discharge(truth()), nmc_in_small(), {}).capacity_Ah, 4, 1e-6);
}

TEST(SlowRun, CountsTheChargeOfItsFirstInterval) {  // of 240 there are
  EXPECT_NEAR(slow_run(slow_discharge(truth(), -0.2, 300), nmc_in_small(), {}).capacity_Ah, 4, 1e-4);
}

TEST(SlowRun, BeginsAtTheVoltageUnderItsCurrent) {
  const cell_bench::Profile p = slow_discharge(truth(), -0.2, 300);
  const double full_V = slow_run(p, nmc_in_small(), {}).discharge.voltage_V.back();
  EXPECT_GT(full_V, p.voltage_V[1]);
  EXPECT_NEAR(full_V, p.voltage_V[0] - 0.2 * (0.025 + 0.010), 0.004);
}

TEST(SlowRun, LeavesOutTheTimeBeforeAGap) {
  cell_bench::Profile p = slow_discharge(truth());
  p.time_s.front() = -3600;
  EXPECT_NEAR(slow_run(p, nmc_in_small(), {}).capacity_Ah, 4, 1e-3);
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
  EXPECT_THAT(refusal_of_run(p), HasSubstr("at 4.120 V or more when full and at 3.050 V or less when empty"));
}

TEST_P(SlowRunEnds, OfAFullDischargeAreAccepted) { EXPECT_EQ(said(1, 0), ""); }
TEST_P(SlowRunEnds, OfAFullChargeAreAccepted) { EXPECT_EQ(said(0, 1), ""); }
TEST_P(SlowRunEnds, ThatBeginAt80PercentAreRefused) { EXPECT_THAT(said(0.8, 0), HasSubstr("taken as full and empty")); }
TEST_P(SlowRunEnds, ThatBeginAt65PercentAreRefused) {
  EXPECT_THAT(said(0.65, 0), HasSubstr("taken as full and empty"));
}
TEST_P(SlowRunEnds, ThatBeginAt95PercentAreRefused) {
  EXPECT_THAT(said(0.95, 0), HasSubstr("taken as full and empty"));
}
TEST_P(SlowRunEnds, OfAChargeTo95PercentAreRefused) {
  EXPECT_THAT(said(0, 0.95), HasSubstr("taken as full and empty"));
}
TEST_P(SlowRunEnds, ThatStopAt5PercentAreRefused) { EXPECT_THAT(said(1, 0.05), HasSubstr("taken as full and empty")); }

TEST_P(SlowRunEnds, AreThoseOfTheLimitsWhenGiven) {
  const std::vector<double>& v = GetParam().volts;
  EXPECT_EQ(said(0.8, 0.02, Limits{v[1], v[4]}), "");
  EXPECT_THAT(said(1, 0.02, Limits{v[1], v[4]}), HasSubstr("--limits asks for"));
}

TEST(Limits, AreTwoVoltagesInEitherOrder) {
  std::vector<std::string> mistakes;
  const auto limits = parse_limits("4.1V..2500mV", mistakes);
  ASSERT_TRUE(limits && mistakes.empty());
  EXPECT_DOUBLE_EQ(limits->low_V, 2.5);
  EXPECT_DOUBLE_EQ(limits->high_V, 4.1);
  for (const char* wrong : {"4.1V", "2.5..4.1", "4V..4V", "1A..2A", ""}) EXPECT_FALSE(parse_limits(wrong, mistakes));
  EXPECT_EQ(mistakes.size(), 5U);
}

TEST(SlowRun, ChargesBackFromWhereItHadEnded) {
  cell_bench::Profile p = ends_run(kCells[1], 1, 0);
  const cell_bench::Profile back = ends_run(kCells[1], 0, 1);
  for (std::size_t k = 0; k < back.time_s.size(); ++k) {
    p.time_s.push_back(80000 + back.time_s[k]);
    p.current_A.push_back(back.current_A[k]);
    p.voltage_V.push_back(std::max(3.3, back.voltage_V[k]));  // rested: above what a charge alone must begin at
  }
  EXPECT_EQ(refusal_of_run(p), "");
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
