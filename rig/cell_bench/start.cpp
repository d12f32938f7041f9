// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_bench/start.hpp"

#include <algorithm>
#include <sstream>

#include "rig/cell_bench/profile.hpp"
#include "rig/scenario/quantity.hpp"

namespace rig::cell_bench {
namespace {

using scenario::Dimension;

std::optional<double> number(const std::string& text, std::initializer_list<Dimension> allowed, double low,
                             double high) {
  const auto read = scenario::parse_quantity(text);
  const bool ok = read && std::find(allowed.begin(), allowed.end(), read->dimension) != allowed.end() &&
                  read->value >= low && read->value <= high;
  return ok ? std::optional(read->value) : std::nullopt;
}

void read_word(const std::string& word, Start& start, std::vector<std::string>& mistakes) {
  const std::size_t equals = word.find('=');
  const std::string key = word.substr(0, equals), value = equals == std::string::npos ? "" : word.substr(equals + 1);
  const auto take = [&](std::optional<double>& target, std::optional<double> read, const char* due) {
    if (!read) mistakes.push_back("--start: " + word + ": " + due);
    target = read;
  };
  if (key == "soc") {
    take(start.soc, number(value, {Dimension::none, Dimension::ratio}, -0.1, 1.1),
         "a state of charge, such as soc=0.97 or soc=97%");
  } else if (key == "h") {
    take(start.hysteresis, number(value, {Dimension::none}, -1, 1), "a number from -1 to 1");
  } else if (key == "T") {
    take(start.temperature_degC, number(value, {Dimension::temperature}, coldest_degC, warmest_degC),
         "a temperature, such as T=25degC");
  } else {
    mistakes.push_back("--start: \"" + word + "\" is none of soc=…, h=…, T=…");
  }
}

}  // namespace

Start parse_start(const std::string& text, std::vector<std::string>& mistakes) {
  Start start;
  std::istringstream words(text);
  bool any = false;
  for (std::string word; words >> word; any = true) {
    if (word != "fit") read_word(word, start, mistakes);
  }
  if (!any) mistakes.emplace_back("--start: \"soc=1 h=-1 T=25degC\", any of the three, or fit");
  return start;
}

Score parse_score(const std::string& text, std::vector<std::string>& mistakes) {
  const std::size_t dots = text.find("..");
  if (text.starts_with("soc=") && dots != std::string::npos) {
    const auto a = number(text.substr(4, dots - 4), {Dimension::none, Dimension::ratio}, -0.1, 1.1);
    const auto b = number(text.substr(dots + 2), {Dimension::none, Dimension::ratio}, -0.1, 1.1);
    if (a && b && *a != *b) return {std::min(*a, *b), std::max(*a, *b)};
  }
  mistakes.push_back("--score: \"" + text + "\" is not a range such as soc=0.97..0.10");
  return {};
}

std::optional<double> parse_voltage(const std::string& option, const std::string& text,
                                    std::vector<std::string>& mistakes) {
  const auto value = number(text, {Dimension::voltage}, 0, 1e3);
  if (!value) mistakes.push_back("--" + option + ": \"" + text + "\" is not a voltage, such as 9.5mV");
  return value;
}

}  // namespace rig::cell_bench
