// SPDX-License-Identifier: Apache-2.0
#include "reports/clauses/clauses.hpp"
#include "reports/render/view.hpp"

namespace reports::view {
namespace {

std::string confidence_text(const std::string& letter) {
  return letter == "S" ? "S, sure" : letter == "L" ? "L, likely" : "C, to be checked";
}

void set_entry(data& row, const clauses::Clause* clause) {
  const auto set = [&](const char* name, const std::string& words) { row.set(name, text(words)); };
  const bool known = clause != nullptr;
  row.set("catalogued", data(known));
  set("requirement", known ? clause->title : "");
  set("stimulus", known ? clause->stimulus : "");
  set("rig_shows", known ? clause->rig_shows : "");
  set("rig_cannot", known ? clause->rig_cannot : "");
  set("confidence", known ? confidence_text(clause->confidence) : "");
  set("verification", known ? clauses::verification(*clause) : "");
}

data uncovered(const clauses::Clause& clause) {
  const bool applies = clause.coverage != "not_applicable";
  data row = object();
  set_result(row, applies ? "not_run" : "not_applicable");
  row.set("letter", applies ? "–" : "N/A");
  row.set("clause", text(clause.id));
  row.set("hole", data(applies));
  row.set("why", text(applies ? "no scenario of this run" : clause.reason));
  set_entry(row, &clause);
  return row;
}

}  // namespace

void set_clause(data& row, const std::string& id) { set_entry(row, clauses::catalogue().find(id)); }

CatalogueRest rest_of_catalogue(const std::set<std::string>& shown) {
  CatalogueRest rest{list(), 0, 0};
  for (const bool applies : {true, false}) {
    for (const clauses::Standard& standard : clauses::catalogue().standards) {
      for (const clauses::Clause& clause : standard.clauses) {
        if (shown.contains(clause.id) || (clause.coverage != "not_applicable") != applies) continue;
        rest.clauses.push_back(uncovered(clause));
        ++(applies ? rest.holes : rest.not_applicable);
      }
    }
  }
  return rest;
}

}  // namespace reports::view
