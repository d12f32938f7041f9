// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/quantity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace rig::scenario {
namespace {

double value(const char* text, Dimension dimension) {
  const auto quantity = parse_quantity(text);
  EXPECT_TRUE(quantity.has_value()) << text;
  if (!quantity) return std::nan("");
  EXPECT_EQ(quantity->dimension, dimension) << text;
  return quantity->value;
}

TEST(Quantity, EveryUnitHasItsSize) {
  EXPECT_EQ(value("1 ms", Dimension::time), 1e-3);
  EXPECT_EQ(value("1 us", Dimension::time), 1e-6);
  EXPECT_EQ(value("1 µs", Dimension::time), 1e-6);
  EXPECT_EQ(value("1 ns", Dimension::time), 1e-9);
  EXPECT_EQ(value("1 min", Dimension::time), 60);
  EXPECT_EQ(value("1 h", Dimension::time), 3600);
  EXPECT_EQ(value("1 d", Dimension::time), 86400);
  EXPECT_EQ(value("1 uV", Dimension::voltage), 1e-6);
  EXPECT_EQ(value("1 kV", Dimension::voltage), 1e3);
  EXPECT_EQ(value("1 mA", Dimension::current), 1e-3);
  EXPECT_EQ(value("1 kA", Dimension::current), 1e3);
  EXPECT_EQ(value("1 mohm", Dimension::resistance), 1e-3);
  EXPECT_EQ(value("1 uohm", Dimension::resistance), 1e-6);
  EXPECT_EQ(value("1 kohm", Dimension::resistance), 1e3);
  EXPECT_EQ(value("1 uH", Dimension::inductance), 1e-6);
  EXPECT_EQ(value("1 mF", Dimension::capacitance), 1e-3);
  EXPECT_EQ(value("1 mAh", Dimension::charge), 1e-3);
  EXPECT_EQ(value("1 kW", Dimension::power), 1e3);
  EXPECT_EQ(value("1 mJ", Dimension::energy), 1e-3);
  EXPECT_EQ(value("1 Wh", Dimension::energy), 3600);
  EXPECT_EQ(value("-20 degC", Dimension::temperature), -20);
  EXPECT_EQ(value("-20 °C", Dimension::temperature), -20);
  EXPECT_EQ(value("3 K", Dimension::temperature_difference), 3);
  EXPECT_EQ(value("94 %", Dimension::ratio), 0.94);
  EXPECT_EQ(value("50 ppm", Dimension::ratio), 50e-6);
  EXPECT_EQ(value("2 MHz", Dimension::frequency), 2e6);
  EXPECT_EQ(value("3 mV/s", Dimension::slope_voltage), 3e-3);
  EXPECT_EQ(value("0.2 C", Dimension::c_rate), 0.2);
  EXPECT_EQ(value("500 kbit/s", Dimension::bit_rate), 500e3);
  EXPECT_EQ(value("1 Mbit/s", Dimension::bit_rate), 1e6);
  EXPECT_EQ(value("42", Dimension::none), 42);
}

TEST(Quantity, SpaceBeforeTheUnitIsOptional) {
  EXPECT_EQ(value("3.65V", Dimension::voltage), 3.65);
  EXPECT_EQ(value("  3.65   V ", Dimension::voltage), 3.65);
}

TEST(Quantity, AnythingElseIsRefused) {
  for (const char* text :
       {"",      "V",    "3.65 volt", "3,65 V", "nan",  "inf V", "-inf", "1e999 V", "0x10 V", "3 V V",
        "--3 V", "+3 V", "3..5 V",    "v 3",    "3 mv", "3 OHM", "1 V/", "3 V/A",   "- V",    ". V"}) {
    EXPECT_FALSE(parse_quantity(text).has_value()) << text;
  }
}

// Property: the same quantity in two units is the same double, so that a limit does not depend on how it was written.
TEST(Quantity, TheSameValueInASmallerUnitIsTheSameDouble) {
  for (int millivolt = -5000; millivolt <= 5000; millivolt += 7) {
    std::string volts = std::to_string(std::abs(millivolt) / 1000) + ".";
    const std::string thousandths = std::to_string(1000 + std::abs(millivolt) % 1000);
    volts.append(thousandths, 1).append(" V");
    if (millivolt < 0) volts.insert(0, "-");
    EXPECT_EQ(value((std::to_string(millivolt) + " mV").c_str(), Dimension::voltage),
              value(volts.c_str(), Dimension::voltage));
  }
}

// Property: what format() writes reads back as the same quantity to the digits shown.
TEST(Quantity, FormattedTextReadsBack) {
  const std::vector<Dimension> dimensions{Dimension::time,       Dimension::voltage,    Dimension::current,
                                          Dimension::resistance, Dimension::inductance, Dimension::temperature,
                                          Dimension::energy,     Dimension::ratio,      Dimension::none,
                                          Dimension::charge,     Dimension::power};
  for (const Dimension dimension : dimensions) {
    for (double number = 1.2345e-5; number < 1e5; number *= 1.7) {
      for (const double signed_number : {number, -number}) {
        const std::string text = format({signed_number, dimension}, 6);
        const auto back = parse_quantity(text);
        ASSERT_TRUE(back.has_value()) << text;
        EXPECT_EQ(back->dimension, dimension) << text;
        EXPECT_NEAR(back->value, signed_number, 1e-5 * std::fabs(signed_number)) << text;
      }
    }
  }
}

TEST(Quantity, IsFormattedAsPeopleReadIt) {
  EXPECT_EQ(format({0.0018, Dimension::voltage}), "1.800 mV");
  EXPECT_EQ(format({5.02, Dimension::time}), "5.020 s");
  EXPECT_EQ(format({700e-6, Dimension::time}), "700.0 us");
  EXPECT_EQ(format({600, Dimension::time}), "10.00 min");
  EXPECT_EQ(format({120, Dimension::time}), "120.0 s");
  EXPECT_EQ(format({14400, Dimension::time}), "4.000 h");
  EXPECT_EQ(format({-7256.9, Dimension::current}), "-7.257 kA");
  EXPECT_EQ(format({-20, Dimension::temperature}), "-20.00 degC");
  EXPECT_EQ(format({0.035, Dimension::ratio}), "3.500 %");
  EXPECT_EQ(format({0.99999, Dimension::voltage}), "1.000 V");
  EXPECT_EQ(format({9.99996, Dimension::voltage}), "10.00 V");
  EXPECT_EQ(format({1436, Dimension::inductance}), "1436 H");  // there is no kH in a scenario
  EXPECT_EQ(format({2e-5, Dimension::power}), "0.02000 mW");
  EXPECT_EQ(format({0.0, Dimension::voltage}), "0 V");
  EXPECT_EQ(format({0.0, Dimension::time}), "0 s");
  EXPECT_EQ(format({1, Dimension::boolean}), "on");
  EXPECT_EQ(format({std::numeric_limits<double>::quiet_NaN(), Dimension::voltage}), "unknown");
}

TEST(Quantity, ExamplesOfferTheNumberThatWasRead) {
  EXPECT_EQ(unit_examples(Dimension::voltage, 32.1), "32.1 V or 32100 mV");
  EXPECT_EQ(unit_examples(Dimension::temperature, -20), "-20 degC");
  EXPECT_EQ(unit_examples(Dimension::time, 1.5), "1.5 s or 1500 ms");
}

// Property: every example offered in a message is itself accepted, with the dimension asked for.
TEST(Quantity, ExamplesAreAccepted) {
  for (int d = static_cast<int>(Dimension::time); d <= static_cast<int>(Dimension::c_rate); ++d) {
    const auto dimension = static_cast<Dimension>(d);
    std::string examples = unit_examples(dimension, 3);
    const std::size_t both = examples.find(" or ");
    for (const std::string& example :
         {examples.substr(0, both), both == std::string::npos ? examples : examples.substr(both + 4)}) {
      const auto read = parse_quantity(example);
      ASSERT_TRUE(read.has_value()) << example;
      EXPECT_EQ(read->dimension, dimension) << example;
    }
  }
}

TEST(Quantity, SecondsBecomeTheNearestNanosecond) {
  EXPECT_EQ(to_ns(0.0015), 1'500'000);
  EXPECT_EQ(to_ns(5.2), 5'200'000'000);
  EXPECT_EQ(to_ns(86400), 86'400'000'000'000);
  EXPECT_EQ(to_ns(0.6e-9), 1);
}

}  // namespace
}  // namespace rig::scenario
