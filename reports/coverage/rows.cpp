// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reports/coverage/evidence.hpp"

namespace reports::coverage {
namespace {

/// What a claim about a protection reads: gates, currents, alarms. Names without their board.
bool speaks_of_protection(const std::string& signal) {
  static const std::vector<std::string> words = {"_gate", "_fet", "port.current",  "bms.alarm.", "modbus.alarm.",
                                                 "_word", "_mos", "bms.balancing", "can.may_",   "_current_limit"};
  return std::ranges::any_of(words, [&](const std::string& word) { return signal.find(word) != std::string::npos; });
}

bool speaks_of_protection(const ClaimResult& claim) {
  return std::ranges::any_of(claim.signals, [](const std::string& signal) { return speaks_of_protection(signal); });
}

/// "cell_overvoltage" of "a.cell_overvoltage".
std::string without_board(const std::string& protection) { return protection.substr(protection.rfind('.') + 1); }

class Collector {
 public:
  explicit Collector(const Protection& protection) : protection_(protection) {
    row_.row = protection.row;
    for (const std::string_view aspect : aspects) row_.aspects.emplace_back().name = aspect;
  }

  void add(std::size_t run, const ScenarioResult& scenario) {
    for (const ClaimResult& claim : scenario.claims) add_claim(run, scenario, claim);
    for (const std::string& label : scenario.labels) add_label(run, scenario, label);
  }

  [[nodiscard]] Row row() {
    for (Item& item : row_.aspects) {
      const auto why = protection_.not_applicable.find(item.name);
      const bool applies = why == protection_.not_applicable.end();
      conclude(item, applies ? otherwise_ : why->second);
      if (!applies && item.status == Status::hole) item.status = Status::not_applicable;
    }
    return std::move(row_);
  }

 private:
  void add_claim(std::size_t run, const ScenarioResult& scenario, const ClaimResult& claim) {
    if (protection_.protection.empty() || without_board(claim.protection) != protection_.protection) return;
    Evidence evidence = evidence_of(run, scenario, claim);
    evidence.by = "timeline";
    if (!claim.timeline) return remember(evidence);
    for (const std::size_t i : aspects_of(*claim.timeline, scenario.simulated_s))
      row_.aspects[i].evidence.push_back(evidence);
  }

  /// The author says what the scenario does; that counts where the whole of it passed, with a claim that could see it.
  void add_label(std::size_t run, const ScenarioResult& scenario, const std::string& label) {
    if (protection_.label.empty() || !label.starts_with(protection_.label + "/")) return;
    const auto aspect = aspect_of_label(std::string_view(label).substr(protection_.label.size() + 1));
    if (!aspect) return;
    Evidence evidence = of_label(run, scenario);
    evidence.by = "label";
    row_.aspects[*aspect].evidence.push_back(evidence);
  }

  static Evidence of_label(std::size_t run, const ScenarioResult& scenario) {
    Evidence best = evidence_of(run, scenario);
    for (const ClaimResult& claim : scenario.claims) {
      Evidence one = evidence_of(run, scenario, claim);
      if (!one.covers) return one;
      if (!best.covers && speaks_of_protection(claim)) best = one;
    }
    if (!best.covers && !scenario.claims.empty()) best.reason = "no claim reads a gate, a current or an alarm";
    return best;
  }

  /// Nobody can say which aspect it would have shown: the reason of every hole.
  void remember(const Evidence& evidence) {
    if (otherwise_.find(evidence.scenario) == std::string::npos && otherwise_.find(':') == std::string::npos)
      otherwise_ = evidence.scenario + ": " + evidence.reason;
  }

  const Protection& protection_;
  Row row_;
  std::string otherwise_ = "no claim of these runs was there";
};

}  // namespace

std::vector<Row> rows_of(std::span<const RunResult> runs, const std::vector<Protection>& protections) {
  std::vector<Row> rows;
  for (const Protection& protection : protections) {
    Collector collector(protection);
    for (std::size_t run = 0; run < runs.size(); ++run)
      for (const ScenarioResult& scenario : runs[run].scenarios) collector.add(run + 1, scenario);
    rows.push_back(collector.row());
  }
  return rows;
}

}  // namespace reports::coverage
