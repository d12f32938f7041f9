// SPDX-License-Identifier: Apache-2.0
#include "reports/render/picture.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace reports {
namespace {

constexpr std::size_t max_strips = 10;

struct Column {
  std::size_t column;
  const trace::Signal* signal;
};

std::vector<Column> columns_of(const trace::Trace& trace) {
  std::vector<Column> columns;
  for (const trace::Signal& signal : trace.header.signals) {
    if (!signal.is_change) columns.push_back({columns.size(), &signal});
  }
  return columns;
}

// "cell[3].voltage" -> "cell.voltage", the name of the vector it belongs to; other names are returned unchanged.
std::string vector_of(const std::string& name) {
  const std::size_t open = name.find('['), close = name.find(']');
  return open == std::string::npos || close == std::string::npos || close < open
             ? name
             : name.substr(0, open) + name.substr(close + 1);
}

// Where "bms." stands: in front, or behind the name of one of several boards, "a.bms.voltage".
std::size_t reported_at(const std::string& name) {
  if (name.starts_with("bms.")) return 0;
  const std::size_t behind = name.find(".bms.");
  return behind == std::string::npos ? behind : behind + 1;
}
bool is_reported(const std::string& name) { return reported_at(name) != std::string::npos; }
std::string truth_of(std::string name) { return is_reported(name) ? name.erase(reported_at(name), 4) : name; }

// "a." of "a.cell[3].voltage" where `rest` is "cell"; nullopt where the name is not made like that.
std::optional<std::string> board_of(const std::string& name, const std::string& rest) {
  const std::size_t at = name.find(rest);
  if (at == std::string::npos || (at > 0 && name[at - 1] != '.')) return std::nullopt;
  return name.substr(0, at);
}

// Of several boards only those matter that the claim speaks of.
bool concerns(const ClaimResult& claim, const std::string& board) {
  return board.empty() || std::any_of(claim.signals.begin(), claim.signals.end(),
                                      [&](const std::string& one) { return one.starts_with(board); });
}

bool names(const ClaimResult& claim, const std::string& signal) {
  return std::any_of(claim.signals.begin(), claim.signals.end(),
                     [&](const std::string& one) { return one == signal || one == vector_of(signal); });
}

// The truth behind a reported value, and the neighbours of a cell, explain the picture.
bool explains(const ClaimResult& claim, const std::string& signal) {
  if (is_reported(signal)) return false;
  return std::any_of(claim.signals.begin(), claim.signals.end(),
                     [&](const std::string& one) { return vector_of(truth_of(one)) == vector_of(signal); });
}

bool is_worst(const ClaimResult& claim, const std::string& signal) {
  return !claim.worst_element.empty() && (signal + ".").find(claim.worst_element + ".") != std::string::npos;
}

Panel& panel_for(std::vector<Panel>& panels, const std::string& unit) {
  const auto found = std::find_if(panels.begin(), panels.end(), [&](const Panel& panel) { return panel.unit == unit; });
  if (found != panels.end()) return *found;
  panels.push_back({unit, {}, {}});
  return panels.back();
}

bool is_truth_behind(const ClaimResult& claim, const std::string& signal) {
  return std::any_of(claim.signals.begin(), claim.signals.end(),
                     [&](const std::string& one) { return is_reported(one) && truth_of(one) == signal; });
}

void add_curves(std::vector<Panel>& panels, const ClaimResult& claim, const trace::Trace& trace) {
  for (const auto& [column, signal] : columns_of(trace)) {
    const bool shown = names(claim, signal->name) || is_truth_behind(claim, signal->name);
    if (!shown && !explains(claim, signal->name)) continue;
    panel_for(panels, signal->unit)
        .curves.push_back({column, signal->name, is_reported(signal->name), is_worst(claim, signal->name), !shown});
  }
}

// A claim about bits only: show the quantity its protection watches, else the cell voltages.
void add_fallback(std::vector<Panel>& panels, const ClaimResult& claim, const trace::Trace& trace) {
  const std::string unit = claim.timeline ? claim.timeline->peak.unit : "V";
  for (const auto& [column, signal] : columns_of(trace)) {
    const bool watched = signal->name.ends_with("].voltage") || signal->name.ends_with("].temperature");
    if (signal->unit != unit || !watched || is_reported(signal->name)) continue;
    const std::string rest = signal->name.find("ntc[") == std::string::npos ? "cell[" : "ntc[";
    if (!concerns(claim, board_of(signal->name, rest).value_or(""))) continue;
    panel_for(panels, unit).curves.push_back({column, signal->name, false, is_worst(claim, signal->name), true});
  }
}

void add_current(std::vector<Panel>& panels, const ClaimResult& claim, const trace::Trace& trace) {
  for (const auto& [column, signal] : columns_of(trace)) {
    const auto board = board_of(signal->name, "port.current");
    if (!board || !concerns(claim, *board)) continue;
    Panel& panel = panel_for(panels, signal->unit);
    if (std::none_of(panel.curves.begin(), panel.curves.end(),
                     [&, name = &signal->name](const Curve& one) { return one.name == *name; })) {
      panel.curves.push_back({column, signal->name, false, false, false});
    }
  }
}

// "V" and "mV" agree by a factor of 0.001; nullopt when the text is another unit.
std::optional<double> factor(std::string_view text, const std::string& base) {
  constexpr std::array<std::pair<std::string_view, double>, 5> prefixes = {
      {{"", 1}, {"m", 1e-3}, {"u", 1e-6}, {"k", 1e3}, {"M", 1e6}}};
  for (const auto& [prefix, size] : prefixes) {
    if (!base.empty() && text == std::string(prefix) + base) return size;
  }
  return std::nullopt;
}

// Thresholds that the claim's own text compares with: ">= 3.60 V".
void add_thresholds(Panel& panel, const std::string& text) {
  for (std::size_t at = text.find_first_of("<>"); at != std::string::npos; at = text.find_first_of("<>", at + 1)) {
    std::size_t start = at + 1;
    while (start < text.size() && (text[start] == '=' || text[start] == ' ')) ++start;
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data() + start, text.data() + text.size(), number);
    if (problem != std::errc()) continue;
    const std::size_t unit_start = text.find_first_not_of(' ', static_cast<std::size_t>(end - text.data()));
    if (unit_start == std::string::npos) continue;
    const std::size_t unit_end = text.find_first_of(" ,;:)", unit_start);
    const std::string unit = text.substr(unit_start, unit_end == std::string::npos ? unit_end : unit_end - unit_start);
    const auto size = factor(unit, panel.unit);
    if (!size) continue;
    panel.levels.push_back({number * *size, text.substr(start, unit_start - start) + unit, 0});
  }
}

void add_levels(Panel& panel, const ClaimResult& claim) {
  if (claim.limit && claim.measured && claim.limit->unit == panel.unit && claim.measured->unit == panel.unit &&
      claim.margin) {
    const bool below_limit = claim.measured->number <= claim.limit->number;
    const bool inside = claim.margin->number >= 0;
    panel.levels.push_back({claim.limit->number, "limit " + claim.limit->text, below_limit == inside ? 1 : -1});
    return;
  }
  add_thresholds(panel, claim.text);
}

bool changes_in(const trace::Trace& trace, std::size_t signal, const Moment& moment) {
  double before = -1;
  for (const trace::Change& change : trace.changes) {
    if (change.signal != signal || change.t_ns > moment.t1) continue;
    const bool differs = before != -1 ? change.value != before : change.value == 1 && change.t_ns > 0;
    if (differs && change.t_ns >= moment.t0) return true;
    before = change.value;
  }
  return false;
}

void add_strips(Picture& picture, const ClaimResult& claim, const trace::Trace& trace) {
  const std::array<std::string, 2> always = {"charge_gate", "discharge_gate"};
  std::vector<Strip> others;
  for (std::size_t signal = 0; signal < trace.header.signals.size(); ++signal) {
    const std::string& name = trace.header.signals[signal].name;
    if (!trace.header.signals[signal].is_change || name.starts_with("probe.")) continue;  // a strip shows bits
    const bool wanted = names(claim, name) || name.starts_with("imposed.") ||
                        std::any_of(always.begin(), always.end(), [&](const std::string& gate) {
                          const auto board = board_of(name, gate);
                          return board && name.size() == board->size() + gate.size() && concerns(claim, *board);
                        });
    if (wanted) {
      picture.strips.push_back({signal, name});
    } else if (changes_in(trace, signal, picture.moment)) {
      others.push_back({signal, name});
    }
  }
  for (const Strip& strip : others) {
    if (picture.strips.size() < max_strips) picture.strips.push_back(strip);
  }
}

}  // namespace

Picture picture_of(const ScenarioResult& scenario, const ClaimResult& claim, const trace::Trace& trace) {
  Picture picture;
  picture.moment = moment_of(scenario, claim, trace);
  add_curves(picture.panels, claim, trace);
  if (picture.panels.empty()) add_fallback(picture.panels, claim, trace);
  for (Panel& panel : picture.panels) add_levels(panel, claim);
  add_current(picture.panels, claim, trace);
  add_strips(picture, claim, trace);
  return picture;
}

}  // namespace reports
