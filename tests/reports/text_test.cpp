// SPDX-License-Identifier: Apache-2.0
#include "reports/render/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "reports/render/axis.hpp"
#include "reports/render/curve.hpp"
#include "reports/render/words.hpp"

namespace reports {
namespace {

using testing::ElementsAre;

testing::Matcher<const Pixel&> at(double x, double y) {
  return testing::AllOf(testing::Field(&Pixel::x, testing::DoubleEq(x)),
                        testing::Field(&Pixel::y, testing::DoubleEq(y)));
}

TEST(Text, EscapesMarkupAndReplacesWhatXmlForbids) {
  EXPECT_EQ(escaped("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
  EXPECT_EQ(escaped(std::string("\0\x01\x1f\x7f\t\n", 6)), "\uFFFD\uFFFD\uFFFD\uFFFD\t\n");
  EXPECT_EQ(printable("grün 電池 🔋"), "grün 電池 🔋");
}

TEST(Text, MalformedUtf8IsReplacedByteByByte) {
  EXPECT_EQ(printable("\xC3"), "\uFFFD");
  EXPECT_EQ(printable("\xC0\xAF"), "\uFFFD\uFFFD");                      // overlong
  EXPECT_EQ(printable("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");            // surrogate
  EXPECT_EQ(printable("\xEF\xBF\xBF"), "\uFFFD\uFFFD\uFFFD");            // not a character
  EXPECT_EQ(printable("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // beyond Unicode
  EXPECT_EQ(printable("\xE2\x82"
                      "a"),
            "\uFFFD\uFFFD"
            "a");
  EXPECT_EQ(printable("\xC2\x85"), "\uFFFD\uFFFD");  // C1 control
}

TEST(Text, NumbersAreDecimalAndNeverMinusZero) {
  EXPECT_EQ(fixed(3.14159, 2), "3.14");
  EXPECT_EQ(fixed(-0.0001, 2), "0.00");
  EXPECT_EQ(trimmed(5.0200, 4), "5.02");
  EXPECT_EQ(trimmed(100, 4), "100");
  EXPECT_EQ(fixed(std::nan(""), 2), "not known");
  EXPECT_EQ(fixed(-std::numeric_limits<double>::infinity(), 2), "-infinite");
}

TEST(Text, DecimalsShowEveryStepOfAResolution) {
  EXPECT_EQ(decimals_of(1), 0);
  EXPECT_EQ(decimals_of(20), 0);
  EXPECT_EQ(decimals_of(0.001), 3);
  EXPECT_EQ(decimals_of(0.25), 2);
  EXPECT_EQ(decimals_of(1e-6), 6);
}

TEST(Text, TimesStandInTheUnitThatSuitsThem) {
  EXPECT_EQ(time_text(0), "0 s");
  EXPECT_EQ(time_text(750), "750 ns");
  EXPECT_EQ(time_text(1'503'000), "1503 us");
  EXPECT_EQ(time_text(64'200'000), "64.2 ms");
  EXPECT_EQ(time_text(-5'020'000'000), "-5.02 s");
  EXPECT_EQ(signed_time_text(2'000'000'000), "+2 s");
  EXPECT_EQ(exact_seconds(5'020'000'001), "5.020000001");
  EXPECT_EQ(exact_seconds(-1), "-0.000000001");
  EXPECT_EQ(seconds_text(600'000'000'000), "600 s");
}

TEST(Axis, TicksAreRoundAndInside) {
  const auto list = ticks(3.5931, 3.6072, 5);
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].text, "3.595");
  EXPECT_EQ(list[2].text, "3.605");
  EXPECT_TRUE(ticks(1, 1, 5).empty());
  EXPECT_EQ(ticks(-2000, 1000, 3).front().text, "-2000");
  EXPECT_EQ(ticks(0, 1, 4).back().text, "1.0");
}

const Frame unit_frame{0, 1000, 0, 100, 0, 10, 0, 100};

TEST(Curve, KeepsThePeakAndDropsTheStraight) {
  std::vector<std::int64_t> t;
  std::vector<double> v;
  for (int index = 0; index <= 1000; ++index) {
    t.push_back(index);
    v.push_back(index == 503 ? 9 : 2);
  }
  const auto all = curve(t, v, false, unit_frame);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_LT(all[0].size(), 10u);
  double highest = 100;
  for (const Pixel& pixel : all[0]) highest = std::min(highest, pixel.y);
  EXPECT_EQ(highest, 10);
  EXPECT_EQ(all[0].front().x, 0);
  EXPECT_EQ(all[0].back().x, 100);
}

TEST(Curve, StaysWithinToleranceOfAParabola) {
  std::vector<std::int64_t> t;
  std::vector<double> v;
  for (int index = 0; index <= 1000; ++index) {
    t.push_back(index);
    v.push_back(1e-5 * index * index);
  }
  const auto all = curve(t, v, false, unit_frame);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_LT(all[0].size(), 60u);
  for (std::size_t index = 0; index + 1 < all[0].size(); ++index) {
    const Pixel a = all[0][index], b = all[0][index + 1];
    const double x = (a.x + b.x) / 2, y = (a.y + b.y) / 2;
    EXPECT_NEAR(y, 100 - 10 * 1e-5 * (x * 10) * (x * 10), 0.5);
  }
}

TEST(Curve, IsBrokenWhereNothingIsKnown) {
  const auto all = curve({0, 100, 200, 300, 400}, {1, 2, std::nan(""), 3, 4}, false, unit_frame);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_THAT(all[0], ElementsAre(at(0, 90), at(10, 80)));
  EXPECT_THAT(all[1], ElementsAre(at(30, 70), at(40, 60)));
}

TEST(Curve, ReportedValuesHoldUntilTheNext) {
  const auto all = curve({0, 100, 200}, {1, 2, 2}, true, unit_frame);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_THAT(all[0], ElementsAre(at(0, 90), at(10, 90), at(10, 80), at(20, 80)));
}

TEST(Curve, IsCutAtTheEdgesOfTheFrame) {
  const auto all = curve({0, 1000, 2000}, {0, 10, 0}, false, {500, 1500, 0, 100, 0, 10, 0, 100});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_THAT(all[0], ElementsAre(at(0, 50), at(50, 0), at(100, 50)));
}

ScenarioResult with(const std::string& result) {
  ScenarioResult one;
  one.result = result;
  one.claims.resize(1);
  one.claims[0].result = result;
  return one;
}

TEST(Words, OverallResultIsTheMostAlarmingAndNothingIsNoPass) {
  RunResult run;
  EXPECT_EQ(overall_result(run), "not_run");
  run.scenarios = {with("not_applicable")};
  EXPECT_EQ(overall_result(run), "not_applicable");
  run.scenarios.push_back(with("not_run"));
  EXPECT_EQ(overall_result(run), "not_run");
  run.scenarios.push_back(with("pass"));
  EXPECT_EQ(overall_result(run), "pass");
  run.scenarios.push_back(with("conditional_pass"));
  EXPECT_EQ(overall_result(run), "conditional_pass");
  run.scenarios.push_back(with("fail"));
  EXPECT_EQ(overall_result(run), "fail");
  run.scenarios.push_back(with("error"));
  EXPECT_EQ(overall_result(run), "error");
}

TEST(Words, APassThatItsClaimsContradictIsShownAsAnError) {
  ScenarioResult one = with("pass");
  EXPECT_EQ(shown_result(one), "pass");
  for (const char* word : {"fail", "error", "conditional_fail", "conditional_pass", "not_run", "", "odd"}) {
    one.claims[0].result = word;
    EXPECT_EQ(shown_result(one), "error") << word;
  }
  one.claims.clear();
  EXPECT_EQ(shown_result(one), "error");
  EXPECT_EQ(shown_result(with("passed")), "error");
}

}  // namespace
}  // namespace reports
