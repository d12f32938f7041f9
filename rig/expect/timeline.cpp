// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/timeline.hpp"

#include <algorithm>
#include <stdexcept>

#include "rig/scenario/reader.hpp"

namespace rig::expect {
namespace {

using scenario::Dimension;
using scenario::Expression;
using Op = Expression::Op;

Expression constant(double value, Dimension dimension) {
  Expression expression;
  expression.dimension = dimension;
  expression.constant = value;
  return expression;
}

Expression combine(Op op, std::vector<Expression> children) {
  Expression expression;
  expression.op = op;
  expression.dimension = op < Op::less ? children.front().dimension : Dimension::boolean;
  expression.children = std::move(children);
  return expression;
}

Expression signal(const std::string& name, const scenario::Catalogue& catalogue) {
  const auto id = catalogue.find(name);
  if (!id) throw std::invalid_argument("a protection timeline needs the signal " + name);
  Expression expression;
  expression.op = Op::signal;
  expression.signal = *id;
  expression.dimension = catalogue.info(*id).dimension;
  expression.text = name;
  return expression;
}

std::optional<double> find_setting(const std::string& wanted, const Judge::Limits& limits) {
  for (const auto& [name, value] : limits.settings)
    if (name == wanted) return value;
  return std::nullopt;
}

double setting_of(const ProtectionRow& row, const std::string& prefix, std::size_t cells, const Judge::Limits& limits) {
  const std::string setting = prefix + (row.setting.empty() ? Judge::Limits::comparator : row.setting);
  std::optional<double> value = find_setting(setting, limits);
  if (value == 0.0 && !row.of_each_cell.empty()) {
    value = find_setting(prefix + row.of_each_cell, limits);
    if (value) *value *= static_cast<double>(cells);
  }
  if (!value) throw std::invalid_argument("a timeline of " + prefix + row.name + " needs the setting " + setting);
  return *value;
}

/// How far inside of a setting a quantity still counts as near.
double band_of(double setting, Dimension dimension) {
  return dimension == Dimension::temperature ? 1.0 : 0.01 * (setting < 0 ? -setting : setting);
}

/// "a." and "cell_overvoltage" of "a.cell_overvoltage".
std::pair<std::string, std::string> of_board(const std::string& protection) {
  const std::size_t begin = protection.rfind('.') + 1;
  return {protection.substr(0, begin), protection.substr(begin)};
}

const ProtectionRow& row_of(const std::string& name) {
  for (const auto& row : protections())
    if (row.name == name) return row;
  throw std::invalid_argument("not a protection: " + name);
}

Expression blocked_current(const ProtectionRow& row, const scenario::Catalogue& catalogue) {
  auto current = signal("port.current", catalogue);
  if (row.current_sign > 0) return current;
  return combine(row.current_sign < 0 ? Op::negate : Op::abs, {current});
}

/// A protection's row, and its board's own signals.
struct Protection {
  Protection(const std::string& name, const scenario::Catalogue& all)
      : prefix(of_board(name).first),
        row(row_of(of_board(name).second)),
        own(prefix.empty() ? scenario::Catalogue() : all.of(prefix)),
        catalogue(prefix.empty() ? all : own) {}
  [[nodiscard]] Expression quantity() const { return scenario::parse_expression(row.true_quantity, catalogue, {}); }
  [[nodiscard]] std::size_t cells() const {
    const auto* const voltages = catalogue.find_vector("cell.voltage");
    return voltages == nullptr ? 0 : voltages->size();
  }

  std::string prefix;
  const ProtectionRow& row;
  scenario::Catalogue own;
  const scenario::Catalogue& catalogue;
};

}  // namespace

ProtectionSetting protection_setting(const std::string& name, const scenario::Catalogue& all,
                                     const Judge::Limits& limits) {
  const Protection protection(name, all);
  ProtectionSetting setting;
  setting.value = setting_of(protection.row, protection.prefix, protection.cells(), limits);
  setting.dimension = protection.quantity().dimension;
  setting.delay_s = find_setting(protection.prefix + protection.row.delay, limits);
  return setting;
}

std::vector<Expression> timeline_expressions(const std::string& protection, const scenario::Catalogue& all,
                                             const Judge::Limits& limits) {
  const Protection one(protection, all);
  const ProtectionRow& row = one.row;
  const scenario::Catalogue& catalogue = one.catalogue;
  const Expression quantity = one.quantity();
  const double setting = setting_of(row, one.prefix, one.cells(), limits);
  const double band = band_of(setting, quantity.dimension);
  const Op inside = row.above ? Op::less : Op::greater;
  return {combine(inside, {quantity, constant(setting, quantity.dimension)}),
          row.flag.empty() ? combine(Op::is_off, {signal(row.gate, catalogue)})
                           : combine(Op::is_on, {signal(row.flag, catalogue)}),
          combine(Op::is_off, {signal(row.gate, catalogue)}),
          combine(Op::less, {blocked_current(row, catalogue), constant(1.0, Dimension::current)}),
          combine(inside, {quantity, constant(row.above ? setting - band : setting + band, quantity.dimension)})};
}

std::vector<Expression> timelines_of(const scenario::Scenario& scenario) {
  const scenario::Catalogue catalogue = scenario::make_catalogue(scenario);
  std::vector<Expression> all;
  for (const Claim& claim : scenario.claims) {
    if (claim.protection.empty()) continue;
    const auto& [prefix, name] = of_board(claim.protection);
    const ProtectionRow& row = row_of(name);
    const std::string setting = row.setting.empty() ? Judge::Limits::comparator : row.setting;
    const Judge::Limits unset{{{prefix + setting, 0}, {prefix + row.of_each_cell, 0}}, 0};
    for (Expression& one : timeline_expressions(claim.protection, catalogue, unset)) all.push_back(std::move(one));
  }
  return all;
}

void Timeline::observe(const Observation& at) {
  const auto becomes = [&](std::size_t i, Truth truth) { return at.now[i] == truth && (before_.now[i] != truth); };
  visits_.observe(at);
  const bool beyond = at.now[0] == Truth::no;
  if (beyond && (!seen_ || before_.now[0] != Truth::no)) crosses(at.t_ns);
  if (seen_ && before_.now[2] == Truth::no && becomes(2, Truth::yes)) gate_falls(at.t_ns, beyond);
  if (seen_ && before_.now[1] == Truth::no && becomes(1, Truth::yes)) flag_rises(at.t_ns);
  if (found_.t_act >= 0 && found_.t_clear < 0 && at.now[3] == Truth::yes) found_.t_clear = at.t_ns;
  if (confirmed_) after_the_act(at);
  // a flag that was unknown for a while is compared with its last known state
  const Truth flag = at.now[1] == Truth::unknown ? before_.now[1] : at.now[1];
  before_ = at;
  before_.now[1] = flag;
  seen_ = true;
}

void Timeline::crosses(std::int64_t t_ns) {
  if (confirmed_) return;
  found_ = ProtectionTimeline{};
  found_.t_cross = t_ns;
  deepest_ = std::numeric_limits<double>::infinity();
}

void Timeline::gate_falls(std::int64_t t_ns, bool beyond) {
  if (confirmed_) return;
  found_.t_act = t_ns;
  found_.t_clear = -1;
  confirmed_ = beyond;
}

void Timeline::flag_rises(std::int64_t t_ns) {
  if (found_.t_detect >= 0) return;
  found_.t_detect = t_ns;
  confirmed_ = confirmed_ || found_.t_act >= 0;
}

void Timeline::after_the_act(const Observation& at) {
  if (found_.t_back < 0 && found_.t_cross >= 0 && at.now[0] == Truth::yes) found_.t_back = at.t_ns;
  const bool released = at.now[2] == Truth::no && at.now[1] == Truth::no && found_.t_detect >= 0;
  if (found_.t_release < 0 && released) found_.t_release = at.t_ns;
}

double Timeline::floor() const {
  if (over()) return -std::numeric_limits<double>::infinity();
  return began() ? deepest_ : 0.0;
}

void Timeline::figure(std::int64_t, const Decision& decision, const double* values) {
  if (!began() || over() || decision.literal == nullptr || !(decision.margin < deepest_)) return;
  deepest_ = decision.margin;
  found_.peak = decision.literal->comparison->measured()(values);
}

Verdict Timeline::verdict() const {
  Verdict verdict;
  verdict.timeline = found_;
  verdict.timeline->peak_dimension = setting_.dimension;
  verdict.timeline->setting = setting_.value;
  verdict.timeline->delay_s = setting_.delay_s;
  verdict.timeline->trips = visits_.trips;
  verdict.timeline->forgiven = visits_.forgiven;
  verdict.timeline->longest_forgiven_ns = visits_.longest_forgiven_ns;
  verdict.timeline->longest_near_ns = visits_.longest_near_ns;
  if (deepest_ == std::numeric_limits<double>::infinity()) verdict.timeline->peak = kNothing;
  if (found_.t_act >= 0 && !confirmed_) verdict.timeline->t_act = verdict.timeline->t_clear = -1;
  return verdict;
}

}  // namespace rig::expect
