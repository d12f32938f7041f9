// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/expression.hpp"

#include <gtest/gtest.h>

#include <string>

#include "rig/scenario/reader.hpp"

namespace rig::scenario {
namespace {

using Op = Expression::Op;

class ExpressionTest : public testing::Test {
 protected:
  Expression parse(const std::string& text) { return parse_expression(text, catalogue_, {"x.yaml", 7, 11}); }
  std::string error(const std::string& text) {
    try {
      static_cast<void>(parse(text));
    } catch (const ScenarioError& e) {
      return e.what();
    }
    return "accepted";
  }
  // Structure as text: "(< cell[3].voltage 3.6)".
  std::string shape(const Expression& e) const {
    static constexpr const char* names[] = {
        "",  "",   "",  "neg", "+",  "-",  "*",   "/",  "abs", "min", "max", "mean",     "sum",
        "<", "<=", ">", ">=",  "==", "!=", "and", "or", "not", "on",  "off", "turns_on", "turns_off"};
    if (e.op == Op::constant) return std::to_string(e.constant).substr(0, 5);
    if (e.op == Op::signal) return catalogue_.info(e.signal).name;
    if (e.op == Op::vector) return "[" + std::to_string(e.elements.size()) + "]";
    std::string text = std::string("(") + names[static_cast<int>(e.op)];
    for (const Expression& child : e.children) text += " " + shape(child);
    return text + ")";
  }
  std::string shape(const std::string& text) { return shape(parse(text)); }

  Catalogue catalogue_ = make_catalogue(8);
};

TEST_F(ExpressionTest, PrecedenceIsOrAndNotComparisonSumProduct) {
  EXPECT_EQ(shape("charge_fet or discharge_fet and not charge_gate"),
            "(or charge_fet (and discharge_fet (not charge_gate)))");
  EXPECT_EQ(shape("cell[1].voltage + 2 * cell[2].voltage < 3 V"),
            "(< (+ cell[1].voltage (* 2.000 cell[2].voltage)) 3.000)");
  EXPECT_EQ(shape("(cell[1].voltage + cell[2].voltage) / 2 < 3 V"),
            "(< (/ (+ cell[1].voltage cell[2].voltage) 2.000) 3.000)");
  EXPECT_EQ(shape("not pack.voltage < 3 V"), "(not (< pack.voltage 3.000))");
}

TEST_F(ExpressionTest, SumsAndProductsBindToTheLeft) {
  EXPECT_EQ(shape("5 V - pack.voltage - 1 V < 0 V"), "(< (- (- 5.000 pack.voltage) 1.000) 0.000)");
  EXPECT_EQ(shape("pack.voltage / 2 / 3 < 1 V"), "(< (/ (/ pack.voltage 2.000) 3.000) 1.000)");
}

TEST_F(ExpressionTest, FunctionsTakeListsAndValues) {
  EXPECT_EQ(shape("max(cell.voltage) - min(cell.voltage) < 8 mV"), "(< (- (max [8]) (min [8])) 0.008)");
  EXPECT_EQ(shape("max(cell[1].voltage, cell[2].voltage - 1 V) > 3 V"),
            "(> (max cell[1].voltage (- cell[2].voltage 1.000)) 3.000)");
  EXPECT_EQ(shape("abs(bms.cell[3].voltage - cell[3].voltage) < 8 mV"),
            "(< (abs (- bms.cell[3].voltage cell[3].voltage)) 0.008)");
}

TEST_F(ExpressionTest, BitsAreAskedForStateAndEdge) {
  EXPECT_EQ(shape("charge_fet"), "charge_fet");
  EXPECT_EQ(shape("charge_fet is off"), "(off charge_fet)");
  EXPECT_EQ(shape("bms.alarm.any turns on"), "(turns_on bms.alarm.any)");
  EXPECT_EQ(shape("bms.charge_mos == charge_gate"), "(== bms.charge_mos charge_gate)");
}

TEST_F(ExpressionTest, DimensionsFollowPhysics) {
  EXPECT_EQ(parse("pack.voltage * port.current").dimension, Dimension::power);
  EXPECT_EQ(parse("pack.voltage / port.current").dimension, Dimension::resistance);
  EXPECT_EQ(parse("port.current * 2 mohm").dimension, Dimension::voltage);
  EXPECT_EQ(parse("pack.voltage * port.current * 3 s").dimension, Dimension::energy);
  EXPECT_EQ(parse("cell[1].voltage / cell[2].voltage").dimension, Dimension::none);
  EXPECT_EQ(parse("max(cell.temperature) - ambient").dimension, Dimension::temperature_difference);
  EXPECT_EQ(parse("ambient + 5 K").dimension, Dimension::temperature);
  EXPECT_EQ(parse("cell[1].soc * 2").dimension, Dimension::ratio);
}

TEST_F(ExpressionTest, EveryPartKeepsItsText) {
  const Expression e = parse("max(cell.voltage) >= 3.60 V and charge_fet is on");
  EXPECT_EQ(e.text, "max(cell.voltage) >= 3.60 V and charge_fet is on");
  EXPECT_EQ(e.children.at(0).text, "max(cell.voltage) >= 3.60 V");
  EXPECT_EQ(e.children.at(0).children.at(1).text, "3.60 V");
  EXPECT_EQ(e.children.at(1).text, "charge_fet is on");
}

TEST_F(ExpressionTest, NegativeQuantitiesAreConstants) {
  EXPECT_EQ(parse("ambient < -20 degC").children.at(1).constant, -20);
  EXPECT_EQ(parse("ambient < -20 degC").children.at(1).text, "-20 degC");
}

TEST_F(ExpressionTest, UnitsMayHoldASlash) {
  EXPECT_EQ(parse("pack.voltage / 3 s < 2 mV/s").children.at(1).constant, 2e-3);
  EXPECT_EQ(shape("6 V/pack.voltage > 2"), "(> (/ 6.000 pack.voltage) 2.000)");
}

TEST_F(ExpressionTest, DifferentDimensionsAreNotCompared) {
  EXPECT_EQ(error("pack.voltage < port.current"),
            "x.yaml:7:26  \"port.current\" is a current and cannot be compared with \"pack.voltage\", a voltage");
  EXPECT_EQ(error("ambient < 5 K"),
            "x.yaml:7:21  \"5 K\" is a temperature difference and cannot be compared with \"ambient\", a temperature");
}

TEST_F(ExpressionTest, BareNumbersNeedTheUnitOfTheirPartner) {
  EXPECT_EQ(error("pack.voltage < 3"), "x.yaml:7:26  \"3\" needs a unit of voltage, such as 3 V or 3000 mV");
  EXPECT_EQ(error("3 < pack.voltage"), "x.yaml:7:11  \"3\" needs a unit of voltage, such as 3 V or 3000 mV");
  EXPECT_EQ(error("pack.voltage - 0.5 < 3 V"), "x.yaml:7:26  \"0.5\" needs a unit of voltage, such as 0.5 V or 500 mV");
  EXPECT_EQ(error("bms.soc > 20"), "x.yaml:7:21  \"20\" needs a unit of ratio, such as 20 %");
  EXPECT_EQ(shape("bms.cycles == 3"), "(== bms.cycles 3.000)");
}

TEST_F(ExpressionTest, MistakesAreShownAtTheirColumn) {
  EXPECT_EQ(error(""), "x.yaml:7:11  an expression is due here");
  EXPECT_EQ(error("pack.voltage <"), "x.yaml:7:25  something is missing at the end");
  EXPECT_EQ(error("pack.voltage = 3 V"), "x.yaml:7:24  = is not a comparison; equal is ==");
  EXPECT_EQ(error("pack.voltage < 3 volt"),
            "x.yaml:7:26  \"3 volt\" is not a quantity: a number and a known unit such as V, A, s, degC, %");
  EXPECT_EQ(error("charge_fet is onn"), "x.yaml:7:25  on or off is due after \"is\"");
  EXPECT_EQ(error("max(cell.voltage < 3 V"), "x.yaml:7:28  \")\" is due here, not \"<\"");
  EXPECT_EQ(error("pack.voltage < 3 V)"), "x.yaml:7:29  \")\" is not expected here");
  EXPECT_EQ(error("pack.voltage < 3 V ; 4"), "x.yaml:7:30  \";\" has no meaning here");
  EXPECT_EQ(error("pack.voltage is on"), "x.yaml:7:11  \"pack.voltage\" is not a bit; is on/off wants one");
  EXPECT_EQ(error("ambient > 20 °C and € < 3"), "x.yaml:7:31  \"€\" has no meaning here");  // columns count characters
}

TEST_F(ExpressionTest, MeaninglessSumsAndProductsAreRefused) {
  EXPECT_EQ(error("ambient + ambient < 3 degC"),
            "x.yaml:7:19  two temperatures cannot be added; write the second one in K");
  EXPECT_EQ(error("sum(cell.temperature) < 3 degC"),
            "x.yaml:7:11  sum() of a temperature has no meaning; take a difference first");
  EXPECT_EQ(error("-ambient < 3 degC"), "x.yaml:7:11  a temperature has no negative; write -20 degC or a difference");
  EXPECT_EQ(error("pack.voltage * pack.voltage < 3 V"),
            "x.yaml:7:24  a voltage times a voltage is nothing that is known here");
  EXPECT_EQ(error("charge_fet + 1 > 0"),
            "x.yaml:7:11  charge_fet is a bit; write charge_fet is on, or charge_fet is off");
}

TEST_F(ExpressionTest, AnEdgeStandsAlone) {
  EXPECT_EQ(error("charge_fet turns off and charge_gate"),
            "x.yaml:7:11  \"charge_fet turns off\" is an instant; it stands alone as the whole of when or then");
  EXPECT_EQ(error("not charge_fet turns off"),
            "x.yaml:7:15  \"charge_fet turns off\" is an instant; it stands alone as the whole of when or then");
  EXPECT_EQ(error("(charge_fet turns off)"),
            "x.yaml:7:11  \"charge_fet turns off\" is an instant; it stands alone, without brackets");
}

TEST_F(ExpressionTest, ChecksThatCannotFailAreRefused) {
  EXPECT_EQ(error("3 V < 4 V"), "x.yaml:7:11  \"3 V < 4 V\" names no signal, so nothing could change it");
  EXPECT_EQ(error("pack.voltage != 3 V"), "x.yaml:7:24  a voltage is never exactly equal to another; use < or >");
}

TEST_F(ExpressionTest, DeepNestingIsRefusedNotSuffered) {
  EXPECT_EQ(error(std::string(200, '(') + "charge_fet" + std::string(200, ')')), "x.yaml:7:61  nested too deeply");
  EXPECT_EQ(error(std::string(5000, '-') + "pack.voltage < 3 V"), "x.yaml:7:61  nested too deeply");
}

TEST_F(ExpressionTest, ListsStandOnlyInFunctions) {
  EXPECT_EQ(error("cell.voltage < 3 V"),
            "x.yaml:7:11  cell.voltage is a list of 8 signals; use min(), max(), mean() or sum() of it, or one element "
            "such as "
            "cell[1].voltage");
  EXPECT_EQ(error("max(pack.voltage) < 3 V"),
            "x.yaml:7:11  max() wants a list such as cell.voltage, or several values");
}

TEST_F(ExpressionTest, UnknownSignalsGetTheNearestName) {
  EXPECT_EQ(error("cel[3].voltage < 3 V"), "x.yaml:7:11  cel[3].voltage is not a signal. Near: cell[3].voltage");
  EXPECT_EQ(error("charge_fett"), "x.yaml:7:11  charge_fett is not a signal. Near: charge_fet");
  EXPECT_EQ(error("zzzzzzzzzzzzzzz"), "x.yaml:7:11  zzzzzzzzzzzzzzz is not a signal.");
}

}  // namespace
}  // namespace rig::scenario
