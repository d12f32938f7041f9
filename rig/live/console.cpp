// SPDX-License-Identifier: Apache-2.0
#include "rig/live/console.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "rig/scenario/actions.hpp"
#include "rig/scenario/problems.hpp"
#include "rig/scenario/text.hpp"

namespace rig::live {
namespace {

using scenario::Dimension;
using scenario::Quantity;
using scenario::Scenario;
using scenario::trimmed;
using Mistakes = std::vector<std::string>;

constexpr std::array session_words{"speed", "wait", "status", "help", "quit"};

/// "port.charge: 20 A" or "port.charge 20 A" -> key and value.
std::pair<std::string, std::string> split(std::string_view line) {
  const std::size_t end = line.find_first_of(" \t:");
  std::string_view rest = end == std::string_view::npos ? std::string_view() : trimmed(line.substr(end));
  if (rest.starts_with(':')) rest = trimmed(rest.substr(1));
  return {std::string(line.substr(0, end)), std::string(rest)};
}

/// "20 A 29.2 V" or "20A 29.2V": all quantities with a unit, each with its text; empty when it is anything else.
std::vector<std::pair<std::string, Quantity>> quantities(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
    if (end > at) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  std::vector<std::pair<std::string, Quantity>> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string one = words[i];
    auto quantity = scenario::parse_quantity(one);
    if (quantity && quantity->dimension == Dimension::none && i + 1 < words.size()) {
      one += " " + words[++i];
      quantity = scenario::parse_quantity(one);
    }
    if (!quantity || quantity->dimension == Dimension::none) return {};
    found.emplace_back(one, *quantity);
  }
  return found;
}

const char* key_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::current:
    case Dimension::c_rate:
      return "current";
    case Dimension::voltage:
      return "voltage";
    case Dimension::resistance:
      return "resistance";
    case Dimension::inductance:
      return "inductance";
    case Dimension::power:
      return "power";
    default:
      return nullptr;
  }
}

/// Bare quantities where a scenario writes a mapping: "20 A 29 V" -> "{current: 20 A, voltage: 29 V}".
std::string mapping_of(const std::string& value) {
  std::string mapping;
  for (const auto& [text, quantity] : quantities(value)) {
    const char* const key = key_of(quantity.dimension);
    if (key == nullptr) return value;
    mapping += (mapping.empty() ? "{" : ", ") + std::string(key) + ": " + text;
  }
  return mapping.empty() ? value : mapping + "}";
}

/// A charger that says no voltage goes beyond the cell limit, so that the board has something to protect from.
std::string with_charge_voltage(std::string mapping, const Scenario& setup) {
  constexpr double beyond_V = 0.05;
  const auto ovp = setup.settings.find("cell_ovp");
  if (!mapping.starts_with('{') || mapping.find("voltage") != std::string::npos || ovp == setup.settings.end())
    return mapping;
  mapping.pop_back();
  return mapping + ", voltage: " + scenario::shortest(setup.pack.cells * (ovp->second + beyond_V)) + " V}";
}

std::string word_for_good(const std::string& key) {
  const std::string family = key.substr(0, key.find('['));
  if (family == "cell" || family == "charge_bank" || family == "discharge_bank") return "healthy";
  if (family == "adc") return "run";
  return family == "supply" ? "on" : "normal";
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What was typed, as keys and values of a scenario's actions.
Pairs in_scenario_words(std::string key, std::string value, const Scenario& setup) {
  if (key == "port.rest") {
    Pairs all;
    for (const char* device : {"charger", "load", "inverter", "motor", "short", "profile"})
      all.push_back({device, "off"});
    return all;
  }
  if (key == "soc") {
    Pairs all;
    for (int n = 1; n <= setup.pack.cells; ++n) all.push_back({"cell[" + std::to_string(n) + "].soc", value});
    return all;
  }
  if (key == "port.charge") key = "charger";
  if (key == "port.load") key = "load";
  if (value == "good") value = word_for_good(key);
  if (key == "charger") value = with_charge_voltage(mapping_of(value), setup);
  for (const char* device : {"load", "short", "motor", "inverter"}) {
    if (key == device) value = mapping_of(value);
  }
  return {{key, value}};
}

/// A number without a unit where a device wants quantities: what the words of a scenario would say is no help then.
bool lacks_unit(const std::string& key, const std::string& value, Mistakes& mistakes) {
  constexpr std::array devices{"charger", "load", "short", "motor", "inverter", "port.charge", "port.load"};
  const bool is_number = value.find_first_of("0123456789") < std::min<std::size_t>(2, value.size());
  if (std::ranges::find(devices, key) == devices.end() || !is_number || !quantities(value).empty()) return false;
  mistakes.push_back(key + ": \"" + value + "\" is no quantity with a unit, such as 50 A, 500 W or 20 mohm");
  return true;
}

/// An action's own message stands behind "do: " in a scenario; nobody typed that here.
std::string without_do(const std::string& sentence) {
  return sentence.starts_with("do: ") ? sentence.substr(4) : sentence;
}

std::optional<scenario::Action> action_of(const std::string& key, const std::string& value, const Scenario& setup,
                                          scenario::Files& files, Mistakes& mistakes) {
  scenario::Problems problems;
  std::optional<scenario::Action> action;
  const std::filesystem::path here;
  try {
    const scenario::Node tree = scenario::parse_tree(key + ": " + value + "\n", "typed");
    const scenario::ActionContext context{setup.pack, setup.board, 0, here, files, problems};
    for (const auto& entry : tree.entries) action = scenario::read_action(entry, context);
  } catch (const scenario::ScenarioError& error) {
    problems.add(error);
  }
  for (const auto& error : problems.sorted()) mistakes.push_back(without_do(error.sentence()));
  return problems.any() ? std::nullopt : action;
}

double speed_of(const std::string& value, Mistakes& mistakes) {
  const auto number = scenario::parse_quantity(value);
  if (number && number->dimension == Dimension::none && number->value >= Console::least_speed &&
      number->value <= Console::most_speed) {
    return number->value;
  }
  mistakes.push_back("speed: \"" + value + "\" is not a number from " + scenario::shortest(Console::least_speed) +
                     " to " + scenario::shortest(Console::most_speed));
  return 1;
}

double wait_of(const std::string& value, Mistakes& mistakes) {
  const auto time = scenario::parse_quantity(value);
  if (time && time->dimension == Dimension::time && time->value >= 0) return time->value;
  mistakes.push_back("wait: \"" + value + "\" is not a time, such as 5 s or 10 min");
  return 0;
}

/// About the session, not about a world; nullopt: the first word is none of these, or mistakes were said.
std::optional<Command> session_command(const std::string& key, const std::string& value, Mistakes& mistakes) {
  const auto word = std::ranges::find(session_words, key);
  if (word == session_words.end()) return std::nullopt;
  Command command;
  command.kind = static_cast<Command::Kind>(1 + (word - session_words.begin()));
  if (command.kind == Command::Kind::speed) {
    command.speed = speed_of(value, mistakes);
  } else if (command.kind == Command::Kind::wait) {
    command.wait_s = wait_of(value, mistakes);
  } else if (!value.empty()) {
    mistakes.push_back(key + " stands alone; \"" + value + "\" means nothing here");
  }
  return mistakes.empty() ? std::optional(command) : std::nullopt;
}

}  // namespace

std::vector<std::string> Console::known_words(const Scenario& setup) const {
  std::vector<std::string> words{"port.charge", "port.load", "port.rest", "soc"};
  for (const std::string& name : scenario::action_names(setup.pack)) words.push_back(name);
  return words;
}

/// Takes "a." from the front of the key.
std::optional<std::size_t> Console::station_of(std::string& key, Mistakes& mistakes) const {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const std::string front = front_of(i);
    if (!key.starts_with(front)) continue;
    key.erase(0, front.size());
    return i;
  }
  const std::string between = places_.size() == 2 ? " or " : " to ";
  const auto is_known = [&](const Place& place) { return std::ranges::count(known_words(place.setup), key) > 0; };
  const std::size_t dot = key.find('.');
  if (std::ranges::any_of(places_, is_known)) {
    mistakes.push_back(key + ": which board? " + front_of(0) + key + between + front_of(places_.size() - 1) + key);
  } else if (dot == places_.front().name.size()) {
    mistakes.push_back(key + ": no board is called " + key.substr(0, dot) + "; " + places_.front().name + between +
                       places_.back().name);
  } else {
    mistakes.push_back(unknown(key, places_.front().setup));
  }
  return std::nullopt;
}

std::string Console::unknown(const std::string& key, const Scenario& setup) const {
  std::vector<std::string> known = known_words(setup);
  known.insert(known.end(), session_words.begin(), session_words.end());
  const auto near = scenario::nearest_of(key, known);
  return key + " is not something that can be done here." +
         (near.empty() ? " `help` lists what can" : scenario::near_text(near));
}

std::optional<Command> Console::read(std::string_view line, Mistakes& mistakes) {
  line = trimmed(line.substr(0, line.find('#')));
  Command command;
  if (line.empty()) return command;
  auto [key, value] = split(line);
  if (auto about_session = session_command(key, value, mistakes); about_session || !mistakes.empty())
    return about_session;
  const bool is_to_the_bus = places_.size() > 1 && key == "send";  // that all boards share, as in a scenario
  const auto station = is_to_the_bus ? std::optional<std::size_t>(0) : station_of(key, mistakes);
  if (!station) return std::nullopt;
  command.kind = Command::Kind::act;
  command.station = *station;
  command.typed = line;
  const std::size_t before = mistakes.size();
  if (act(key, value, command, mistakes) && names_the_bus_rightly(command, is_to_the_bus, mistakes)) return command;
  for (std::size_t i = before; i < mistakes.size() && !is_to_the_bus; ++i) mistakes[i].insert(0, front_of(*station));
  return std::nullopt;
}

/// Of several boards the Modbus ports are one bus, and jk_4e57 is a port of each.
bool Console::names_the_bus_rightly(const Command& command, bool is_to_the_bus, Mistakes& mistakes) const {
  if (places_.size() < 2 || command.actions.empty() || command.actions.front().target != "send") return true;
  const auto to = command.actions.front().words.find("to");
  const bool is_modbus = to != command.actions.front().words.end() && to->second == "jk_modbus";
  if (is_modbus == is_to_the_bus) return true;
  mistakes.push_back(is_modbus ? "send: the Modbus ports of all boards share one bus; type send without a board"
                               : "send: jk_4e57 is a port of each board; type " + front_of(0) + "send");
  return false;
}

bool Console::act(const std::string& key, const std::string& value, Command& command, Mistakes& mistakes) {
  const Scenario& setup = places_[command.station].setup;
  if (std::ranges::count(known_words(setup), key) == 0) return mistakes.push_back(unknown(key, setup)), false;
  if (value.empty() != (key == "port.rest")) {
    mistakes.push_back(value.empty() ? key + ": a value is due; `help` shows examples"
                                     : "port.rest stands alone; \"" + value + "\" means nothing here");
    return false;
  }
  if (lacks_unit(key, value, mistakes)) return false;
  for (const auto& [action_key, action_value] : in_scenario_words(key, value, setup)) {
    const auto action = action_of(action_key, action_value, setup, files_, mistakes);
    if (!action) return false;
    command.actions.push_back(*action);
    command.meaning.push_back(action_key + ": " + action_value);
  }
  return true;
}

std::string Console::help() const {
  const std::string front = front_of(0);
  const auto line = [&](const std::string& example, const std::string& what) {
    return "  " + example + std::string(std::max<std::size_t>(1, 34 - std::min<std::size_t>(33, example.size())), ' ') +
           what + "\n";
  };
  std::string text = "What can be typed (quantities with units, as in scenarios):\n";
  text += line(front + "port.charge 20 A", "a charger; beyond the cell limit unless a voltage follows: 20 A 28.8 V");
  text += line(front + "port.load 50 A", "a load; also 500 W or 1 ohm");
  text += line(front + "port.rest", "nothing on the port");
  text += line(front + "short 10 mohm", "a short circuit; short off");
  text += line(front + "soc 80 %", "all cells; " + front + "cell[3].soc 99 % one of them");
  text += line(front + "ambient -5 degC", "and " + front + "cell[3].temperature 60 degC");
  text += line(front + "ntc[1] open", "a fault: short, detached; `good` takes any fault away");
  text += line(front + "KEY VALUE", "whatever `do:` of a scenario takes (docs/scenarios.md), such as");
  text += line("", front + "cell[3] {internal_short: 2 ohm}   " + front + "discharge_bank stuck on   " + front +
                       "reset firmware");
  text += line("speed 10", "simulated seconds a second, 0.01 to 1000000");
  text += line("wait 5 s", "simulated time until the next line is read, for piped commands");
  text += line("status", "where everything stands; so does an empty line");
  text += line("quit", "the end; Ctrl-C is as good");
  if (places_.size() > 1) {
    text += "Boards:";
    for (const Place& place : places_) text += " " + place.name;
    text += "; what changes the world begins with one of them and a dot.\n";
  }
  return text;
}

}  // namespace rig::live
