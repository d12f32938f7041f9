// SPDX-License-Identifier: Apache-2.0
// Pulse tests that cannot identify the model, each for one reason.
#include "rig/cell_fit/refusal.hpp"

#include <gmock/gmock.h>

#include "rig/cell_fit/fit.hpp"
#include "rig/cell_fit/survey.hpp"
#include "tests/rig/cell_fit/synthetic.hpp"

namespace rig::cell_fit {
namespace {

using cell_bench::Profile;
using synthetic::pulses;
using synthetic::truth;
using testing::HasSubstr;

/// The sentence with which a pulse test of a 4 Ah cell is refused; "" when it is accepted.
std::string refusal(const Profile& profile, const char* chemistry = "NMC", double capacity_Ah = 4) {
  try {
    check(survey(profile, capacity_Ah), profile, *find_chemistry(chemistry), capacity_Ah);
  } catch (const Refusal& refusal) {
    return refusal.what();
  }
  return "";
}

/// The same of the whole fit to it and a slow run of the cell.
std::string refusal_of_fit(const PulseTest& test, const Weights& weights = {},
                           const models::cell::CellParams& cell = truth()) {
  const Profile slow = synthetic::slow_discharge(cell);
  const Chemistry& kind = *find_chemistry("NMC");
  try {
    (void)fit({test}, slow, slow_run(slow, kind, {}), kind, weights);
  } catch (const Refusal& refusal) {
    return refusal.what();
  }
  return "";
}

Profile good() { return pulses(truth(), 1); }

Profile every(const Profile& p, std::size_t n) {
  Profile thin;
  for (std::size_t k = 0; k < p.time_s.size(); k += n) {
    thin.time_s.push_back(p.time_s[k]);
    thin.current_A.push_back(p.current_A[k]);
    thin.voltage_V.push_back(p.voltage_V[k]);
  }
  return thin;
}

}  // namespace

TEST(PulseTest, OfAllLevelsIsAccepted) { EXPECT_EQ(refusal(good()), ""); }

TEST(PulseTest, WithoutAStepOfTheCurrentIsRefused) {
  Profile p = synthetic::slow_discharge(truth());
  p.current_A.front() = p.current_A.back();
  EXPECT_THAT(refusal(p), HasSubstr("no step of the current"));
}

TEST(PulseTest, SampledTooCoarselyForTheFastPairIsRefused) {
  EXPECT_THAT(refusal(every(good(), 30)), HasSubstr("s apart; the fast pair needs 10 s or less, better 1 s"));
}

TEST(PulseTest, WithoutARestForTheSlowPairIsRefused) {
  EXPECT_THAT(refusal(pulses(truth(), 1, 120)),
              HasSubstr("the longest rest after a current lasts 119 s; the slow pair needs 300 s or more, better 1 h"));
}

TEST(PulseTest, AtASingleLevelIsRefused) {
  Profile p = good();
  for (auto* column : {&p.time_s, &p.current_A, &p.voltage_V}) column->resize(2270);
  EXPECT_THAT(refusal(p), HasSubstr("at least 3 levels over 30 % are needed"));
}

TEST(PulseTest, ThatMovesMoreThanTheSlowRunIsRefused) {
  EXPECT_THAT(refusal(good(), "NMC", 2), HasSubstr("but the slow run says that the cell holds 2.000 Ah"));
}

TEST(PulseTest, OfAnotherChemistryIsRefused) {
  EXPECT_THAT(refusal(good(), "LTO"), HasSubstr("a cell of LTO stays within"));
}

TEST(PulseTest, WithAStartThatTakesItOutOfTheCellIsRefused) {
  EXPECT_THAT(refusal_of_fit({good(), 0.05, 25}), HasSubstr("from soc 5 % this test goes to -"));
}

TEST(PulseTest, ThatTheSolverCannotFinishIsRefused) {
  Weights hasty;
  hasty.most_iterations = 1;
  EXPECT_THAT(refusal_of_fit({good(), {}, 25}, hasty),
              HasSubstr("the solver finds no circuit: Maximum number of iter"));
}

TEST(PulseTest, ThatDoesNotTellR0SomewhereIsRefused) {
  const models::cell::CellParams low = synthetic::truth_of_low_resistance();
  EXPECT_THAT(refusal_of_fit({synthetic::pulses_then_creep(low), 1, 25}, {}, low),
              HasSubstr("R0 at 5.0 % state of charge and 25 degC is not determined"));
}

TEST(PulseTest, OfAnotherCellIsRefusedAfterTheFit) {
  models::cell::CellParams other = truth();
  std::vector<double> volts;
  for (const double soc : other.ocv_V.x()) volts.push_back(2.9 + 1.3 * soc * soc * soc);
  other.ocv_V = models::math::Table(other.ocv_V.x(), volts);
  const Profile slow = synthetic::slow_discharge(other);
  const Chemistry& nmc = *find_chemistry("NMC");
  EXPECT_THAT(
      [&] {
        (void)fit({{good(), 1, 25}}, slow, slow_run(slow, nmc, {}), nmc);
      },
      testing::ThrowsMessage<Refusal>(HasSubstr("these files do not describe one cell")));
}

}  // namespace rig::cell_fit
