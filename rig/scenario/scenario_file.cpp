// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/scenario_file.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "rig/scenario/parameters.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

bool is_file_key(const std::string& key) {
  return std::ranges::any_of(file_keys, [&](const char* one) { return key == one; });
}

class ScenarioFileReader {
 public:
  ScenarioFileReader(Files& files, Problems& problems) : files_(files), problems_(problems) {}

  ScenarioFile read(const fs::path& file) {
    if (const auto source = files_.open_path(file, problems_)) take(*source, true);
    return std::move(result_);
  }

 private:
  void take(const Files::File& file, bool is_root) {
    const Node& root = files_.tree_of(file);
    if (root.entries.empty()) problems_.add(root.position, "no scenario in it");
    under_way_.push_back(file.path);
    for (const Node::Entry& entry : root.entries) {
      if (entry.key == "parameters") parameters(entry);
      if (entry.key == "templates") templates(entry);
      if (entry.key == "invariants") invariants(entry);
      if (is_root && !is_file_key(entry.key)) result_.scenarios.push_back(entry);
    }
    if (is_root && !result_.scenarios.empty()) refuse_unused(root);
    if (const Node::Entry* entry = root.find("include")) include(entry->value);
    under_way_.pop_back();
  }

  void parameters(const Node::Entry& entry) {
    if (!is_a_mapping(entry, "{name: value}")) return;
    for (const Node::Entry& one : entry.value.entries) {
      if (!is_parameter_name(one.key))
        problems_.add(one.key_position, "parameters: a name is made of letters, digits and _; not \"" + one.key + "\"");
      if (!one.value.is_scalar()) {
        problems_.add(one.value.position, "parameters: " + one.key + ": a single value is due");
        continue;
      }
      result_.parameters.push_back(one);
    }
  }

  void templates(const Node::Entry& entry) {
    if (!is_a_mapping(entry, "{name: scenario}")) return;
    for (const Node::Entry& one : entry.value.entries) {
      if (!is_a_mapping(one, "a scenario")) continue;
      for (const char* key : {"template", "with", "for"}) {
        if (const Node::Entry* wrong = one.value.find(key))
          problems_.add(wrong->key_position, one.key + ": " + key + " stands in a scenario, not in a template");
      }
      const auto same = std::ranges::find(result_.templates, one.key, &Node::Entry::key);
      if (same != result_.templates.end())
        problems_.add(one.key_position, "templates: " + one.key + " stands twice; first in " + same->key_position.file +
                                            ":" + std::to_string(same->key_position.line));
      refuse_idle(one);
      result_.templates.push_back(one);
    }
  }

  void refuse_idle(const Node::Entry& one) {
    const Node::Entry* const declared = one.value.find("parameters");
    if (declared == nullptr) return;
    std::set<std::string, std::less<>> used;
    collect_parameters(one.value, used);
    const auto look_at = [&](const std::string& name, const SourcePosition& position) {
      if (is_parameter_name(name) && !used.contains(name))
        problems_.add(position, one.key + ": the parameter " + name + " is used nowhere; ${" + name + "} would be it");
    };
    for (const Node& item : declared->value.items) look_at(item.text, item.position);
    for (const Node::Entry& entry : declared->value.entries) look_at(entry.key, entry.key_position);
  }

  void invariants(const Node::Entry& entry) {
    if (!entry.value.is_sequence())
      return problems_.add(entry.value.position, "invariants: a list of claims (- always: …) is due");
    result_.invariants.insert(result_.invariants.end(), entry.value.items.begin(), entry.value.items.end());
  }

  void include(const Node& node) {
    if (node.is_mapping()) return problems_.add(node.position, "include: the name of a file is due, or a list of them");
    if (node.is_scalar()) return include_one(node);
    for (const Node& item : node.items) include_one(item);
  }

  void include_one(const Node& reference) {
    const auto file = files_.open(reference, "include", under_way_.back().parent_path(), problems_);
    if (!file) return;
    const auto is_same = [&](const fs::path& other) {
      std::error_code failed;
      return fs::equivalent(other, file->path, failed);
    };
    const auto begin = std::ranges::find_if(under_way_, is_same);
    if (begin != under_way_.end()) {
      std::string chain;
      for (auto it = begin; it != under_way_.end(); ++it) chain += it->filename().string() + " -> ";
      return problems_.add(reference.position, "include: " + reference.text + " includes itself: " + chain +
                                                   file->path.filename().string());
    }
    if (std::ranges::any_of(result_.included, is_same)) return;
    result_.included.push_back(file->path);
    take(*file, false);
  }

  // What only includes and declares may be meant for others; beside scenarios an idle parameter is a slip.
  void refuse_unused(const Node& root) {
    std::set<std::string, std::less<>> used;
    collect_parameters(root, used);
    const Node::Entry* declared = root.find("parameters");
    if (declared == nullptr) return;
    for (const Node::Entry& one : declared->value.entries) {
      if (!used.contains(one.key))
        problems_.add(one.key_position, "parameters: " + one.key + " is used nowhere; ${" + one.key + "} would be it");
    }
  }

  bool is_a_mapping(const Node::Entry& entry, const char* what) {
    if (!entry.value.is_mapping())
      problems_.add(entry.value.position, entry.key + ": a mapping is due, " + std::string(what));
    return entry.value.is_mapping();
  }

  Files& files_;
  Problems& problems_;
  ScenarioFile result_;
  std::vector<fs::path> under_way_;
};

}  // namespace

ScenarioFile read_scenario_file(const fs::path& file, Files& files, Problems& problems) {
  return ScenarioFileReader(files, problems).read(file);
}

}  // namespace rig::scenario
