// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/quantity.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <span>

#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

// Small units divide: 3650 mV / 1000 is the double that 3.65 V is; 3650 * 0.001 is not.
struct Unit {
  std::string_view name;
  Dimension dimension;
  double multiply, divide;
};

constexpr std::array units{
    Unit{"s", Dimension::time, 1, 1},
    Unit{"ms", Dimension::time, 1, 1e3},
    Unit{"us", Dimension::time, 1, 1e6},
    Unit{"µs", Dimension::time, 1, 1e6},
    Unit{"ns", Dimension::time, 1, 1e9},
    Unit{"min", Dimension::time, 60, 1},
    Unit{"h", Dimension::time, 3600, 1},
    Unit{"d", Dimension::time, 86400, 1},
    Unit{"V", Dimension::voltage, 1, 1},
    Unit{"mV", Dimension::voltage, 1, 1e3},
    Unit{"uV", Dimension::voltage, 1, 1e6},
    Unit{"kV", Dimension::voltage, 1e3, 1},
    Unit{"A", Dimension::current, 1, 1},
    Unit{"mA", Dimension::current, 1, 1e3},
    Unit{"uA", Dimension::current, 1, 1e6},
    Unit{"kA", Dimension::current, 1e3, 1},
    Unit{"ohm", Dimension::resistance, 1, 1},
    Unit{"mohm", Dimension::resistance, 1, 1e3},
    Unit{"uohm", Dimension::resistance, 1, 1e6},
    Unit{"kohm", Dimension::resistance, 1e3, 1},
    Unit{"H", Dimension::inductance, 1, 1},
    Unit{"mH", Dimension::inductance, 1, 1e3},
    Unit{"uH", Dimension::inductance, 1, 1e6},
    Unit{"nH", Dimension::inductance, 1, 1e9},
    Unit{"F", Dimension::capacitance, 1, 1},
    Unit{"mF", Dimension::capacitance, 1, 1e3},
    Unit{"uF", Dimension::capacitance, 1, 1e6},
    Unit{"Ah", Dimension::charge, 1, 1},
    Unit{"mAh", Dimension::charge, 1, 1e3},
    Unit{"W", Dimension::power, 1, 1},
    Unit{"mW", Dimension::power, 1, 1e3},
    Unit{"kW", Dimension::power, 1e3, 1},
    Unit{"J", Dimension::energy, 1, 1},
    Unit{"mJ", Dimension::energy, 1, 1e3},
    Unit{"kJ", Dimension::energy, 1e3, 1},
    Unit{"Wh", Dimension::energy, 3600, 1},
    Unit{"kWh", Dimension::energy, 3.6e6, 1},
    Unit{"degC", Dimension::temperature, 1, 1},
    Unit{"°C", Dimension::temperature, 1, 1},
    Unit{"K", Dimension::temperature_difference, 1, 1},
    Unit{"mK", Dimension::temperature_difference, 1, 1e3},
    Unit{"%", Dimension::ratio, 1, 1e2},
    Unit{"ppm", Dimension::ratio, 1, 1e6},
    Unit{"Hz", Dimension::frequency, 1, 1},
    Unit{"kHz", Dimension::frequency, 1e3, 1},
    Unit{"MHz", Dimension::frequency, 1e6, 1},
    Unit{"V/s", Dimension::slope_voltage, 1, 1},
    Unit{"mV/s", Dimension::slope_voltage, 1, 1e3},
    Unit{"mV/min", Dimension::slope_voltage, 1, 6e4},
    Unit{"mV/h", Dimension::slope_voltage, 1, 3.6e6},
    Unit{"bit/s", Dimension::bit_rate, 1, 1},
    Unit{"kbit/s", Dimension::bit_rate, 1e3, 1},
    Unit{"Mbit/s", Dimension::bit_rate, 1e6, 1},
    Unit{"C", Dimension::c_rate, 1, 1},
};

const Unit* find_unit(std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

struct DimensionWords {
  Dimension dimension;
  std::string_view name, base, small;  // small: the second spelling offered in a message
};

constexpr std::array dimension_words{
    DimensionWords{Dimension::none, "pure number", "", ""},
    DimensionWords{Dimension::boolean, "bit", "", ""},
    DimensionWords{Dimension::time, "time", "s", "ms"},
    DimensionWords{Dimension::voltage, "voltage", "V", "mV"},
    DimensionWords{Dimension::current, "current", "A", "mA"},
    DimensionWords{Dimension::resistance, "resistance", "ohm", "mohm"},
    DimensionWords{Dimension::inductance, "inductance", "H", "uH"},
    DimensionWords{Dimension::capacitance, "capacitance", "F", "mF"},
    DimensionWords{Dimension::charge, "charge", "Ah", "mAh"},
    DimensionWords{Dimension::power, "power", "W", "mW"},
    DimensionWords{Dimension::energy, "energy", "J", "mJ"},
    DimensionWords{Dimension::temperature, "temperature", "degC", ""},
    DimensionWords{Dimension::temperature_difference, "temperature difference", "K", "mK"},
    DimensionWords{Dimension::ratio, "ratio", "1", "%"},
    DimensionWords{Dimension::frequency, "frequency", "Hz", "kHz"},
    DimensionWords{Dimension::slope_voltage, "voltage slope", "V/s", "mV/s"},
    DimensionWords{Dimension::bit_rate, "bit rate", "bit/s", "kbit/s"},
    DimensionWords{Dimension::c_rate, "C rate", "1/h", ""},
};

const DimensionWords& words(Dimension dimension) {
  for (const DimensionWords& entry : dimension_words) {
    if (entry.dimension == dimension) return entry;
  }
  return dimension_words.front();
}

// Units a person reads a figure in, largest first; each is used from `from` upwards.
struct Step {
  double from, size;
  std::string_view unit;
};
constexpr std::array<Step, 6> time_steps{Step{3600, 3600, "h"}, {300, 60, "min"},   {1, 1, "s"},
                                         {1e-3, 1e-3, "ms"},    {1e-6, 1e-6, "us"}, {1e-9, 1e-9, "ns"}};
constexpr std::array<Step, 4> plain_steps{Step{1e3, 1e3, "k"}, {1, 1, ""}, {1e-3, 1e-3, "m"}, {1e-6, 1e-6, "u"}};
constexpr std::array<Step, 1> whole_step{Step{1, 1, ""}};
constexpr std::array<Step, 1> percent_step{Step{0.01, 0.01, "%"}};

std::span<const Step> steps_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::time:
      return time_steps;
    case Dimension::ratio:
      return percent_step;
    case Dimension::none:
    case Dimension::temperature:
    case Dimension::slope_voltage:
    case Dimension::temperature_difference:
    case Dimension::c_rate:
      return whole_step;
    default:
      return plain_steps;
  }
}

std::string unit_text(Dimension dimension, std::string_view step) {
  if (dimension == Dimension::time || dimension == Dimension::ratio) return std::string(step);
  if (dimension == Dimension::none) return "";
  if (dimension == Dimension::c_rate) return "C";
  return std::string(step) + std::string(base_unit(dimension));
}

// The smallest number that `significant_digits` digits show as 1: 0.99995 for four.
double almost_one(int significant_digits) {
  double half_digit = 0.5;
  for (int i = 0; i < significant_digits; ++i) half_digit /= 10;
  return 1 - half_digit;
}

const Step* chosen_step(std::span<const Step> steps, Dimension dimension, double magnitude, int significant_digits) {
  const double rounds_up = almost_one(significant_digits);
  const Step* chosen = &steps.back();
  for (const Step& step : steps) {
    if (steps.size() > 1 && find_unit(unit_text(dimension, step.unit)) == nullptr) continue;  // kH, uAh
    chosen = &step;
    if (magnitude >= step.from * rounds_up) break;  // 0.99999 V at four digits reads 1.000 V, not 1000 mV
  }
  return chosen;
}

int digits_before_point(double magnitude) {
  int digits = 1;
  for (; magnitude >= 10 && digits < 300; magnitude /= 10) ++digits;
  return digits;
}

// Digits after the point that leave `significant` digits in all.
std::string rounded(double value, int significant) {
  const double magnitude = std::fabs(value) / almost_one(significant);
  int decimals = significant - digits_before_point(magnitude);
  for (double m = magnitude; m > 0 && m < 1 && decimals < 12; m *= 10) ++decimals;
  return fixed(value, decimals > 0 ? decimals : 0);
}

double number_at_start(std::string_view text) {
  const std::string_view digits = text.substr(0, text.find_first_not_of("-.0123456789"));
  const std::optional<Quantity> number = parse_quantity(digits);
  return number ? number->value : 1;
}

}  // namespace

std::optional<Quantity> parse_quantity(std::string_view text) {
  text = trimmed(text);
  const std::size_t digit = text.find_first_of("0123456789");
  if (digit == std::string_view::npos || text.substr(0, digit).find_first_not_of("-.") != std::string_view::npos) {
    return std::nullopt;  // from_chars would take "inf" and "nan"
  }
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view unit_name = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  if (unit_name.empty()) return Quantity{number, Dimension::none};
  const Unit* unit = find_unit(unit_name);
  if (unit == nullptr) return std::nullopt;
  const double value = number * unit->multiply / unit->divide;
  if (!std::isfinite(value)) return std::nullopt;
  return Quantity{value, unit->dimension};
}

std::vector<std::string> units_of(Dimension dimension) {
  std::vector<std::string> names;
  for (const Unit& unit : units) {
    if (unit.dimension == dimension) names.emplace_back(unit.name);
  }
  return names;
}

std::string_view dimension_name(Dimension dimension) { return words(dimension).name; }
std::string_view base_unit(Dimension dimension) { return words(dimension).base; }

std::string unit_examples(Dimension dimension, double number) {
  std::string shown = shortest(number);
  switch (dimension) {
    case Dimension::none:
      return shown;
    case Dimension::boolean:
      return "on or off";
    case Dimension::temperature:
      return shown + " degC";
    case Dimension::c_rate:
      return shown + " C";
    case Dimension::ratio:  // 0.3 is 30 %, 30 hardly 3000 %
      return shortest(number > 0 && number < 1 ? 100 * number : number) + " %";
    case Dimension::time:
      return shown + " s or " + shortest(number * 1e3) + " ms";
    default:
      break;
  }
  const DimensionWords& entry = words(dimension);
  const Unit* small = find_unit(entry.small);
  const double in_small = number / small->multiply * small->divide;
  return shown + " " + std::string(entry.base) + " or " + shortest(in_small) + " " + std::string(entry.small);
}

std::string with_article(Dimension dimension) {
  const std::string name(dimension_name(dimension));
  return (name.find_first_of("aeiou") == 0 ? "an " : "a ") + name;
}

std::string unit_complaint(std::string_view text, Dimension dimension) {
  const std::string examples = unit_examples(dimension, number_at_start(text));
  const std::optional<Quantity> read = parse_quantity(text);
  if (dimension == Dimension::none) return in_quotes(text) + " must be a number without a unit, such as " + examples;
  if (read && read->dimension == Dimension::none) {
    return in_quotes(text) + " needs a unit of " + std::string(dimension_name(dimension)) + ", such as " + examples;
  }
  if (read) {
    return in_quotes(text) + " is " + with_article(read->dimension) + "; " + with_article(dimension) +
           " is due, such as " + examples;
  }
  return in_quotes(text) + " is not " + with_article(dimension) + "; write it such as " + examples;
}

std::string format(const Quantity& quantity, int significant_digits) {
  if (quantity.dimension == Dimension::boolean) return quantity.value != 0 ? "on" : "off";
  if (!std::isfinite(quantity.value)) return "unknown";
  const std::span<const Step> steps = steps_of(quantity.dimension);
  const double magnitude = std::fabs(quantity.value);
  const Step* chosen = chosen_step(steps, quantity.dimension, magnitude, significant_digits);
  if (magnitude == 0) {
    const std::string unit = quantity.dimension == Dimension::time
                                 ? "s"
                                 : unit_text(quantity.dimension, steps.size() == 1 ? steps[0].unit : "");
    return unit.empty() ? "0" : "0 " + unit;
  }
  const std::string number = rounded(quantity.value / chosen->size, significant_digits);
  const std::string unit = unit_text(quantity.dimension, chosen->unit);
  return unit.empty() ? number : number + " " + unit;
}

std::int64_t to_ns(double seconds) { return std::llround(seconds * 1e9); }

}  // namespace rig::scenario
