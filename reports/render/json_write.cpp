// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/render/json_fields.hpp"
#include "reports/render/text.hpp"

namespace reports {
namespace json {
namespace {

using Node = nlohmann::ordered_json;

class Writer {
 public:
  template <class T>
  void operator()(const char* key, T& value) {
    node_[key] = node(value);
  }
  template <class T>
  void operator()(const char* key, std::optional<T>& value) {
    if (value) node_[key] = node(*value);
  }
  template <class Words>
  void word(const char* key, std::string& value, const Words&) {
    node_[key] = node(value);
  }
  void version(const char* key, int& value) { node_[key] = value; }

  template <class Fill>
  void group(const char* key, Fill&& fill) {
    Writer inner;
    fill(inner);
    node_[key] = std::move(inner.node_);
  }
  void counts(const char* key, const std::vector<ScenarioResult>& scenarios) {
    Node counts = Node::object();
    for (const std::string_view word : result_words) counts[std::string(word)] = 0;
    for (const ScenarioResult& scenario : scenarios) {
      counts[scenario.result] = counts.value(scenario.result, 0) + 1;
    }
    node_[key] = std::move(counts);
  }

  static Node node(std::string& value) { return printable(value); }
  static Node node(bool value) { return value; }
  static Node node(int value) { return value; }
  static Node node(std::int64_t value) { return value; }
  static Node node(std::uint64_t value) { return value; }
  static Node node(double value) { return std::isfinite(value) ? Node(value) : Node(nullptr); }
  template <class T>
  static Node node(std::vector<T>& list) {
    Node array = Node::array();
    for (T& element : list) array.push_back(node(element));
    return array;
  }
  template <class T>
  static Node node(std::map<std::string, T>& map) {
    Node object = Node::object();
    for (auto& [key, value] : map) object[printable(key)] = node(value);
    return object;
  }
  template <class T>
  static Node node(T& structure) {
    Writer inner;
    fields(inner, structure);
    return std::move(inner.node_);
  }

 private:
  Node node_ = Node::object();
};

template <class T>
std::string dump(T copy) {
  return Writer::node(copy).dump(1) + "\n";
}

}  // namespace
}  // namespace json

std::string to_json(const RunResult& result) { return json::dump(result); }
std::string scenario_to_json(const ScenarioResult& result) { return json::dump(result); }

}  // namespace reports
