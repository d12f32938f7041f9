// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rig::scenario {

/// What a number measures. Every quantity in a scenario carries its unit; inside the rig values are SI (degC for
/// temperature, Ah for charge, 1 for ratios: 94 % is 0.94).
enum class Dimension : std::uint8_t {
  none,                    // a pure number: counts, products without a name
  boolean,                 // 0 or 1
  time,                    // s
  voltage,                 // V
  current,                 // A
  resistance,              // ohm
  inductance,              // H
  capacitance,             // F
  charge,                  // Ah
  power,                   // W
  energy,                  // J
  temperature,             // degC
  temperature_difference,  // K; degC - degC
  ratio,                   // 1
  frequency,               // Hz
  slope_voltage,           // V/s
  bit_rate,                // bit/s
  c_rate                   // 1/h: 0.2 C; becomes a current with the capacity of the pack
};

struct Quantity {
  double value = 0.0;  // in the base unit of `dimension`
  Dimension dimension = Dimension::none;
};

/// "3.65 V", "1500 us", "-20 degC", "94 %", "0.2 C", "20 mohm", "5 uH". Space between number and unit is optional.
/// nullopt when the text is not a number followed by a known unit. A bare number gives Dimension::none.
[[nodiscard]] std::optional<Quantity> parse_quantity(std::string_view text);

/// Every unit of a dimension, as it may be written.
[[nodiscard]] std::vector<std::string> units_of(Dimension dimension);

/// Name for people: "voltage". Base unit: "V". Examples of accepted spellings for a message: "32.1 V or 32100 mV".
[[nodiscard]] std::string_view dimension_name(Dimension dimension);
[[nodiscard]] std::string_view base_unit(Dimension dimension);
[[nodiscard]] std::string unit_examples(Dimension dimension, double number);
[[nodiscard]] std::string with_article(Dimension dimension);  // "a voltage", "an energy"
/// ""32.1" needs a unit of voltage, such as 32.1 V or 32100 mV".
[[nodiscard]] std::string unit_complaint(std::string_view text, Dimension dimension);

/// Text with a unit that suits the size: 0.0018 V -> "1.800 mV", 5.02 s -> "5.020 s", 700e-6 s -> "700.0 us". Stable
/// for golden files.
[[nodiscard]] std::string format(const Quantity& quantity, int significant_digits = 4);

/// Seconds to simulated nanoseconds, rounded to nearest.
[[nodiscard]] std::int64_t to_ns(double seconds);

}  // namespace rig::scenario
