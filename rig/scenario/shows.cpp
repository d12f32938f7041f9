// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/shows.hpp"

#include <algorithm>

#include "reports/clauses/clauses.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

using reports::clauses::Standard;

std::vector<std::string> ids_of(const Standard& standard) {
  std::vector<std::string> ids;
  for (const auto& clause : standard.clauses) ids.push_back(clause.id);
  return ids;
}

/// By the numbers: of the ids themselves most is alike.
std::string near_clauses(const std::string& number, const Standard& standard) {
  std::vector<std::string> numbers;
  for (const auto& clause : standard.clauses) numbers.push_back(clause.number);
  std::vector<std::string> near = nearest_of(number, numbers);
  for (std::string& one : near) one.insert(0, standard.key + "/");
  return near.empty() ? " Known: " + joined(ids_of(standard)) : near_text(near);
}

/// The standard whose key `id` begins with, whatever stands behind it.
const Standard* begun_with(const std::string& id) {
  for (const Standard& standard : reports::clauses::catalogue().standards) {
    if (id == standard.key || (id.starts_with(standard.key) && id[standard.key.size()] == ' ')) return &standard;
  }
  return nullptr;
}

/// The standard that `id` names without an edition.
const Standard* without_edition(const std::string& id) {
  for (const Standard& standard : reports::clauses::catalogue().standards) {
    if (id.starts_with(standard.name + "/")) return &standard;
  }
  return nullptr;
}

std::string mistake_in(const std::string& id) {
  const auto& catalogue = reports::clauses::catalogue();
  if (const Standard* const standard = catalogue.standard_of(id)) {
    if (catalogue.find(id) != nullptr) return "";
    const std::string number = id.substr(standard->key.size() + 1);
    return standard->key + " has no clause " + in_quotes(number) + " in the catalogue." +
           near_clauses(number, *standard);
  }
  if (const Standard* const standard = begun_with(id))
    return in_quotes(id) + " names a standard; a clause is due, such as " + standard->clauses.front().id;
  if (const Standard* const standard = without_edition(id)) {
    return in_quotes(id) + " names no edition; in the catalogue is " + standard->key;
  }
  return "";
}

void check(const Node& node, Fields& fields) {
  if (!node.is_scalar()) return;
  const std::string mistake = mistake_in(node.text);
  if (!mistake.empty()) fields.complain("shows", node.position, mistake);
}

}  // namespace

std::vector<std::string> read_shows(Fields& fields) {
  std::vector<std::string> ids = fields.texts("shows");
  const bool may_be_clauses =
      std::ranges::any_of(ids, [](const std::string& id) { return id.find_first_of("/ :") != std::string::npos; });
  const Node::Entry* const entry = may_be_clauses ? fields.take("shows") : nullptr;
  if (entry == nullptr) return ids;
  check(entry->value, fields);
  for (const Node& item : entry->value.items) check(item, fields);
  return ids;
}

}  // namespace rig::scenario
