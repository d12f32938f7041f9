// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "rig/cli/text.hpp"

namespace rig::cli {
namespace {

using reports::ClaimResult;
using reports::ScenarioResult;

const char* const kIndent = "        ";

int severity(const std::string& word) {
  static const char* const kOrder[] = {"pass", "not_applicable", "conditional_pass", "not_run", "conditional_fail",
                                       "fail", "error"};
  const auto found = std::find_if(std::begin(kOrder), std::end(kOrder), [&](const char* w) { return word == w; });
  return static_cast<int>(found - std::begin(kOrder));
}

bool is_bad(const std::string& word) { return severity(word) >= severity("not_run"); }

std::string shown_word(std::string word) {
  if (is_bad(word))
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(toupper(c)); });
  return word;
}

std::string coloured(const std::string& text, const std::string& word, bool colours) {
  if (!colours) return text;
  const char* code = is_bad(word) ? "\x1b[1;31m" : word == "pass" ? "\x1b[32m" : "\x1b[33m";
  return code + text + "\x1b[0m";
}

std::string signed_text(const reports::Value& value) {
  const bool has_sign = !value.text.empty() && (value.text.front() == '+' || value.text.front() == '-');
  return (has_sign || value.number < 0 ? "" : "+") + value.text;
}

std::string margin_text(const ClaimResult& claim) {
  if (!claim.margin) return {};
  std::string text = "margin " + signed_text(*claim.margin);
  if (!claim.margin_ratio || !(std::abs(*claim.margin_ratio) < 10)) return text;  // -22976.9 % tells nobody anything
  char percent[48];
  std::snprintf(percent, sizeof percent, " (%.1f %%)", 100 * *claim.margin_ratio);
  return text + percent;
}

std::string limit_shown(const ClaimResult& claim) {
  const std::string text = reports::limit_text(claim);
  return text.empty() ? "" : "limit " + text;
}

std::string measured_text(const ClaimResult& claim) {
  std::string text = claim.measured ? claim.measured->text : "";
  if (claim.uncertainty) text += " ±" + claim.uncertainty->text;
  const bool has_peak = claim.timeline && !claim.timeline->peak.text.empty();
  if (has_peak) text += (text.empty() ? "peak " : ", peak ") + claim.timeline->peak.text;
  return printable(text);
}

/// What stands behind the name on the line.
struct Row {
  std::string measured, limit, margin;
};

Row row_of(const ScenarioResult& scenario) {
  if (scenario.result == "not_run" || scenario.result == "not_applicable") return {printable(scenario.reason), "", ""};
  const ClaimResult* claim = scenario.result == "error" ? nullptr : worst_claim(scenario);
  if (claim == nullptr) return {};
  return {measured_text(*claim), limit_shown(*claim), margin_text(*claim)};
}

std::string place(const std::string& file, int line) { return file + ":" + std::to_string(line); }

std::string requirements(const std::vector<std::string>& shows) {
  return shows.empty() ? "" : "   requirement " + joined(shows, ", ");
}

std::string source_text(const ClaimResult& claim) {
  if (claim.limit_source.empty()) return {};
  return "   [" + claim.limit_source + (claim.limit_note.empty() ? "" : ": " + printable(claim.limit_note)) + "]";
}

std::string moment(const ClaimResult& claim) {
  if (claim.t_worst_ns < 0) return {};
  char text[64];
  std::snprintf(text, sizeof text, " at %.6f s", static_cast<double>(claim.t_worst_ns) * 1e-9);
  return text;
}

std::string figures_line(const ClaimResult& claim) {
  std::vector<std::string> parts;
  if (const std::string measured = measured_text(claim); !measured.empty()) {
    parts.push_back("measured " + measured + (claim.worst_element.empty() ? "" : " (" + claim.worst_element + ")") +
                    moment(claim));
  }
  if (const std::string limit = limit_shown(claim); !limit.empty()) parts.push_back(limit);
  if (const std::string margin = margin_text(claim); !margin.empty()) parts.push_back(margin);
  return parts.empty() ? "" : kIndent + joined(parts, "; ") + source_text(claim) + "\n";
}

std::string claim_block(const ClaimResult& claim, const ScenarioResult& scenario) {
  std::string text =
      kIndent + printable(claim.text) + (claim.reason.empty() ? "" : ": " + printable(claim.reason)) + "\n";
  text += figures_line(claim);
  const auto& shows = claim.shows.empty() ? scenario.shows : claim.shows;
  return text + kIndent + place(claim.file, claim.line) + requirements(shows) + "\n";
}

std::string finding_line(const reports::Finding& finding) {
  char moment_text[64] = "";
  if (finding.t_ns > 0)
    std::snprintf(moment_text, sizeof moment_text, " at %.3f s", static_cast<double>(finding.t_ns) * 1e-9);
  return kIndent + finding.whose + moment_text + ": " + printable(finding.what) + "\n";
}

/// A firmware that is reset every two seconds for a day must not fill the screen; the report has them all.
std::string finding_lines(const std::vector<reports::Finding>& findings) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(findings.size(), kShown); ++i) text += finding_line(findings[i]);
  if (findings.size() <= kShown) return text;
  if (findings.size() > kShown + 1)
    text += kIndent + std::string("… ") + std::to_string(findings.size() - kShown - 1) + " more …\n";
  return text + finding_line(findings.back());
}

/// Why, where, which requirement, how to repeat it, where its picture is.
std::string failure_block(const ScenarioResult& scenario, const SummaryStyle& style) {
  std::string text;
  const bool told_by_finding = std::any_of(scenario.findings.begin(), scenario.findings.end(),
                                           [&](const auto& finding) { return finding.what == scenario.reason; });
  const bool told_by_claim = std::any_of(scenario.claims.begin(), scenario.claims.end(), [&](const ClaimResult& claim) {
    return is_bad(claim.result) && scenario.reason == claim.text + (claim.reason.empty() ? "" : ": " + claim.reason);
  });
  if (!scenario.reason.empty() && scenario.result != "not_run" && !told_by_finding && !told_by_claim)
    text += kIndent + printable(scenario.reason) + "\n";
  text += finding_lines(scenario.findings);
  const auto judged_bad = [](const ClaimResult& claim) {
    return claim.result == "conditional_pass" || (is_bad(claim.result) && claim.result != "not_run");
  };
  for (const ClaimResult& claim : scenario.claims) {
    if (judged_bad(claim)) text += claim_block(claim, scenario);
  }
  if (std::none_of(scenario.claims.begin(), scenario.claims.end(), judged_bad)) {
    text += kIndent + place(scenario.file, scenario.line) + requirements(scenario.shows) + "\n";
  }
  if (!scenario.again.empty())
    text += kIndent + std::string("again: ") + scenario.again + "   (--gdb: in the debugger)\n";
  return text + kIndent + "picture: " + style.report + "#" + scenario.name + "\n";
}

struct Widths {
  std::size_t word = 0, name = 0, measured = 0, limit = 0;
};

Widths widths_of(const reports::RunResult& run) {
  Widths widths;
  for (const ScenarioResult& scenario : run.scenarios) {
    const Row row = row_of(scenario);
    widths.word = std::max(widths.word, width(scenario.result));
    widths.name = std::max(widths.name, width(scenario.name));
    widths.measured = std::max(widths.measured, width(row.measured));
    widths.limit = std::max(widths.limit, width(row.limit));
  }
  return widths;
}

std::string scenario_line(const ScenarioResult& scenario, const Widths& widths, bool colours) {
  const Row row = row_of(scenario);
  const std::string word = coloured(padded(shown_word(scenario.result), widths.word), scenario.result, colours);
  std::string line = "  " + word + "  " + padded(scenario.name, widths.name) + "   " +
                     padded(row.measured, widths.measured) + "   " + padded(row.limit, widths.limit) + "   " +
                     row.margin;
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

const ClaimResult* worst_claim(const ScenarioResult& scenario) {
  const auto worse = [](const ClaimResult& a, const ClaimResult& b) {
    if (severity(a.result) != severity(b.result)) return severity(a.result) > severity(b.result);
    if (a.margin_ratio && b.margin_ratio) return *a.margin_ratio < *b.margin_ratio;
    if (a.margin_ratio.has_value() != b.margin_ratio.has_value()) return a.margin_ratio.has_value();
    return a.measured.has_value() && !b.measured.has_value();
  };
  const auto worst = std::min_element(scenario.claims.begin(), scenario.claims.end(), worse);
  return worst == scenario.claims.end() ? nullptr : &*worst;
}

std::string counts(const reports::RunResult& run) {
  std::string text;
  for (const char* word :
       {"pass", "conditional_pass", "conditional_fail", "fail", "error", "not_run", "not_applicable"}) {
    const auto count =
        std::count_if(run.scenarios.begin(), run.scenarios.end(), [&](const auto& s) { return s.result == word; });
    const bool always = std::string(word) == "pass" || std::string(word) == "fail" || std::string(word) == "error";
    if (count > 0 || always) text += (text.empty() ? "" : " · ") + std::to_string(count) + " " + word;
  }
  return text;
}

std::string idle_invariants(const reports::RunResult& run) {
  std::string text;
  if (!run.invariants) return text;
  for (const reports::InvariantCount& one : *run.invariants) {
    if (one.armed_in == 0)
      text += "  warning: the invariant " + one.name + " armed in none of " + std::to_string(one.scenarios) +
              " scenarios\n";
  }
  return text;
}

std::string summary(const reports::RunResult& run, const SummaryStyle& style) {
  const Widths widths = widths_of(run);
  std::string text;
  for (const ScenarioResult& scenario : run.scenarios) {
    text += scenario_line(scenario, widths, style.colours);
    const bool counts_as_fail = run.strict && scenario.result == "conditional_pass";
    if (is_bad(scenario.result) || counts_as_fail) text += failure_block(scenario, style);
  }
  if (style.whole_library) text += idle_invariants(run);
  return text + padded(counts(run), 58) + "  report: " + style.report + "\n";
}

}  // namespace rig::cli
