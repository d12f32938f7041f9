// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <regex>

#include "rig/scenario/claim_text.hpp"
#include "rig/scenario/reader.hpp"
#include "tests/rig/scenario/library.hpp"

namespace rig::scenario::library {
namespace {

namespace fs = std::filesystem;

std::string sentence(const std::set<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

/// "cell[3].soc 98 %" -> "cell[n].soc #": numbers with their units, and the boards' own names.
std::string without_numbers(std::string text, const Scenario& scenario) {
  static const std::regex index(R"(\[\d+\])");
  static const std::regex number(
      R"((^|[^\w.])-?\d+(\.\d+)?( ?(ns|us|ms|s|min|h|d|uV|mV|V|kV|uA|mA|A|kA|mW|W|kW|mJ|J|mAh|Ah|degC|K|mK|C|uohm|mohm|ohm|kohm|Hz|kHz|%)(?![\w]))?)");
  for (const BoardSetup* setup : setups_of(scenario)) {
    if (!setup->called.empty()) text = std::regex_replace(text, std::regex("\\b" + setup->called + "\\."), "");
  }
  return std::regex_replace(std::regex_replace(text, index, "[n]"), number, "$1#");
}

/// Of a frame its port and what is not a value: function and register of Modbus, command and id of 4E 57.
std::string frame(const std::string& port, const std::string& bytes) {
  const auto hex = [&](std::size_t i) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(bytes[i]);
    return std::string{digits[byte >> 4U], digits[byte & 15U]};
  };
  if (port == "jk_modbus" && bytes.size() >= 8) return hex(1) + hex(2) + hex(3);
  if (port == "jk_4e57" && bytes.size() >= 16 && bytes[0] == 'N') return hex(8) + hex(11);
  return "garbage";
}

std::string action_kind(const Action& action) {
  std::set<std::string> keys;
  for (const auto& [key, value] : action.values) keys.insert(key);
  for (const auto& [key, word] : action.words) {
    const bool is_path = word.find('/') != std::string::npos;
    if (key == "bytes") {
      keys.insert(frame(action.words.contains("to") ? action.words.at("to") : "", word));
    } else {
      keys.insert(is_path ? key : key + " " + word);
    }
  }
  return action.target + " (" + sentence(keys) + ")";
}

using Values = std::map<std::string, double>;

std::set<std::string> differing(const Values& settings, const Values& from) {
  std::set<std::string> names;
  for (const auto& [name, value] : settings) {
    const bool is_of_the_pack = name == "cell_count" || name == "capacity" || name == "device_address";
    const auto at = from.find(name);
    if (!is_of_the_pack && (at == from.end() || at->second != value)) names.insert(name);
  }
  return names;
}

/// Against the board's defaults with the preset (or none) that leaves the fewest.
std::set<std::string> chosen_settings(const BoardSetup& setup) {
  Values defaults;
  for (const BoardSpec::Setting& setting : setup.board.settings) defaults[setting.name] = setting.value;
  std::set<std::string> fewest = differing(setup.settings, defaults);
  for (const auto& [preset, values] : setup.board.presets) {
    Values with = defaults;
    for (const auto& [name, value] : values) with[name] = value;
    std::set<std::string> names = differing(setup.settings, with);
    if (names.size() < fewest.size()) fewest = std::move(names);
  }
  return fewest;
}

}  // namespace

std::vector<Scenario> shipped() {
  const std::set<std::string> parts{"boards", "packs", "benches", "data", "campaigns"};
  std::set<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(CELLRIG_SCENARIOS)) {
    const std::string top = fs::relative(entry.path(), CELLRIG_SCENARIOS).begin()->string();
    if (entry.path().extension() == ".yaml" && !parts.contains(top)) files.insert(entry.path());
  }
  std::vector<Scenario> all;
  for (const fs::path& file : files) {
    std::vector<ScenarioError> errors;
    for (Scenario& one : read_scenarios(file, CELLRIG_SCENARIOS, errors)) all.push_back(std::move(one));
    for (const ScenarioError& error : errors) ADD_FAILURE() << error.what();
  }
  return all;
}

const std::vector<Scenario>& all() {
  static const std::vector<Scenario> scenarios = shipped();
  return scenarios;
}

std::string stimulus_of(const Scenario& scenario) {
  std::set<std::string> parts;
  for (const Action& action : scenario.actions) parts.insert(action_kind(action));
  for (const BoardSetup* setup : setups_of(scenario)) {
    for (const std::string& name : chosen_settings(*setup)) parts.insert("setting " + name);
    for (const auto& [key, value] : setup->start) {
      const bool is_usual =
          (key == "ambient" && value == 25) || (key == "temperature" && value == setup->start.at("ambient"));
      if (!is_usual) parts.insert("start " + without_numbers(key, scenario));
    }
  }
  return sentence(parts);
}

std::string claim_of(const Scenario& scenario) {
  static const std::regex window(" (after|until) #");
  std::set<std::string> parts;
  for (const Claim& claim : scenario.claims)
    parts.insert(std::regex_replace(without_numbers(claim_text(claim), scenario), window, ""));
  return sentence(parts);
}

}  // namespace rig::scenario::library
