// SPDX-License-Identifier: Apache-2.0
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "reports/clauses/clauses.hpp"

namespace reports::clauses {
namespace {

using Mistakes = std::vector<std::string>;

constexpr std::size_t max_bytes = 1 << 20;

/// One mapping, key by key; what nobody asked for is a mistake.
class Mapping {
 public:
  Mapping(const YAML::Node& node, std::string what, const std::string& file, Mistakes& mistakes)
      : node_(node), what_(std::move(what)), file_(file), mistakes_(mistakes) {
    if (!node.IsMap()) {
      complain(node.Mark(), "a mapping is due");
      return;
    }
    std::set<std::string> seen;
    for (const auto& entry : node) {
      if (!entry.first.IsScalar()) {
        complain(entry.first.Mark(), "a key is a word");
      } else if (!seen.insert(entry.first.Scalar()).second) {
        complain(entry.first.Mark(), entry.first.Scalar() + " stands twice");
      }
    }
  }

  std::string text(const char* key, bool may_be_null = false) {
    const YAML::Node value = take(key);
    if (!value) return "";
    if (may_be_null && value.IsNull()) return "";
    if (value.IsScalar() && !value.Scalar().empty()) return value.Scalar();
    complain(value.Mark(), std::string(key) + ": a text is due");
    return "";
  }
  std::string word(const char* key, const std::vector<std::string>& words) {
    const YAML::Node value = take(key);
    if (!value) return "";
    if (value.IsScalar() && std::ranges::find(words, value.Scalar()) != words.end()) return value.Scalar();
    std::string known;
    for (const std::string& one : words) known += (known.empty() ? "" : ", ") + one;
    complain(value.Mark(), std::string(key) + ": " +
                               (value.IsScalar() ? "\"" + value.Scalar() + "\" is " : "this is ") + "none of " + known);
    return "";
  }
  std::vector<std::string> texts(const char* key) {
    const YAML::Node value = take(key);
    std::vector<std::string> list;
    if (!value) return list;
    if (!value.IsSequence()) complain(value.Mark(), std::string(key) + ": a list is due, [] for none");
    for (const YAML::Node& item : value.IsSequence() ? value : YAML::Node(YAML::NodeType::Sequence)) {
      if (item.IsScalar() && !item.Scalar().empty())
        list.push_back(item.Scalar());
      else
        complain(item.Mark(), std::string(key) + ": a text is due");
    }
    return list;
  }
  YAML::Node take(const char* key) {
    asked_.insert(key);
    YAML::Node found(YAML::NodeType::Undefined);
    if (node_.IsMap()) {
      for (const auto& entry : node_)
        if (entry.first.IsScalar() && entry.first.Scalar() == key) return entry.second;
      complain(node_.Mark(), std::string(key) + " is missing");
    }
    return found;
  }
  [[nodiscard]] bool has(const char* key) const { return node_.IsMap() && node_[key].IsDefined(); }
  void finish() {
    if (!node_.IsMap()) return;
    for (const auto& entry : node_) {
      if (entry.first.IsScalar() && !asked_.contains(entry.first.Scalar()))
        complain(entry.first.Mark(), entry.first.Scalar() + " is no key here; known: " + known());
    }
  }
  void complain(const YAML::Mark& mark, const std::string& sentence) {
    mistakes_.push_back(file_ + ":" + std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1) + "  " +
                        what_ + ": " + sentence);
  }

 private:
  [[nodiscard]] std::string known() const {
    std::string all;
    for (const std::string& key : asked_) all += (all.empty() ? "" : ", ") + key;
    return all;
  }

  const YAML::Node& node_;
  std::string what_;
  const std::string& file_;
  Mistakes& mistakes_;
  std::set<std::string> asked_;
};

/// The way standards bodies write it: GB 43854-2024, all others IEC 62619:2022.
std::string key_of(const std::string& name, const std::string& edition) {
  return name + (name.starts_with("GB") ? "-" : ":") + edition;
}

bool is_number(const std::string& text) {
  const auto legal = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
  };
  return !text.empty() && std::ranges::all_of(text, legal) && text.front() != '.' && text.back() != '.';
}

Clause clause_of(const YAML::Node& node, const std::string& number, const Standard& standard, const std::string& file,
                 Mistakes& mistakes) {
  Mapping mapping(node, number, file, mistakes);
  Clause clause;
  clause.id = standard.key + "/" + number;
  clause.standard = standard.name;
  clause.edition = standard.edition;
  clause.number = number;
  clause.file = file;
  clause.title = mapping.text("title");
  clause.stimulus = mapping.text("stimulus");
  clause.bms_criterion = mapping.text("bms_criterion");
  clause.numbers = mapping.texts("numbers");
  clause.rig_shows = mapping.text("rig_shows");
  clause.rig_cannot = mapping.text("rig_cannot");
  clause.coverage = mapping.word("coverage", {"full", "control-part", "none", "not_applicable"});
  const bool needs_reason = clause.coverage == "not_applicable";
  if (needs_reason || mapping.has("reason")) clause.reason = mapping.text("reason");
  if (!needs_reason && !clause.reason.empty())
    mapping.complain(node["reason"].Mark(), "reason: only of coverage: not_applicable");
  clause.confidence = mapping.word("confidence", {"S", "L", "C"});
  clause.checked_by = mapping.text("checked_by", true);
  mapping.finish();
  return clause;
}

Standard standard_in(const YAML::Node& root, const std::string& file, Mistakes& mistakes) {
  Standard standard;
  Mapping mapping(root, "catalogue", file, mistakes);
  standard.name = mapping.text("standard");
  standard.edition = mapping.text("edition");
  standard.title = mapping.text("title");
  standard.key = key_of(standard.name, standard.edition);
  const YAML::Node clauses = mapping.take("clauses");
  mapping.finish();
  if (!clauses) return standard;
  const Mapping list(clauses, "clauses", file, mistakes);
  if (!clauses.IsMap()) return standard;
  if (clauses.size() == 0) mapping.complain(clauses.Mark(), "clauses: at least one is due");
  for (const auto& entry : clauses) {
    if (!entry.first.IsScalar()) continue;
    const std::string& number = entry.first.Scalar();
    if (!is_number(number))
      mapping.complain(entry.first.Mark(), "\"" + number + "\" is no number of a clause: letters, digits, . and -");
    standard.clauses.push_back(clause_of(entry.second, number, standard, file, mistakes));
    standard.clauses.back().line = entry.first.Mark().line + 1;
  }
  return standard;
}

}  // namespace

void read(const std::string& text, const std::string& file, Catalogue& into, Mistakes& mistakes) {
  const std::size_t before = mistakes.size();
  Standard standard;
  if (text.size() > max_bytes) {
    mistakes.push_back(file + ":1:1  " + std::to_string(text.size()) + " bytes; at most 1 MB is read");
    return;
  }
  try {
    const YAML::Node root = YAML::Load(text);
    standard = standard_in(root, file, mistakes);
  } catch (const YAML::Exception& error) {
    mistakes.push_back(file + ":" + std::to_string(error.mark.line + 1) + ":" + std::to_string(error.mark.column + 1) +
                       "  not YAML: " + error.msg);
  }
  if (mistakes.size() != before) return;
  const auto there = std::ranges::find(into.standards, standard.key, &Standard::key);
  if (there != into.standards.end()) {
    mistakes.push_back(file + ":1:1  " + standard.key + " is already in the catalogue");
    return;
  }
  into.standards.push_back(std::move(standard));
  std::ranges::sort(into.standards, {}, &Standard::key);
}

}  // namespace reports::clauses
