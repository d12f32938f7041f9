// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/judge.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

TEST(Judge, ResultWordsAreTheFixedOnes) {
  EXPECT_EQ(result_word(Result::pass), "pass");
  EXPECT_EQ(result_word(Result::conditional_pass), "conditional_pass");
  EXPECT_EQ(result_word(Result::conditional_fail), "conditional_fail");
  EXPECT_EQ(result_word(Result::fail), "fail");
  EXPECT_EQ(result_word(Result::error), "error");
  EXPECT_EQ(result_word(Result::not_run), "not_run");
  EXPECT_EQ(result_word(Result::not_applicable), "not_applicable");
}

TEST(Judge, GivesOneVerdictAClaimInOrder) {
  Bench bench;
  bench.always("charge_fet is on");
  bench.never("charge_fet is on");
  bench.holds("charge_fet is on", 1);
  const auto verdicts = bench.run(10);
  ASSERT_EQ(verdicts.size(), 3u);
  EXPECT_EQ(verdicts[0].claim, "charge_fet is on");
  EXPECT_EQ(verdicts[0].result, Result::pass);
  EXPECT_EQ(verdicts[1].result, Result::fail);
  EXPECT_EQ(verdicts[2].result, Result::pass);
}

TEST(Judge, SeveralChangesAtOneInstantCountAsOne) {
  Bench bench;
  bench.always("charge_gate is on or charge_fet is on");
  Judge judge(bench.claims, bench.catalogue, bench.source, {});
  judge.start(0);
  bench.source.hold("charge_fet", 0);
  judge.change(0);
  judge.advance(kSecond);
  bench.source.hold("charge_gate", 0);
  judge.change(kSecond);
  bench.source.hold("charge_fet", 1);
  judge.change(kSecond);
  EXPECT_EQ(judge.finish(2 * kSecond).at(0).result, Result::pass);
}

TEST(Judge, TheVerdictDoesNotDependOnHowTimeIsCut) {
  std::vector<Verdict> first;
  for (const double interval : {2.0, 0.7, 0.1, 0.0130001}) {
    Bench bench;
    bench.always("max(cell.voltage) < 3.62 V");
    bench.when("max(cell.voltage) >= 3.60 V", "cell[1].voltage < 3.50 V", 9.0);
    bench.holds("cell[1].voltage > 3.55 V", 1.0);
    bench.source.plant("cell[1].voltage", [](double t) { return 3.5 + 0.123 * std::sin(0.8 * t); });
    const auto verdicts = bench.run(30, interval);
    if (first.empty()) first = verdicts;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      EXPECT_EQ(verdicts[i].result, first[i].result) << interval;
      EXPECT_NEAR(verdicts[i].measured.value, first[i].measured.value, 2e-9) << interval;
      EXPECT_EQ(verdicts[i].occurrences, first[i].occurrences) << interval;
      EXPECT_EQ(verdicts[i].violations, first[i].violations) << interval;
    }
  }
}

TEST(Judge, ReadsNothingWhileNothingChanges) {
  Bench bench;
  for (int i = 0; i < 10; ++i) bench.when("bms.cell[1].voltage >= 3.60 V", "charge_fet is off", 5);
  Judge judge(bench.claims, bench.catalogue, bench.source, {});
  judge.start(0);
  judge.advance(kSecond);
  const auto reads = bench.source.reads;
  for (int i = 2; i < 100; ++i) judge.advance(i * kSecond);
  EXPECT_EQ(bench.source.reads, reads);
}

TEST(Judge, LooksAtAPlantSignalAtLeastTwiceASecond) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V");
  Judge judge(bench.claims, bench.catalogue, bench.source, {});
  judge.start(0);
  judge.advance(kSecond);
  const auto reads = bench.source.reads;
  judge.advance(3 * kSecond);
  EXPECT_GE(bench.source.reads - reads, 4u);
  EXPECT_LE(bench.source.reads - reads, 6u);
}

TEST(Judge, ReadsWhatItsClaimsAndTheirTimelinesName) {
  Bench bench;
  bench.always("cell[1].voltage < bms.cell[2].voltage").protection = "charge_undertemperature";
  bench.limits.settings = {{"charge_utp", -20}};
  const Judge judge(bench.claims, bench.catalogue, bench.source, bench.limits);
  const auto reads = [&](const char* name) { return judge.reads(*bench.catalogue.find(name)); };
  EXPECT_TRUE(reads("cell[1].voltage"));
  EXPECT_TRUE(reads("bms.cell[2].voltage"));
  for (const char* name : {"cell[1].temperature", "cell[4].temperature", "bms.alarm.battery_low_temperature",
                           "charge_gate", "port.current"})
    EXPECT_TRUE(reads(name)) << name;
  EXPECT_FALSE(reads("discharge_gate")) << "that of another protection";
  EXPECT_FALSE(reads("bms.cell[1].voltage"));
  EXPECT_FALSE(reads("bms.soc"));
}

TEST(Judge, TimeThatRunsBackwardsIsOurBug) {
  Bench bench;
  bench.always("charge_fet is on");
  Judge judge(bench.claims, bench.catalogue, bench.source, {});
  EXPECT_THROW(judge.advance(1), std::logic_error) << "not started";
  judge.start(0);
  judge.advance(kSecond);
  EXPECT_THROW(judge.advance(kSecond - 1), std::logic_error);
  EXPECT_THROW(judge.change(kSecond - 1), std::logic_error);
}

TEST(Judge, WithoutClaimsThereAreNoVerdicts) {
  Bench bench;
  EXPECT_TRUE(bench.run(10).empty());
}

}  // namespace
}  // namespace rig::expect::test
