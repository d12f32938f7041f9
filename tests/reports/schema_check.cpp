// SPDX-License-Identifier: Apache-2.0
#include "tests/reports/schema_check.hpp"

#include <set>

namespace reports {
namespace {

using nlohmann::json;

bool is_type(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  if (type == "integer") return value.is_number_integer();
  return type == "number" && value.is_number();
}

bool is_one_of_types(const json& value, const json& types) {
  if (types.is_string()) return is_type(value, types);
  return std::any_of(types.begin(), types.end(), [&](const json& type) { return is_type(value, type); });
}

std::string members(const json& root, const json& schema, const json& value, const std::string& path) {
  for (const json& key : schema.value("required", json::array())) {
    if (!value.contains(key.get<std::string>())) return path + "." + key.get<std::string>() + " is missing";
  }
  const json properties = schema.value("properties", json::object());
  const json additional = schema.value("additionalProperties", json(true));
  for (const auto& [key, member] : value.items()) {
    if (!properties.contains(key) && additional == json(false)) return path + "." + key + " is unknown";
    const json& inner = properties.contains(key) ? properties[key] : additional;
    if (!inner.is_object()) continue;
    if (std::string found = complaint(root, inner, member, path + "." + key); !found.empty()) return found;
  }
  return "";
}

}  // namespace

std::string complaint(const json& root, const json& schema, const json& value, const std::string& path) {
  static const std::set<std::string> known = {
      "$schema", "$id",   "$comment", "$defs", "$ref",     "title",      "type",
      "enum",    "const", "minimum",  "items", "required", "properties", "additionalProperties"};
  for (const auto& [word, content] : schema.items()) {
    if (!known.contains(word)) return "schema word " + word;
  }
  if (schema.contains("$ref")) {
    const json::json_pointer target(schema["$ref"].get<std::string>().substr(1));
    if (std::string found = complaint(root, root.at(target), value, path); !found.empty()) return found;
  }
  if (schema.contains("type") && !is_one_of_types(value, schema["type"])) return path + " has the wrong type";
  if (schema.contains("enum")) {
    const json& words = schema["enum"];
    if (std::find(words.begin(), words.end(), value) == words.end()) return path + " is none of the words";
  }
  if (schema.contains("const") && schema["const"] != value) return path + " has the wrong value";
  if (schema.contains("minimum") && value < schema["minimum"]) return path + " is too small";
  if (schema.contains("items")) {
    for (std::size_t index = 0; index < value.size(); ++index) {
      std::string found = complaint(root, schema["items"], value[index], path + "[" + std::to_string(index) + "]");
      if (!found.empty()) return found;
    }
  }
  return value.is_object() ? members(root, schema, value, path) : "";
}

}  // namespace reports
