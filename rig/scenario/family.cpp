// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/family.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "rig/scenario/parameters.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

using Entries = std::vector<Node::Entry>;

/// Takes `key` out of a mapping.
std::optional<Node::Entry> taken(Node& node, std::string_view key) {
  const auto found = std::ranges::find(node.entries, key, &Node::Entry::key);
  if (found == node.entries.end()) return std::nullopt;
  Node::Entry entry = std::move(*found);
  node.entries.erase(found);
  return entry;
}

bool holds(const Entries& entries, std::string_view name) {
  return std::ranges::find(entries, name, &Node::Entry::key) != entries.end();
}

class FamilyReader {
 public:
  FamilyReader(const Node::Entry& entry, const ScenarioFile& content, const std::filesystem::path& file,
               std::vector<ScenarioTree>& trees, Problems& problems)
      : content_(content), trees_(trees), problems_(problems) {
    base_.entry = entry;
    base_.file = file;
    base_.included = content.included;
    base_.invariants = content.invariants;
  }

  void run() {
    Node& body = base_.entry.value;
    if (body.is_mapping()) {
      const auto with = taken(body, "with"), grid = taken(body, "for"), own = taken(body, "parameters");
      const auto name = taken(body, "template");
      if (own) declare(*own);
      if (name) from_template(*name);
      if (with && !name) problems_.add(with->key_position, base_.entry.key + ": with stands beside template: only");
      if (with && name) give(*with);
      if (grid) return expand(*grid);
      require_all();
    }
    finish(base_);
  }

 private:
  void from_template(const Node::Entry& name) {
    const auto found = std::ranges::find(content_.templates, name.value.text, &Node::Entry::key);
    if (!name.value.is_scalar() || found == content_.templates.end()) {
      std::vector<std::string> known;
      for (const Node::Entry& one : content_.templates) known.push_back(one.key);
      problems_.add(name.value.position, "template: " + name.value.text +
                                             " is not a template of this file or of one that it includes." +
                                             (known.empty() ? "" : " Known: " + joined(known)));
      is_broken_ = true;
      return;
    }
    base_.template_name = found->key;
    Node body = found->value;
    if (const auto own = taken(body, "parameters")) declare(*own);
    for (const char* key : {"template", "with", "for"}) static_cast<void>(taken(body, key));  // said already
    base_.entry.value = merged(body, base_.entry.value);
  }

  /// {name: default}, name: required, or a list of names that are all required.
  void declare(const Node::Entry& declared) {
    const Node& node = declared.value;
    if (node.is_scalar()) return problems_.add(node.position, "parameters: {name: default} is due, or [name, …]");
    for (const Node& item : node.items) declared_.push_back({item.text, item.position, required(item.position)});
    for (const Node::Entry& one : node.entries) {
      if (one.value.is_scalar()) declared_.push_back(one);
      if (!one.value.is_scalar())
        problems_.add(one.value.position, "parameters: " + one.key + ": a single value is due, or required");
    }
    for (const Node::Entry& one : declared_) {
      if (!is_parameter_name(one.key))
        problems_.add(one.key_position, "parameters: a name is made of letters, digits and _; not \"" + one.key + "\"");
    }
  }

  static Node required(const SourcePosition& position) {
    Node node;
    node.position = position;
    node.text = "required";
    return node;
  }

  void give(const Node::Entry& with) {
    if (!with.value.is_mapping()) return problems_.add(with.value.position, "with: a mapping is due, {name: value}");
    for (const Node::Entry& one : with.value.entries) {
      check_name(one, "with");
      if (one.value.is_scalar()) given_.push_back(one);
      if (!one.value.is_scalar())
        problems_.add(one.value.position, "with: " + one.key + ": a single value is due; several stand in for:");
    }
  }

  void check_name(const Node::Entry& one, const char* key) {
    if (holds(declared_, one.key)) return;
    std::vector<std::string> known;
    for (const Node::Entry& parameter : declared_) known.push_back(parameter.key);
    std::set<std::string, std::less<>> used;
    collect_parameters(base_.entry.value, used);
    if (!is_broken_ && (!base_.template_name.empty() || !used.contains(one.key)))
      problems_.add(one.key_position,
                    std::string(key) + ": " + one.key +
                        (base_.template_name.empty() ? " is used nowhere; ${" + one.key + "} would be it"
                                                     : " is not a parameter of " + base_.template_name + "." +
                                                           (known.empty() ? "" : " Known: " + joined(known))));
  }

  void expand(const Node::Entry& grid) {
    if (!is_a_grid(grid)) return finish(base_);
    if (base_.template_name.empty()) base_.template_name = base_.entry.key;
    std::size_t size = 1;
    for (const Node::Entry& axis : grid.value.entries) {
      size *= axis.value.items.size();
      if (size > largest_family)
        return problems_.add(grid.key_position,
                             base_.entry.key + ": for: more than " + std::to_string(largest_family) + " instances");
    }
    for (std::size_t number = 0; number < size; ++number) instance(grid.value.entries, number, size);
  }

  bool is_a_grid(const Node::Entry& grid) {
    bool is_one = grid.value.is_mapping();
    if (!is_one) problems_.add(grid.value.position, "for: lists are due, {name: [value, …]}");
    for (const Node::Entry& axis : grid.value.entries) {
      check_name(axis, "for");
      if (holds(given_, axis.key)) problems_.add(axis.key_position, "for: " + axis.key + " stands in with: too");
      const bool is_list = axis.value.is_sequence() && !axis.value.items.empty() &&
                           std::ranges::all_of(axis.value.items, &Node::is_scalar);
      if (!is_list) problems_.add(axis.value.position, "for: " + axis.key + ": a list of values is due, [1, 8]");
      is_one = is_one && is_list;
    }
    return is_one;
  }

  /// The first name of the grid turns slowest.
  void instance(const Entries& axes, std::size_t number, std::size_t size) {
    ScenarioTree tree = base_;
    const Entries given = given_;
    for (const Node::Entry& axis : axes) {
      size /= axis.value.items.size();
      const Node& value = axis.value.items[number / size];
      number %= size;
      given_.push_back({axis.key, axis.key_position, value});
      tree.entry.key += "_" + instance_suffix(axis.key, value.text);
    }
    const auto same = [&](const ScenarioTree& other) { return other.entry.key == tree.entry.key; };
    if (std::ranges::any_of(trees_, same))
      problems_.add(axes.front().key_position, "for: two instances would be called " + tree.entry.key);
    require_all();
    finish(tree);
    given_ = given;
  }

  void require_all() {
    for (const Node::Entry& one : declared_) {
      if (one.value.text != "required" || holds(given_, one.key)) continue;
      is_broken_ = true;
      problems_.add(base_.entry.key_position,
                    base_.entry.key + ": " + base_.template_name + " wants a value for " + one.key + ", in with:");
    }
  }

  void finish(ScenarioTree tree) {
    for (const Entries& some : {given_, declared_, content_.parameters})
      tree.parameters.insert(tree.parameters.end(), some.begin(), some.end());
    if (!is_broken_) trees_.push_back(std::move(tree));
  }

  const ScenarioFile& content_;
  std::vector<ScenarioTree>& trees_;
  Problems& problems_;
  ScenarioTree base_;
  Entries declared_, given_;
  bool is_broken_ = false;  // its template is not there, or a value is missing
};

}  // namespace

void add_instances(const Node::Entry& entry, const ScenarioFile& content, const std::filesystem::path& file,
                   std::vector<ScenarioTree>& trees, Problems& problems) {
  FamilyReader(entry, content, file, trees, problems).run();
}

std::string instance_suffix(const std::string& parameter, const std::string& value) {
  std::string suffix = parameter + "_";
  for (const char c : value) {
    const bool is_legal = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    if (c == ' ') continue;
    if (c == '%') {
      suffix += "pct";
    } else {
      suffix += is_legal ? c : '_';
    }
  }
  return suffix;
}

}  // namespace rig::scenario
