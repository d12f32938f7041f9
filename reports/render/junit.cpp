// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <pugixml.hpp>
#include <sstream>

#include "reports/render/text.hpp"
#include "reports/render/words.hpp"

namespace reports {
namespace {

// What a JUnit reader is told. It knows four outcomes, we know seven words.
enum class Outcome { plain, failure, error, skipped };

Outcome outcome_of(const std::string& word, bool strict) {
  if (word == "pass") return Outcome::plain;
  if (word == "conditional_pass") return strict ? Outcome::failure : Outcome::plain;
  if (word == "fail" || word == "conditional_fail") return Outcome::failure;
  if (word == "not_run" || word == "not_applicable") return Outcome::skipped;
  return Outcome::error;
}

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(printable(value).c_str());
}

// "scenarios/protection/overcharge.yaml" -> "scenarios.protection.overcharge": readers make a tree of it.
std::string class_name(const std::string& file) {
  std::string name = std::filesystem::path(file).lexically_normal().replace_extension().generic_string();
  name.erase(0, name.find_first_not_of("./"));
  std::replace(name.begin(), name.end(), '.', '_');
  std::replace(name.begin(), name.end(), '/', '.');
  return name.empty() ? "cellrig" : name;
}

// Readers want 2026-05-04T10:00:00 without fraction and zone; anything else is left out.
std::string timestamp(const std::string& started) {
  const std::string form = "dddd-dd-ddTdd:dd:dd";
  if (started.size() < form.size()) return "";
  for (std::size_t at = 0; at < form.size(); ++at) {
    const bool digit = started[at] >= '0' && started[at] <= '9';
    if (form[at] == 'd' ? !digit : started[at] != form[at]) return "";
  }
  return started.substr(0, form.size());
}

std::string seconds(double value) { return value > 0 && value < 1e12 ? fixed(value, 3) : "0.000"; }

void add_value(std::string& text, const char* what, const std::optional<Value>& value) {
  if (value && !value->text.empty()) text += std::string("; ") + what + " " + value->text;
}

std::string claim_lines(const ClaimResult& claim) {
  std::string text = claim.result + ": " + claim.text + (claim.reason.empty() ? "" : "\n  " + claim.reason) + "\n ";
  if (!claim.file.empty()) text += " " + claim.file + ":" + std::to_string(claim.line);
  add_value(text, "measured", claim.measured);
  if (claim.uncertainty) text += " " + uncertainty_text(claim);
  if (const std::string limit = limit_text(claim); !limit.empty()) text += "; limit " + limit;
  if (!claim.limit_source.empty())
    text += " [" + claim.limit_source + (claim.limit_note.empty() ? "" : ": " + claim.limit_note) + "]";
  add_value(text, "margin", claim.margin);
  if (!claim.worst_element.empty()) text += "; " + claim.worst_element;
  if (claim.t_worst_ns >= 0) text += "; at " + seconds_text(claim.t_worst_ns);
  return text + "\n";
}

std::string headline(const ScenarioResult& scenario) {
  if (std::string doubt = contradiction(scenario); !doubt.empty()) return doubt;
  if (!scenario.reason.empty()) return scenario.reason;
  const auto worst = std::min_element(scenario.claims.begin(), scenario.claims.end(), [](const auto& a, const auto& b) {
    return severity(a.result) < severity(b.result);
  });
  if (worst == scenario.claims.end() || worst->result == "pass") return scenario.result;
  return worst->text + (worst->reason.empty() ? "" : ": " + worst->reason);
}

std::string details(const ScenarioResult& scenario) {
  std::string text = headline(scenario) + "\n";
  for (const ClaimResult& claim : scenario.claims) {
    if (claim.result != "pass") text += claim_lines(claim);
  }
  for (const Finding& finding : scenario.findings) {
    text += finding.whose + " at " + seconds_text(finding.t_ns) + ": " + finding.what + "\n";
  }
  if (!scenario.again.empty()) text += "again: " + scenario.again + "\n";
  return text;
}

void add_testcase(pugi::xml_node suite, const ScenarioResult& scenario, bool strict) {
  pugi::xml_node testcase = suite.append_child("testcase");
  set(testcase, "classname", class_name(scenario.file));
  set(testcase, "name", scenario.name);
  set(testcase, "time", seconds(scenario.wall_s));
  const std::string word = shown_result(scenario);
  const Outcome outcome = outcome_of(word, strict);
  if (outcome == Outcome::skipped) set(testcase.append_child("skipped"), "message", word + ": " + headline(scenario));
  if (outcome == Outcome::failure || outcome == Outcome::error) {
    pugi::xml_node node = testcase.append_child(outcome == Outcome::error ? "error" : "failure");
    set(node, "message", headline(scenario));
    set(node, "type", word);
    node.text().set(printable(details(scenario)).c_str());
  }
  if (outcome == Outcome::plain && word == "conditional_pass") {
    testcase.append_child("system-out").text().set(printable(details(scenario)).c_str());
  }
}

void add_property(pugi::xml_node properties, const char* name, const std::string& value) {
  pugi::xml_node property = properties.append_child("property");
  set(property, "name", name);
  set(property, "value", value);
}

void add_properties(pugi::xml_node suite, const RunResult& run) {
  pugi::xml_node properties = suite.append_child("properties");
  add_property(properties, "tool", "cellrig " + run.tool_version);
  add_property(properties, "bench", run.bench);
  add_property(properties, "decision_rule", run.decision_rule.rule);
  for (const StatedUncertainty& one : run.decision_rule.uncertainty)
    add_property(properties, "uncertainty", stated_text(one));
  add_property(properties, "seed", std::to_string(run.seed));
  add_property(properties, "firmware", run.firmware_name + " " + run.firmware_version);
  add_property(properties, "firmware_sha256", run.firmware_sha256);
}

void set_counts(pugi::xml_node node, const RunResult& run, bool with_skipped) {
  const auto count = [&](Outcome outcome) {
    return std::to_string(std::count_if(
        run.scenarios.begin(), run.scenarios.end(),
        [&](const ScenarioResult& scenario) { return outcome_of(shown_result(scenario), run.strict) == outcome; }));
  };
  set(node, "tests", std::to_string(run.scenarios.size()));
  set(node, "failures", count(Outcome::failure));
  set(node, "errors", count(Outcome::error));
  if (with_skipped) set(node, "skipped", count(Outcome::skipped));
  set(node, "time", seconds(run.wall_s));
}

}  // namespace

std::string junit(const RunResult& run) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node suites = document.append_child("testsuites");
  set(suites, "name", "cellrig");
  set_counts(suites, run, false);  // `skipped` here makes some readers refuse the file
  pugi::xml_node suite = suites.append_child("testsuite");
  set(suite, "name", "cellrig " + run.bench);
  set_counts(suite, run, true);
  if (const std::string when = timestamp(run.started); !when.empty()) set(suite, "timestamp", when);
  if (!run.host.empty()) set(suite, "hostname", run.host);
  add_properties(suite, run);
  for (const ScenarioResult& scenario : run.scenarios) add_testcase(suite, scenario, run.strict);
  std::ostringstream text;
  document.save(text, " ", pugi::format_default, pugi::encoding_utf8);
  return text.str();
}

}  // namespace reports
