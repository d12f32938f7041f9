// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <stdexcept>

#include "reports/clauses/clauses.hpp"
#include "reports/clauses/texts.hpp"

namespace reports::clauses {
namespace {

Catalogue read_all() {
  Catalogue all;
  std::vector<std::string> mistakes;
  for (const Text& text : texts()) read(std::string(text.content), std::string(text.file), all, mistakes);
  std::string told;
  for (const std::string& mistake : mistakes) told += mistake + "\n";
  if (!told.empty()) throw std::logic_error("the clause catalogue is malformed:\n" + told);
  return all;
}

}  // namespace

std::string verification(const Clause& clause) {
  return clause.checked_by.empty() ? "mapping not verified against the standard text"
                                   : "checked by " + clause.checked_by;
}

const Standard* Catalogue::standard_of(std::string_view id) const {
  const auto in_front = [&](const Standard& standard) {
    return id.starts_with(standard.key) && id.substr(standard.key.size()).starts_with('/');
  };
  const auto found = std::ranges::find_if(standards, in_front);
  return found == standards.end() ? nullptr : &*found;
}

const Clause* Catalogue::find(std::string_view id) const {
  const Standard* const standard = standard_of(id);
  if (standard == nullptr) return nullptr;
  const auto found = std::ranges::find(standard->clauses, id, &Clause::id);
  return found == standard->clauses.end() ? nullptr : &*found;
}

const Catalogue& catalogue() {
  static const Catalogue all = read_all();
  return all;
}

}  // namespace reports::clauses
