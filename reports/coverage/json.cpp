// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "reports/coverage/coverage.hpp"
#include "reports/render/text.hpp"

namespace reports::coverage {
namespace {

using Node = nlohmann::ordered_json;

Node node_of(const Evidence& evidence) {
  Node node = {{"run", evidence.run}, {"scenario", printable(evidence.scenario)}, {"claim", printable(evidence.claim)}};
  node["place"] = printable(evidence.place);
  if (!evidence.by.empty()) node["by"] = evidence.by;
  node["result"] = evidence.result;
  node["covers"] = evidence.covers;
  if (!evidence.reason.empty()) node["reason"] = printable(evidence.reason);
  return node;
}

Node node_of(const Item& item, const char* name) {
  Node node = {{name, printable(item.name)}, {"status", status_word(item.status)}};
  if (!item.reason.empty()) node["reason"] = printable(item.reason);
  node["evidence"] = Node::array();
  for (const Evidence& one : item.evidence) node["evidence"].push_back(node_of(one));
  return node;
}

Node node_of(const Row& row) {
  Node node = {{"row", row.row}, {"aspects", Node::array()}};
  for (const Item& item : row.aspects) node["aspects"].push_back(node_of(item, "aspect"));
  return node;
}

Node node_of(const Scenario& scenario) {
  Node node = {{"run", scenario.run}, {"name", printable(scenario.name)}, {"place", printable(scenario.place)}};
  node["result"] = scenario.result;
  node["status"] = status_word(scenario.status);
  if (!scenario.reason.empty()) node["reason"] = printable(scenario.reason);
  node["shows"] = Node::array();
  for (const std::string& id : scenario.shows) node["shows"].push_back(printable(id));
  node["claims"] = scenario.claims;
  node["covering"] = scenario.covering;
  return node;
}

Node counts_node(const Coverage& coverage) {
  Node node = Node::object();
  auto all = counts(coverage);
  for (const char* kind : {"protections", "requirements", "clauses", "scenarios"}) {
    for (const Status status :
         {Status::failed, Status::hole, Status::conditional, Status::not_applicable, Status::covered})
      node[kind][std::string(status_word(status))] = all[kind][status];
  }
  return node;
}

}  // namespace

std::string to_json(const Coverage& coverage) {
  Node node = {{"schema_version", 1}, {"tool_version", printable(coverage.tool_version)}};
  node["firmware"] = {{"name", printable(coverage.firmware_name)},
                      {"version", printable(coverage.firmware_version)},
                      {"sha256", printable(coverage.firmware_sha256)}};
  node["counts"] = counts_node(coverage);
  for (const char* list : {"runs", "protections", "requirements", "clauses", "scenarios"}) node[list] = Node::array();
  for (const Run& run : coverage.runs)
    node["runs"].push_back({{"bench", printable(run.bench)}, {"seed", run.seed}, {"scenarios", run.scenarios}});
  for (const Row& row : coverage.protections) node["protections"].push_back(node_of(row));
  for (const Item& item : coverage.requirements) node["requirements"].push_back(node_of(item, "requirement"));
  for (const Item& item : coverage.clauses) node["clauses"].push_back(node_of(item, "clause"));
  for (const Scenario& scenario : coverage.scenarios) node["scenarios"].push_back(node_of(scenario));
  return node.dump(1) + "\n";
}

}  // namespace reports::coverage
