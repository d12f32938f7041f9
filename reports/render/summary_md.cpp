// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reports/render/text.hpp"
#include "reports/render/view.hpp"
#include "reports/render/words.hpp"

namespace reports {
namespace {

// GitHub shows no more than 1 MiB for a step, and refuses the whole when it is more.
constexpr std::size_t most_summary_bytes = std::size_t{1000} * 1000, most_cell_bytes = 2000;

std::string markdown(const std::string& words) {
  std::string out;
  for (const char character : printable(words)) {
    if (character == '\n' || character == '\t') {
      out += ' ';
    } else if (character == '<') {
      out += "&lt;";
    } else if (character == '&') {
      out += "&amp;";
    } else {
      if (std::string_view("\\`*_[]|~#>").find(character) != std::string_view::npos) out += '\\';
      out += character;
    }
    if (out.size() > most_cell_bytes && (character & 0x80) == 0) return out + " …";
  }
  return out;
}

const char* sign_of(const std::string& word) {
  if (word == "pass") return "✅";
  if (word == "fail" || word == "conditional_fail") return "❌";
  if (word == "conditional_pass") return "⚠️";
  return word == "error" ? "💥" : "➖";
}

std::string words_of(std::string word) {
  std::replace(word.begin(), word.end(), '_', ' ');
  return word;
}

std::string why(const ScenarioResult& scenario) {
  if (std::string doubt = contradiction(scenario); !doubt.empty()) return doubt;
  if (scenario.result == "pass") return "";
  std::string words = scenario.reason;
  for (const ClaimResult& claim : scenario.claims) {
    if (claim.result == "pass" || claim.result == "not_applicable") continue;
    words += (words.empty() ? "" : "; ") + claim.text + (claim.reason.empty() ? "" : ": " + claim.reason);
  }
  return words;
}

std::string summary_row(const ScenarioResult& scenario) {
  const std::string word = shown_result(scenario);
  const ClaimResult* worst = view::tightest(scenario);
  std::string row = std::string("| ") + sign_of(word) + " " + words_of(word) + " | " + markdown(scenario.name) + " | ";
  row += worst != nullptr && worst->measured ? markdown(worst->measured->text) : "";
  if (worst != nullptr && worst->uncertainty) row += " " + markdown(uncertainty_text(*worst));
  row += " | " + (worst != nullptr ? markdown(limit_text(*worst)) : "");
  row += " | " + (worst != nullptr && worst->margin ? markdown(worst->margin->text) : "");
  return row + " | " + markdown(why(scenario)) + " |\n";
}

std::string counts_line(const RunResult& run) {
  std::string line;
  for (const std::string_view word :
       {"pass", "fail", "error", "conditional_pass", "conditional_fail", "not_run", "not_applicable"}) {
    const auto count = std::count_if(run.scenarios.begin(), run.scenarios.end(),
                                     [&](const auto& one) { return shown_result(one) == word; });
    if (count == 0 && word != "pass" && word != "fail" && word != "error") continue;
    line += (line.empty() ? "" : " · ") + std::to_string(count) + " " + words_of(std::string(word));
  }
  return line;
}

/// Rows as long as there is room; what has none is counted.
std::string table_of(const std::vector<const ScenarioResult*>& scenarios, std::size_t room) {
  std::string table = "| result | scenario | measured | limit | margin | reason |\n|---|---|---|---|---|---|\n";
  std::size_t left_out = 0;
  for (const ScenarioResult* one : scenarios) {
    const std::string row = summary_row(*one);
    if (table.size() + row.size() > room) {
      ++left_out;
    } else {
      table += row;
    }
  }
  if (left_out > 0)
    table += "\n" + std::to_string(left_out) + " more are in report.html: there is no room for them here.\n";
  return table;
}

}  // namespace

std::string summary_md(const RunResult& run) {
  std::vector<const ScenarioResult*> others, passed;
  for (const ScenarioResult& one : run.scenarios) (shown_result(one) == "pass" ? passed : others).push_back(&one);
  std::stable_sort(others.begin(), others.end(), [](const auto* a, const auto* b) {
    return severity(shown_result(*a)) < severity(shown_result(*b));
  });
  const std::string word = overall_result(run);
  std::string text = std::string("## ") + sign_of(word) + " " + words_of(word) + ": " +
                     markdown(run.firmware_name + " " + run.firmware_version) + "\n\n" + counts_line(run) + "\n\n";
  text += "Firmware `" + printable(run.firmware_sha256) + "`, bench " + markdown(run.bench) + ", seed " +
          std::to_string(run.seed) + ", cellrig " + markdown(run.tool_version) +
          (run.decision_rule.rule == "guard_band" ? ", decided with a guard band of the bench's uncertainty" : "") +
          ". Pre-compliance evidence from emulated cells: no certificate.\n";
  if (!others.empty()) text += "\n" + table_of(others, most_summary_bytes - 200'000);
  if (passed.empty()) return text;
  text += "\n<details><summary>" + std::to_string(passed.size()) + " passed</summary>\n\n";
  return text + table_of(passed, most_summary_bytes - text.size() - 100) + "\n</details>\n";
}

}  // namespace reports
