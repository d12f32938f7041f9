// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/schema.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <vector>

#include "rig/scenario/keys.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

using Json = nlohmann::ordered_json;

const char* const number_pattern = R"(-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)";
const char* const parameter_pattern = R"(\$\{)";
const char* const index_pattern = R"(\[(?:[0-9]+|\$\{[A-Za-z_][A-Za-z0-9_]*\})\])";
const char* const board_name_pattern = "[a-z][a-z0-9_]{0,15}";

bool is_special(char c) { return std::string_view("\\^$.|?*+()[]{}/").find(c) != std::string_view::npos; }

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (is_special(c) && c != '/') result += '\\';
    result += c;
  }
  return result;
}

bool is_counted(const Key& key) { return key.name.find("[n]") != std::string::npos; }

std::string pattern_of_name(const std::string& name) {
  const std::size_t at = name.find("[n]");
  if (at == std::string::npos) return escaped(name);
  return escaped(name.substr(0, at)) + index_pattern + escaped(name.substr(at + 3));
}

/// "board.cells" -> "board.cells"; brackets need no escaping in a reference then.
std::string definition_name(std::string name) {
  const std::size_t at = name.find("[n]");
  return at == std::string::npos ? name : name.replace(at, 3, "_n");
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

Json required_each(const std::vector<std::string>& keys) {
  Json each = Json::array();
  for (const std::string& key : keys) each.push_back({{"required", {key}}});
  return each;
}

class Schema {
 public:
  explicit Schema(const FileKind& kind) : kind_(kind), has_parameters_(std::string_view(kind.name) == "scenario") {}

  Json run() {
    Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                   {"title", std::string("Cellrig: ") + kind_.name + " file"}};
    schema.update(mapping(place_of(kind_.place)));
    for (std::size_t i = 0; i < needed_.size(); ++i)  // grows on the way
      definitions_[definition_name(needed_[i])] = mapping(place_of(needed_[i]));
    if (!definitions_.empty()) schema["definitions"] = definitions_;
    return schema;
  }

 private:
  Json mapping(const Place& place) {
    Json object = {{"type", "object"}, {"description", capital(place.about)}};
    Json properties = Json::object(), patterns = Json::object();
    for (const Key& key : place.keys) {
      const Json value = described(key, place);
      if (!is_counted(key)) properties[key.name] = value;
      if (is_counted(key)) patterns["^" + pattern_of_name(key.name) + "$"] = value;
    }
    if (place.name == "do" || place.name == "action") add_boards(place, patterns);
    const bool is_filled = has_parameters_ && !place.name.starts_with("scenarios");
    if (is_filled && !place.keys.empty()) patterns[parameter_pattern] = Json::object();
    if (!properties.empty()) object["properties"] = properties;
    if (!patterns.empty()) object["patternProperties"] = patterns;
    object["additionalProperties"] = place.other ? described(*place.other, place) : Json(false);
    if (place.name == "scenarios" || place.name == "campaigns")
      object["propertyNames"] = {{"pattern", "^[A-Za-z0-9_][A-Za-z0-9_-]{0,149}$"}};
    if (!place.is_partial) add_required(place, object);
    add_company(place, object);
    return object;
  }

  /// Of several boards an action has the name of one in front.
  static void add_boards(const Place& place, Json& patterns) {
    for (const Key& key : place.keys) {
      if (place.name == "do" && place_of("action").find(key.name) == nullptr) continue;
      const std::string name = pattern_of_name(key.name), own = "^" + name + "$";
      patterns["^" + std::string(board_name_pattern) + "\\." + name + "$"] =
          is_counted(key) ? Json(patterns[own])
                          : Json{{"$ref", "#/definitions/" + place.name + "/properties/" + key.name}};
    }
  }

  static void add_required(const Place& place, Json& object) {
    Json always = Json::array(), conditions = Json::array();
    for (const Key& key : place.keys) {
      if (!key.is_required) continue;
      if (key.unless.empty()) {
        always.push_back(key.name);
      } else {
        std::vector<std::string> either{key.name};
        either.insert(either.end(), key.unless.begin(), key.unless.end());
        conditions.push_back({{"anyOf", required_each(either)}});
      }
    }
    if (!always.empty()) object["required"] = always;
    if (!place.exactly_one.empty()) conditions.push_back({{"oneOf", required_each(place.exactly_one)}});
    if (!place.at_least_one.empty()) conditions.push_back({{"anyOf", required_each(place.at_least_one)}});
    if (!conditions.empty()) object["allOf"] = conditions;
  }

  static void add_company(const Place& place, Json& object) {
    Json dependencies = Json::object();
    for (const Key& key : place.keys) {
      if (!key.needs.empty()) dependencies[key.name] = key.needs;
      if (!key.beside.empty()) dependencies[key.name] = {{"anyOf", required_each(key.beside)}};
    }
    if (!dependencies.empty()) object["dependencies"] = dependencies;
  }

  Json described(const Key& key, const Place& place) {
    Json value = {{"description", capital(key.meaning) + (key.is_required && place.is_partial ? " (required)" : "")}};
    if (!key.example.empty()) value["examples"] = {key.example};
    Json forms = Json::array();
    if (!key.place.empty()) forms.push_back(reference(key.place));
    Json scalars = scalar_forms(key);
    if (key.list == Key::List::yes) scalars.insert(scalars.end(), forms.begin(), forms.end());
    if (key.list != Key::List::no) forms = key.list == Key::List::yes ? Json::array() : forms.empty() ? scalars : forms;
    if (key.list != Key::List::no)
      forms.push_back({{"type", "array"}, {"items", scalars.size() == 1 ? scalars[0] : Json{{"anyOf", scalars}}}});
    else
      forms.insert(forms.end(), scalars.begin(), scalars.end());
    const bool is_plain = forms.size() == 1 && !forms[0].contains("$ref");
    if (is_plain) value.update(forms[0]);
    if (!is_plain) value[forms.size() == 1 ? "allOf" : "anyOf"] = forms;
    return value;
  }

  Json reference(const std::string& place) {
    if (std::ranges::find(needed_, place) == needed_.end()) needed_.push_back(place);
    return {{"$ref", "#/definitions/" + definition_name(place)}};
  }

  Json scalar_forms(const Key& key) const {
    Json forms = Json::array();
    if (key.kind != Key::Kind::none) forms.push_back(scalar(key));
    if (key.words.empty()) return forms;
    Json words = Json::array();
    for (const std::string& word : key.words) {
      words.push_back(word);
      if (parse_quantity(word) && parse_quantity(word)->dimension == Dimension::none) words.push_back(std::stoi(word));
    }
    forms.push_back({{"enum", words}});
    if (key.has_board)
      forms.push_back(
          {{"type", "string"}, {"pattern", "^" + std::string(board_name_pattern) + "\\." + one_of(key.words) + "$"}});
    if (has_parameters_ && key.kind == Key::Kind::none)
      forms.push_back({{"type", "string"}, {"pattern", parameter_pattern}});
    return forms;
  }

  [[nodiscard]] Json scalar(const Key& key) const {
    switch (key.kind) {
      case Key::Kind::quantity:
        return quantity(key);
      case Key::Kind::whole:
        return number(key, "integer", "-?[0-9]+");
      case Key::Kind::amount:
        return {{"type", {"string", "number"}},
                {"pattern", pattern(std::string(number_pattern) + " *" + any_unit(key))}};
      default:
        return {{"type", {"string", "number", "boolean"}}, {"minLength", 1}};
    }
  }

  [[nodiscard]] Json quantity(const Key& key) const {
    std::vector<std::string> units =
        key.dimension == Dimension::none ? std::vector<std::string>{} : units_of(key.dimension);
    if (!key.unit.empty()) units.push_back(key.unit);
    if (units.empty()) return number(key, "number", number_pattern);
    return {{"type", "string"}, {"pattern", pattern(std::string(number_pattern) + " *" + one_of(units))}};
  }

  [[nodiscard]] Json number(const Key& key, const char* type, const std::string& text) const {
    Json value = {{"type", {type, "string"}}, {"pattern", pattern(text)}};
    if (key.low) value[key.is_open ? "exclusiveMinimum" : "minimum"] = *key.low;
    if (key.high) value["maximum"] = *key.high;
    return value;
  }

  static std::string one_of(std::vector<std::string> units) {
    for (std::string& unit : units) unit = escaped(unit);
    return "(?:" + joined(units, "|") + ")";
  }

  static std::string any_unit(const Key& key) {
    std::vector<std::string> units;
    for (int d = static_cast<int>(Dimension::none); d <= static_cast<int>(Dimension::c_rate); ++d) {
      for (const std::string& unit : units_of(static_cast<Dimension>(d))) units.push_back(unit);
    }
    if (!key.unit.empty()) units.push_back(key.unit);
    return one_of(units) + "?";
  }

  [[nodiscard]] std::string pattern(const std::string& text) const {
    return has_parameters_ ? "^ *" + text + " *$|" + parameter_pattern : "^ *" + text + " *$";
  }

  const FileKind kind_;
  const bool has_parameters_;
  std::vector<std::string> needed_;
  Json definitions_ = Json::object();
};

}  // namespace

std::string json_schema(std::string_view kind) {
  for (const FileKind& known : file_kinds()) {
    if (kind == known.name) return Schema(known).run().dump(2) + "\n";
  }
  throw std::logic_error("no kind of file is called " + std::string(kind));
}

}  // namespace rig::scenario
