// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/program.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/rig/expect/support.hpp"

namespace rig::expect {
namespace {

/// Values of cell[1…4].voltage: 3.1, 3.4, 3.2, 3.3 V; port.current -20 A.
double evaluate(const std::string& text, std::string* element = nullptr) {
  const test::Bench bench;
  Slots slots(bench.catalogue);
  const auto expression = bench.expression(text + " < " + (text.find("current") != std::string::npos ? "1 A" : "1 V"));
  const Program program(expression.children.at(0), slots);
  std::vector<double> values(slots.size());
  for (std::uint32_t slot = 0; slot < slots.size(); ++slot) {
    const auto& name = slots.info(slot).name;
    values[slot] = name == "cell[1].voltage"   ? 3.1
                   : name == "cell[2].voltage" ? 3.4
                   : name == "cell[3].voltage" ? 3.2
                   : name == "cell[4].voltage" ? 3.3
                   : name == "port.current"    ? -20.0
                                               : test::kUnknown;
  }
  std::vector<std::uint32_t> chosen;
  program.choose(values.data(), chosen);
  if (element != nullptr) *element = Program::element(chosen, slots);
  return program(values.data());
}

TEST(Program, ComputesEachOperation) {
  EXPECT_DOUBLE_EQ(evaluate("port.current"), -20.0);
  EXPECT_DOUBLE_EQ(evaluate("-port.current"), 20.0);
  EXPECT_DOUBLE_EQ(evaluate("abs(port.current)"), 20.0);
  EXPECT_DOUBLE_EQ(evaluate("port.current + 5 A"), -15.0);
  EXPECT_DOUBLE_EQ(evaluate("port.current - 5 A"), -25.0);
  EXPECT_DOUBLE_EQ(evaluate("port.current * 3"), -60.0);
  EXPECT_DOUBLE_EQ(evaluate("port.current / 4"), -5.0);
  EXPECT_DOUBLE_EQ(evaluate("max(cell.voltage)"), 3.4);
  EXPECT_DOUBLE_EQ(evaluate("min(cell.voltage)"), 3.1);
  EXPECT_DOUBLE_EQ(evaluate("sum(cell.voltage)"), 13.0);
  EXPECT_DOUBLE_EQ(evaluate("mean(cell.voltage)"), 3.25);
  EXPECT_NEAR(evaluate("max(cell.voltage) - min(cell.voltage)"), 0.3, 1e-15);
}

TEST(Program, NamesTheElementThatDecides) {
  std::string element;
  (void)evaluate("max(cell.voltage)", &element);
  EXPECT_EQ(element, "cell[2]");
  (void)evaluate("max(cell.voltage) - min(cell.voltage)", &element);
  EXPECT_EQ(element, "cell[2], cell[1]");
  (void)evaluate("mean(cell.voltage)", &element);
  EXPECT_EQ(element, "");
}

TEST(Program, OneUnknownElementMakesTheWholeUnknown) {
  for (const char* text : {"max(cell[1].voltage, bms.cell[1].voltage)", "max(bms.cell[1].voltage, cell[1].voltage)",
                           "min(cell[1].voltage, bms.cell[1].voltage, cell[2].voltage)",
                           "max(cell[1].voltage, bms.cell[1].voltage) - cell[2].voltage",
                           "cell[2].voltage - min(cell[1].voltage, bms.cell[1].voltage, cell[2].voltage)",
                           "mean(bms.cell.voltage)", "abs(bms.cell[1].voltage)"})
    EXPECT_TRUE(std::isnan(evaluate(text))) << text;
}

}  // namespace
}  // namespace rig::expect
