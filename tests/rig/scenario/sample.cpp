// SPDX-License-Identifier: Apache-2.0
#include "tests/rig/scenario/sample.hpp"

#include <algorithm>
#include <map>

namespace rig::scenario {
namespace {

const std::string unknown = "qqqqqqqqqqqqqqqqqqqqqqqq";

std::string one_name(std::string name) {
  const std::size_t at = name.find("[n]");
  return at == std::string::npos ? name : name.replace(at, 3, "[2]");
}

/// "3.5 V, 3.8 V" -> both
Json list_of(const std::string& example) {
  Json list = Json::array();
  for (std::size_t at = 0; at <= example.size();) {
    const std::size_t comma = std::min(example.find(", ", at), example.size());
    list.push_back(example.substr(at, comma - at));
    at = comma + 2;
  }
  return list;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// What the reader wants to see beside a key, and a table of single mappings cannot say.
Json company_of(const std::string& place, const std::string& key) {
  static const std::map<std::string, Json> known{
      {"board.pins reset_level", {{"is", "charge_gate"}, {"direction", "out"}}},
      {"do after", {{"when", "charge_fet is off"}}},
      {"do.flood id", {{"to", "can"}}},
      {"cell.heat surface_capacity", {{"core_to_surface", "1 W/K"}}},
      {"campaign shrink", {{"vary", {{"run_for", Json::array({"1 min"})}}}}},
  };
  const auto found = known.find(place + " " + key);
  return found == known.end() ? Json::object() : found->second;
}

void add(const Place& place, const std::string& name, Json& mapping) {
  const Key& key = place.at(name);
  if (!mapping.contains(one_name(name))) mapping[one_name(name)] = value_of(key);
  for (const std::string& needed : key.needs) mapping[needed] = value_of(place.at(needed));
  if (!key.beside.empty() && std::ranges::none_of(key.beside, [&](const auto& one) { return mapping.contains(one); }))
    add(place, key.beside.front(), mapping);
}

/// Amounts in the unit of what is measured.
Json in_unit_of_input(Json mapping, const char* input) {
  const std::string is = mapping[input];
  const char* const unit = is == "port_current" ? "A" : is.starts_with("ntc") ? "%" : "V";
  for (const char* key : {"full_scale", "offset_sigma", "noise_sigma", "offset"}) {
    if (!mapping.contains(key) || !mapping[key].is_string()) continue;
    const std::string amount = mapping[key];
    if (amount.ends_with("A") || amount.ends_with("V")) mapping[key] = amount.substr(0, amount.size() - 1) + unit;
  }
  return mapping;
}

/// A default of the kind that the unit measures.
Json with_default(Json setting) {
  static const std::map<std::string, std::string> defaults{
      {"1", "1"},    {"bit", "on"},   {"mV", "3.6 V"}, {"mA", "1 A"}, {"mAh", "1 Ah"},   {"ddegC", "25 degC"},
      {"%", "10 %"}, {"ppm", "10 %"}, {"us", "1 s"},   {"dK", "1 K"}, {"mohm", "1 ohm"}, {"uohm", "1 ohm"}};
  if (!setting.contains("unit") || !setting["unit"].is_string()) return setting;
  const auto found = defaults.find(setting["unit"]);
  for (const char* key : {"default", "min", "max"}) {
    if (setting.contains(key)) setting[key] = found == defaults.end() ? "1 h" : found->second;
  }
  return setting;
}

/// What belongs together: a pin's role and its direction, an input and its unit.
Json fitting(const std::string& place, Json mapping) {
  if (place == "board.adc" || place == "board.spi.inputs") return in_unit_of_input(mapping, "is");
  if (place == "do.measuring") return in_unit_of_input(mapping, "of");
  if (place == "board.setting") return with_default(std::move(mapping));
  if (place != "board.pins") return mapping;
  const bool is_input = mapping["is"] == "button" || mapping["is"] == "short_circuit_comparator";
  mapping["direction"] = is_input ? "in" : "out";
  if (!is_input) mapping["reset_level"] = "0";
  if (is_input) mapping.erase("reset_level");
  return mapping;
}

bool contains_one(const Json& mapping, const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [&](const auto& name) { return mapping.contains(name); });
}

Json other_of(const Place& place) {
  static const std::map<std::string, std::string> names{
      {"scenario.settings", "cell_ovp"}, {"board.preset", "cell_ovp"}, {"campaign.faults.list", "open_lead"}};
  const auto known = names.find(place.name);
  const std::string name = known == names.end() ? "a" : known->second;
  Json mapping = Json::object();
  mapping[name] = value_of(*place.other);
  if (place.name == "campaign.faults.list") mapping["short"] = {{"ambient", "40 degC"}};
  return mapping;
}

}  // namespace

Json value_of(const Key& key) {
  const bool is_plain = !key.example.empty() && key.place.empty();
  if (key.place == "scenario.parameters") return Json::object();
  Json one = is_plain ? Json(key.example) : mapping_with(place_of(key.place), "");
  if (key.list != Key::List::yes) return one;
  return is_plain ? list_of(key.example) : Json::array({one});
}

Json wrong_value_of(const Key& key) {
  if (key.list == Key::List::yes) return Json{{"a", Json{{"b", "c"}}}};
  const bool is_text = key.kind == Key::Kind::text || key.kind == Key::Kind::file || key.kind == Key::Kind::condition ||
                       key.kind == Key::Kind::moment || key.kind == Key::Kind::scalar;
  if (is_text) return key.place.empty() ? Json{{"a", "b"}} : Json();
  return "1 " + unknown;
}

Json mapping_with(const Place& place, const std::string& name) {
  Json mapping = Json::object();
  const Key* const wanted = name.empty() ? nullptr : &place.at(name);
  if (wanted != nullptr) mapping.update(company_of(place.name, name));
  if (wanted != nullptr) add(place, name, mapping);
  for (const Key& key : place.keys) {
    if (key.is_required && !has(key.unless, name)) add(place, key.name, mapping);
  }
  if (name == "boards") mapping["expect"] = Json::array({Json{{"always", "a.charge_fet is on"}}});
  for (const auto* choice : {&place.exactly_one, &place.at_least_one}) {
    if (!choice->empty() && !contains_one(mapping, *choice)) add(place, choice->front(), mapping);
  }
  if (mapping.empty() && place.other && place.keys.empty()) return other_of(place);
  if ((place.name == "do" || place.name == "action") &&
      std::ranges::none_of(place_of("action").keys,
                           [&](const Key& key) { return mapping.contains(one_name(key.name)); }))
    mapping["ambient"] = "25 degC";
  return fitting(place.name, mapping);
}

std::vector<Sample> right_samples(const Place& place) {
  std::vector<Sample> samples;
  if (place.other) samples.push_back({place.name, "*", other_of(place)});
  for (const Key& key : place.keys) {
    const Json mapping = mapping_with(place, key.name);
    samples.push_back({place.name, key.name, mapping});
    for (const std::string& word : key.words) {
      Json with_word = mapping;
      with_word[one_name(key.name)] = key.list == Key::List::yes ? Json::array({word}) : Json(word);
      if (place.name == "board.pins" && word == "out") with_word["is"] = "charge_gate";
      samples.push_back({place.name, key.name + " " + word, fitting(place.name, with_word)});
    }
    if (key.list != Key::List::either || !key.place.empty()) continue;
    Json with_list = mapping;
    with_list[key.name] = Json::array({key.example});
    samples.push_back({place.name, key.name + " as a list", with_list});
  }
  return samples;
}

std::vector<Sample> wrong_samples(const Place& place) {
  std::vector<Sample> samples;
  const auto without = [&](const std::string& base, const std::string& key, const std::string& what) {
    Json mapping = mapping_with(place, base);
    mapping.erase(one_name(key));
    samples.push_back({place.name, base + " without " + key + ", " + what, mapping});
  };
  if (!place.other) {
    samples.push_back({place.name, "an unknown key", mapping_with(place, "")});
    samples.back().mapping[unknown] = "1";
  }
  for (const Key& key : place.keys) {
    const Json wrong = wrong_value_of(key);
    Json mapping = mapping_with(place, key.name);
    mapping[one_name(key.name)] = wrong;
    if (!wrong.is_null()) samples.push_back({place.name, key.name + " wrong", mapping});
    if (key.is_required && !place.is_partial) without("", key.name, "required");
    for (const std::string& needed : key.needs) without(key.name, needed, "needed");
    if (!key.beside.empty()) {
      Json alone = mapping_with(place, key.name);
      for (const std::string& one : key.beside) alone.erase(one);
      samples.push_back({place.name, key.name + " alone", alone});
    }
  }
  for (std::size_t i = 1; i < place.exactly_one.size(); ++i) {
    Json both = mapping_with(place, place.exactly_one[i]);
    add(place, place.exactly_one.front(), both);
    samples.push_back({place.name, place.exactly_one[i] + " and " + place.exactly_one.front(), both});
  }
  for (const auto* choice : {&place.exactly_one, &place.at_least_one}) {
    if (choice->empty()) continue;
    Json none = mapping_with(place, "");
    for (const std::string& one : *choice) none.erase(one);
    samples.push_back({place.name, "none of those of which one is due", none});
  }
  return samples;
}

}  // namespace rig::scenario
