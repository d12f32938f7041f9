// SPDX-License-Identifier: Apache-2.0
#include "rig/lint/decide.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "rig/scenario/reader.hpp"

namespace rig::lint {
namespace {

const scenario::Catalogue& signals_of_four() {
  static const scenario::Catalogue catalogue = scenario::make_catalogue(4);
  return catalogue;
}

scenario::Expression parsed(const std::string& text) { return parse_expression(text, signals_of_four(), {}); }

Interval range_in_text(const std::string& text) { return range_of(parsed(text), ranges_at_all(signals_of_four())); }

TEST(Range, FollowsTheArithmetic) {
  const Ranges ranges = [](scenario::SignalId id) {
    const std::string_view name = signals_of_four().info(id).name;
    return name == "port.current" ? Interval{-2, 3} : name == "cell[1].voltage" ? Interval{1, 4} : Interval{2, 5};
  };
  const auto is = [&](const std::string& text, double low, double high) {
    const Interval range = range_of(parsed(text), ranges);
    EXPECT_EQ(range.low, low) << text;
    EXPECT_EQ(range.high, high) << text;
  };
  is("-port.current", -3, 2);
  is("abs(port.current)", 0, 3);
  is("port.current + 1 A", -1, 4);
  is("port.current - 1 A", -3, 2);
  is("port.current * cell[1].voltage", -8, 12);
  is("cell[1].voltage / cell[2].voltage", 0.2, 2);
  is("min(cell[1].voltage, cell[2].voltage)", 1, 4);
  is("max(cell[1].voltage, cell[2].voltage)", 2, 5);
  is("sum(cell.voltage)", 7, 19);
  is("mean(cell.voltage)", 7.0 / 4, 19.0 / 4);
}

TEST(Range, ADivisorAroundZeroLeavesItOpen) {
  EXPECT_FALSE(range_in_text("bms.soc / bms.soc").is_bounded());
  EXPECT_FALSE(range_in_text("bms.soc / (bms.soc - 50 %)").is_bounded()) << "both of its ends are finite";
}

struct Case {
  const char* text;
  Truth truth;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.text; }

class Decide : public testing::TestWithParam<Case> {};

TEST_P(Decide, IsTrueInEveryStateOrInNone) {
  EXPECT_EQ(decide(parsed(GetParam().text), ranges_at_all(signals_of_four())), GetParam().truth) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Conditions, Decide,
    testing::Values(
        Case{"bms.soc <= 100 %", Truth::always}, Case{"bms.soc < 100 %", Truth::depends},
        Case{"bms.soc > 100 %", Truth::never}, Case{"100 % >= bms.soc", Truth::always},
        Case{"-bms.soc > 0 %", Truth::never}, Case{"cell[1].soc <= 100 %", Truth::depends},
        Case{"charge_fet or not charge_fet", Truth::always},
        Case{"charge_fet is on and charge_fet is off", Truth::never},
        Case{"charge_fet == discharge_fet or charge_fet != discharge_fet", Truth::always},
        Case{"charge_fet == discharge_fet", Truth::depends}, Case{"charge_fet == charge_fet", Truth::always},
        Case{"charge_fet turns off", Truth::depends}, Case{"bms.cycles == bms.cycles", Truth::always},
        Case{"bms.cycles != bms.cycles", Truth::never},
        Case{"port.current < 1 A or port.current >= 1 A", Truth::always},
        Case{"port.current < 1 A or port.current > 1 A", Truth::depends},
        Case{"port.current > 2 A and port.current < 1 A", Truth::never},
        Case{"max(cell.voltage) >= cell[2].voltage", Truth::always},
        Case{"max(cell.voltage) > cell[2].voltage", Truth::depends},
        Case{"min(cell.voltage) <= max(cell.voltage)", Truth::always},
        Case{"min(cell[1].voltage, cell[2].voltage) <= max(cell[3].voltage, cell[4].voltage)", Truth::depends},
        Case{"max(cell[1].voltage, cell[2].voltage) >= mean(cell.voltage)", Truth::depends},
        Case{"mean(cell.voltage) >= min(cell.voltage)", Truth::always},
        Case{"sum(cell.voltage) - cell[1].voltage - cell[2].voltage - cell[3].voltage - cell[4].voltage < 1 mV",
             Truth::always},
        Case{"abs(port.current) >= 0 A", Truth::always}, Case{"abs(port.current) < 0 A", Truth::never}));

TEST(Follows, WhereTheOneIsNeverTrueWithoutTheOther) {
  const auto follows_from = [](const char* premise, const char* conclusion) {
    return follows(parsed(premise), parsed(conclusion), ranges_at_all(signals_of_four()));
  };
  EXPECT_TRUE(follows_from("cell[1].voltage > 3.5 V", "cell[1].voltage > 3.4 V"));
  EXPECT_FALSE(follows_from("cell[1].voltage > 3.4 V", "cell[1].voltage > 3.5 V"));
  EXPECT_FALSE(follows_from("cell[1].voltage > 3.5 V", "cell[2].voltage > 3.4 V"));
  EXPECT_TRUE(follows_from("charge_fet turns off", "charge_fet is off"));
  EXPECT_FALSE(follows_from("charge_fet turns off", "charge_fet is on"));
  EXPECT_FALSE(follows_from("charge_fet is off", "charge_fet turns off"));
}

}  // namespace
}  // namespace rig::lint
