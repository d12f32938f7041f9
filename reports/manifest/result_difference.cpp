// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/manifest/manifest.hpp"

namespace reports::manifest {
namespace {

using Json = nlohmann::ordered_json;

bool is_of_the_machine(const std::string& key) { return key == "time_of_day" || key == "again"; }

std::string shown(const Json& value) {
  constexpr std::size_t longest = 120;
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() <= longest ? text : text.substr(0, longest) + "…";
}

std::string both(const std::string& path, const Json* recorded, const Json* now) {
  const std::string left = recorded == nullptr ? "nothing" : shown(*recorded);
  const std::string right = now == nullptr ? "nothing" : shown(*now);
  return (path.empty() ? "the document" : path) + ": " + left + " was recorded, " + right + " came now";
}

std::string first_difference(const std::string& path, const Json& recorded, const Json& now);

std::string in_objects(const std::string& path, const Json& recorded, const Json& now) {
  const auto at = [&](const std::string& key) { return path.empty() ? key : path + "." + key; };
  for (const auto& [key, value] : recorded.items()) {
    if (is_of_the_machine(key)) continue;
    if (!now.contains(key)) return both(at(key), &value, nullptr);
    if (std::string found = first_difference(at(key), value, now.at(key)); !found.empty()) return found;
  }
  for (const auto& [key, value] : now.items()) {
    if (!is_of_the_machine(key) && !recorded.contains(key)) return both(at(key), nullptr, &value);
  }
  return "";
}

/// " (overcharge)" of a scenario, which says more than its number.
std::string name_of(const Json& value) {
  const bool has_one = value.is_object() && value.contains("name") && value["name"].is_string();
  return has_one ? " (" + value["name"].get<std::string>() + ")" : "";
}

std::string in_lists(const std::string& path, const Json& recorded, const Json& now) {
  for (std::size_t i = 0; i < std::max(recorded.size(), now.size()); ++i) {
    const std::string at = path + "[" + std::to_string(i) + "]" + name_of(i < recorded.size() ? recorded[i] : now[i]);
    if (i >= now.size()) return both(at, &recorded[i], nullptr);
    if (i >= recorded.size()) return both(at, nullptr, &now[i]);
    if (std::string found = first_difference(at, recorded[i], now[i]); !found.empty()) return found;
  }
  return "";
}

std::string first_difference(const std::string& path, const Json& recorded, const Json& now) {
  if (recorded.is_object() && now.is_object()) return in_objects(path, recorded, now);
  if (recorded.is_array() && now.is_array()) return in_lists(path, recorded, now);
  const bool same = recorded.type() == now.type() ? recorded == now : recorded.dump() == now.dump();
  return same ? "" : both(path, &recorded, &now);
}

}  // namespace

std::string first_result_difference(const std::string& recorded, const std::string& now) {
  return first_difference("", Json::parse(recorded), Json::parse(now));
}

}  // namespace reports::manifest
