// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "reports/render/json_fields.hpp"

namespace reports {
namespace json {
namespace {

using Node = nlohmann::ordered_json;

[[noreturn]] void fail(const std::string& path, const std::string& reason) {
  throw std::runtime_error("result document: " + (path.empty() ? "" : path + ": ") + reason);
}

/// Reads one object; remembers the keys asked for, so that a key nobody knows is an error too.
class Reader {
 public:
  Reader(const Node& node, std::string path) : node_(node), path_(std::move(path)) {
    if (!node.is_object()) fail(path_, std::string("an object is expected, not ") + node.type_name());
  }

  template <class T>
  void operator()(const char* key, T& value) {
    read(member(key), at(key), value);
  }
  template <class T>
  void operator()(const char* key, std::optional<T>& value) {
    value.reset();
    known_.insert(key);
    if (node_.contains(key)) read(node_[key], at(key), value.emplace());
  }
  template <class Words>
  void word(const char* key, std::string& value, const Words& words) {
    read(member(key), at(key), value);
    if (std::find(words.begin(), words.end(), value) == words.end())
      fail(at(key), "\"" + value + "\" is not one of its words");
  }
  void version(const char* key, int& value) {
    read(member(key), at(key), value);
    if (value != 1) fail(at(key), "version " + std::to_string(value) + " is not known; known is 1");
  }
  template <class Fill>
  void group(const char* key, Fill&& fill) {
    Reader inner(member(key), at(key));
    fill(inner);
    inner.expect_no_other_keys();
  }
  void counts(const char* key, const std::vector<ScenarioResult>& scenarios) {
    Reader inner(member(key), at(key));
    for (const std::string_view word : result_words) {
      std::uint64_t stated = 0;
      inner(std::string(word).c_str(), stated);
      const auto counted =
          std::count_if(scenarios.begin(), scenarios.end(), [&](const auto& one) { return one.result == word; });
      if (stated != static_cast<std::uint64_t>(counted)) {
        fail(inner.at(word), "says " + std::to_string(stated) + ", but there are " + std::to_string(counted));
      }
    }
    inner.expect_no_other_keys();
  }
  void expect_no_other_keys() const {
    for (const auto& [key, value] : node_.items()) {
      if (!known_.contains(key)) fail(at(key), "unknown key");
    }
  }

 private:
  [[nodiscard]] std::string at(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  }

  const Node& member(const char* key) {
    known_.insert(key);
    if (!node_.contains(key)) fail(at(key), "is missing");
    return node_[key];
  }

  static void read(const Node& node, const std::string& path, std::string& value) {
    if (!node.is_string()) fail(path, std::string("a text is expected, not ") + node.type_name());
    value = node.get<std::string>();
  }
  static void read(const Node& node, const std::string& path, bool& value) {
    if (!node.is_boolean()) fail(path, std::string("true or false is expected, not ") + node.type_name());
    value = node.get<bool>();
  }
  static void read(const Node& node, const std::string& path, double& value) {
    if (!node.is_number() && !node.is_null())
      fail(path, std::string("a number or null is expected, not ") + node.type_name());
    value = node.is_null() ? std::numeric_limits<double>::quiet_NaN() : node.get<double>();
  }
  static void read(const Node& node, const std::string& path, std::uint64_t& value) {
    if (!node.is_number_unsigned()) fail(path, "a whole number from 0 is expected, not " + node.dump());
    value = node.get<std::uint64_t>();
  }
  static void read(const Node& node, const std::string& path, std::int64_t& value) {
    const bool fits = node.is_number_integer() &&
                      (!node.is_number_unsigned() ||
                       node.get<std::uint64_t>() <= std::uint64_t{std::numeric_limits<std::int64_t>::max()});
    if (!fits) fail(path, "a whole number is expected, not " + node.dump());
    value = node.get<std::int64_t>();
  }
  static void read(const Node& node, const std::string& path, int& value) {
    std::int64_t wide = 0;
    read(node, path, wide);
    if (wide < 0 || wide > std::numeric_limits<int>::max()) fail(path, "out of range: " + node.dump());
    value = static_cast<int>(wide);
  }
  template <class T>
  static void read(const Node& node, const std::string& path, std::vector<T>& list) {
    if (!node.is_array()) fail(path, std::string("a list is expected, not ") + node.type_name());
    list.clear();
    for (std::size_t index = 0; index < node.size(); ++index) {
      read(node[index], path + "[" + std::to_string(index) + "]", list.emplace_back());
    }
  }
  template <class T>
  static void read(const Node& node, const std::string& path, std::map<std::string, T>& map) {
    if (!node.is_object()) fail(path, std::string("an object is expected, not ") + node.type_name());
    map.clear();
    for (const auto& [key, value] : node.items()) read(value, path + "." + key, map[key]);
  }
  template <class T>
  static void read(const Node& node, const std::string& path, T& structure) {
    Reader inner(node, path);
    fields(inner, structure);
    inner.expect_no_other_keys();
  }

  template <class T>
  friend T parse(const std::string& text);

  const Node& node_;
  std::string path_;
  std::set<std::string, std::less<>> known_;
};

/// nlohmann keeps the last of two equal keys; here that is an error.
Node parse_without_duplicates(const std::string& text) {
  std::vector<std::set<std::string>> keys;
  const auto watch = [&keys](int, Node::parse_event_t event, Node& parsed) {
    if (event == Node::parse_event_t::object_start) keys.emplace_back();
    if (event == Node::parse_event_t::object_end) keys.pop_back();
    if (event == Node::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second) {
      fail("", "the key " + parsed.get<std::string>() + " stands twice in one object");
    }
    return true;
  };
  try {
    return Node::parse(text, watch);
  } catch (const Node::exception& error) {  // no JSON, or a number beyond all doubles
    const std::string words = error.what();
    const std::size_t id = words.find("] ");  // "[json.exception.parse_error.101] "
    fail("", id == std::string::npos ? words : words.substr(id + 2));
  }
}

template <class T>
T parse(const std::string& text) {
  T value;
  const Node node = parse_without_duplicates(text);
  Reader::read(node, "", value);
  return value;
}

}  // namespace
}  // namespace json

RunResult from_json(const std::string& text) { return json::parse<RunResult>(text); }
ScenarioResult scenario_from_json(const std::string& text) { return json::parse<ScenarioResult>(text); }

}  // namespace reports
