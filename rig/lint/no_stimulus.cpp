// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>

#include "rig/expect/judge.hpp"
#include "rig/lint/decide.hpp"
#include "rig/lint/reach.hpp"
#include "rig/lint/rules.hpp"
#include "rig/scenario/reader.hpp"

namespace rig::lint {
namespace {

using expect::ProtectionRow;
using scenario::Action;
using scenario::BoardSetup;
using scenario::Claim;
using scenario::Dimension;
using scenario::Expression;
using scenario::SignalId;
using Op = Expression::Op;

constexpr double near_V_part = 0.02, near_A_part = 0.1;  // of a limit
constexpr double near_A = 1, near_K = 5;                 // least, and of temperatures

/// The bit that must be on for a condition to be true; -1: none, or it is not that simple.
SignalId bit_that_is_on(const Expression& e) {
  if (e.op == Op::signal && e.dimension == Dimension::boolean) return e.signal;
  return e.op == Op::is_on || e.op == Op::turns_on ? e.children[0].signal : -1;
}

class NoStimulus {
 public:
  NoStimulus(const Subject& subject, const Claim& claim, Findings& findings)
      : subject_(subject),
        claim_(claim),
        in_run_(ranges_in_run(subject.scenario, subject.catalogue)),
        findings_(findings) {}

  void look() {
    if (claim_.kind == scenario::ClaimKind::when_then) trigger(claim_.when);
    if (claim_.while_) trigger(*claim_.while_);
    if (claim_.opens) trigger(*claim_.opens);
    if (findings_.empty() && !claim_.protection.empty()) protection();
  }

 private:
  void trigger(const Expression& e) {
    if (decide(state_after(e), in_run_) == Truth::never)
      return tell(e.position, quoted(e) + " is never true here" + why(e) + ": nothing arms the claim");
    parts(e);
  }

  /// What a comparison's signals come to in this run.
  [[nodiscard]] std::string why(const Expression& e) const {
    if (e.op == Op::logical_and) {
      for (const Expression& part : e.children)
        if (decide(state_after(part), in_run_) == Truth::never) return why(part);
    }
    if (e.op < Op::less || e.op > Op::greater_equal) return "";
    const Expression& value = e.children[0].op == Op::constant ? e.children[1] : e.children[0];
    return reached(value.text, range_of(value, in_run_), value.dimension);
  }

  static std::string reached(const std::string& what, const Interval& range, Dimension dimension) {
    if (range.is_point()) return ", " + what + " stays " + in_words(range.low, dimension);
    const auto text = [&](double bound) { return in_words(std::abs(bound) < 1e-12 ? 0 : bound, dimension); };
    if (range.is_bounded()) return ", " + what + " stays between " + text(range.low) + " and " + text(range.high);
    if (std::isfinite(range.high)) return ", " + what + " stays at or below " + text(range.high);
    return std::isfinite(range.low) ? ", " + what + " stays at or above " + text(range.low) : "";
  }

  void parts(const Expression& e) {
    const SignalId bit = bit_that_is_on(e);
    if (bit >= 0) return alarm(e, bit);
    if (e.op != Op::logical_and) return;
    for (const Expression& part : e.children) parts(part);
  }

  /// An alarm of which no protection can come near its limit.
  void alarm(const Expression& e, SignalId bit) {
    const std::string name(subject_.catalogue.own_name(bit));
    const std::size_t board = subject_.catalogue.info(bit).board;
    std::string reasons;
    std::set<std::string> told;
    for (const ProtectionRow& row : expect::protections()) {
      if (row.flag != name) continue;
      const std::string reason = out_of_reach(row, board);
      if (reason.empty()) return;
      if (told.insert(row.true_quantity).second) reasons += reason;
    }
    if (!reasons.empty()) tell(e.position, quoted(e) + " has no reason to come on" + reasons);
  }

  void protection() {
    const std::size_t begin = claim_.protection.rfind('.') + 1;
    const auto& prefixes = subject_.catalogue.prefixes();
    const auto board = std::ranges::find(prefixes, claim_.protection.substr(0, begin)) - prefixes.begin();
    const auto& rows = expect::protections();
    const auto row = std::ranges::find(rows, claim_.protection.substr(begin), &ProtectionRow::name);
    if (row == rows.end()) return;
    const std::string reason = out_of_reach(*row, static_cast<std::size_t>(board));
    if (!reason.empty())
      tell(place_of(claim_, "protection"), "protection: " + claim_.protection + " has no reason to trip" + reason);
  }

  /// ", max(cell.voltage) stays below 3.41 V, its limit is 3.65 V"; "" where it may come near, or a fault or a client
  /// may make the board see or set something else.
  [[nodiscard]] std::string out_of_reach(const ProtectionRow& row, std::size_t board) const {
    if (is_open(board)) return "";
    const BoardSetup& setup = *scenario::setups_of(subject_.scenario)[board];
    const std::optional<double> limit = limit_of(row, setup);
    if (!limit) return "";
    const scenario::Catalogue own = subject_.catalogue.of(setup.prefix());
    const Expression quantity = scenario::parse_expression(row.true_quantity, own, {});
    const Interval range = range_of(quantity, in_run_);
    const double near = nearness(*limit, quantity.dimension);
    if (row.above ? range.high >= *limit - near : range.low <= *limit + near) return "";
    return reached(setup.prefix() + row.true_quantity,
                   row.above ? Interval{.high = range.high} : Interval{.low = range.low}, quantity.dimension) +
           ", its limit is " + in_words(*limit, quantity.dimension);
  }

  static double nearness(double limit, Dimension dimension) {
    if (dimension == Dimension::temperature) return near_K;
    if (dimension == Dimension::current) return std::max(near_A_part * std::abs(limit), near_A);
    return near_V_part * std::abs(limit);
  }

  /// What the board measures, or what it compares with, may be something else than plant and settings say.
  [[nodiscard]] bool is_open(std::size_t board) const {
    return std::ranges::any_of(subject_.scenario.actions, [&](const Action& action) {
      for (const char* target : {"ntc", "lead", "measuring", "hold", "balancer"})
        if (action.target == target && action.board == board) return true;
      return action.target == "send" || action.target == "adc";
    });
  }

  static std::optional<double> limit_of(const ProtectionRow& row, const BoardSetup& setup) {
    if (row.setting.empty()) return setup.board.comparator_A;
    const auto found = setup.settings.find(row.setting);
    if (found == setup.settings.end()) return std::nullopt;
    if (found->second != 0 || row.of_each_cell.empty()) return found->second;
    const auto each = setup.settings.find(row.of_each_cell);
    return each == setup.settings.end() ? std::nullopt : std::optional(each->second * setup.pack.cells);
  }

  void tell(const scenario::SourcePosition& position, const std::string& sentence) {
    findings_.push_back({"no-stimulus", position, sentence});
  }

  const Subject& subject_;
  const Claim& claim_;
  Ranges in_run_;
  Findings& findings_;
};

}  // namespace

void no_stimulus(const Subject& subject, const Claim& claim, Findings& findings) {
  const auto is_told = [](const Finding& finding) { return finding.rule == "never-driven"; };
  if (std::ranges::any_of(findings, is_told)) return;  // nothing arms it, for the same reason
  Findings own;
  NoStimulus(subject, claim, own).look();
  findings.insert(findings.end(), own.begin(), own.end());
}

}  // namespace rig::lint
