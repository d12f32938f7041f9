// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/literal.hpp"

#include <algorithm>
#include <stdexcept>

namespace rig::expect {
namespace {

using Op = scenario::Expression::Op;

Op opposite(Op op) {
  switch (op) {
    case Op::less:
      return Op::greater_equal;
    case Op::less_equal:
      return Op::greater;
    case Op::greater:
      return Op::less_equal;
    case Op::greater_equal:
      return Op::less;
    case Op::equal:
      return Op::not_equal;
    case Op::not_equal:
      return Op::equal;
    default:
      throw std::invalid_argument("not a comparison");
  }
}

bool is_comparison(Op op) { return op >= Op::less && op <= Op::not_equal; }

bool is_edge(Op op) { return op == Op::turns_on || op == Op::turns_off; }

SignalId bit_of(const scenario::Expression& expression) {
  const auto& bit = expression.op == Op::signal ? expression : expression.children.at(0);
  if (bit.op != Op::signal) throw std::invalid_argument("not a bit: " + expression.text);
  return bit.signal;
}

}  // namespace

Comparison::Comparison(const scenario::Expression& expression, bool negated, Slots& slots)
    : left_(expression.children.at(0), slots), right_(expression.children.at(1), slots) {
  orient(expression.op, negated);
  survey(slots);
  swapped_ = left_.constant() && !right_.constant();
}

void Comparison::orient(Op op, bool negated) {
  if (negated) op = opposite(op);
  if (op == Op::greater || op == Op::greater_equal) direction_ = -1;
  if (op == Op::equal) relation_ = Relation::equal;
  if (op == Op::not_equal) relation_ = Relation::not_equal;
  if (op == Op::less_equal || op == Op::greater_equal) relation_ = Relation::or_equal;
}

void Comparison::survey(const Slots& slots) {
  double finest = std::numeric_limits<double>::infinity();
  for (const auto* side : {&left_, &right_}) {
    for (const auto slot : side->used()) {
      continuous_ = continuous_ || slots.continuous(slot);
      resolution_ = std::max(resolution_, slots.info(slot).resolution);
      finest = std::min(finest, slots.info(slot).resolution);
    }
  }
  rank_unit_ = slots.uncertain() ? known_near_limit(slots) : resolution_;
  if (!continuous_ && resolution_ > 0) snap_ = 1e-6 * finest;
}

double Comparison::known_near_limit(const Slots& slots) const {
  const Program& limit = left_.constant() ? left_ : right_;
  const double near = limit.constant() ? limit(nullptr) : 0;
  double coarsest = 0;
  for (const auto* side : {&left_, &right_})
    for (const auto slot : side->used()) coarsest = std::max(coarsest, slots.standard(slot, near));
  return coarsest > 0 ? coarsest : resolution_;
}

double Comparison::inside(const double* values) const {
  const double distance = direction_ * (right_(values) - left_(values));
  return distance < snap_ && -distance < snap_ ? 0.0 : distance;
}

Truth Comparison::truth(double inside) const {
  if (inside != inside) return Truth::unknown;
  switch (relation_) {
    case Relation::strict:
      return truth_of(inside > 0);
    case Relation::or_equal:
      return truth_of(inside >= 0);
    case Relation::equal:
      return truth_of(inside == 0);
    default:
      return truth_of(inside != 0);
  }
}

double Comparison::margin(double inside) const {
  const double distance = inside < 0 ? -inside : inside;
  if (relation_ == Relation::equal) return inside == 0 ? 0.0 : -distance;
  return relation_ == Relation::not_equal ? distance : inside;
}

void Comparison::choose(const double* values, std::vector<std::uint32_t>& chosen) const {
  measured().choose(values, chosen);
  if (chosen.empty()) limit().choose(values, chosen);
}

const char* Comparison::limit_is() const {
  if (relation_ == Relation::equal) return "==";
  if (relation_ == Relation::not_equal) return "!=";
  const bool less = (direction_ > 0) != swapped_;
  if (strict()) return less ? "<" : ">";
  return less ? "<=" : ">=";
}

Literal::Literal(const scenario::Expression& expression, bool negated, Slots& slots) {
  if (is_comparison(expression.op)) {
    comparison.emplace(expression, negated, slots);
    used_ = comparison->measured().used();
    used_.insert(used_.end(), comparison->limit().used().begin(), comparison->limit().used().end());
  } else {
    used_.push_back(slots.slot(bit_of(expression)));
    edge_ = is_edge(expression.op);
    bit_on_ = expression.op != Op::is_off && expression.op != Op::turns_off;
    negated_ = negated;
    if (slots.continuous(used_[0])) throw std::invalid_argument("not a bit: " + expression.text);
  }
  telemetry_ = std::any_of(used_.begin(), used_.end(), [&](auto slot) { return slots.telemetry(slot); });
}

bool Literal::set(const double* values) {
  const Truth now_before = fallback_, held_before = held;
  if (comparison) {
    inside = comparison->inside(values);
    now = held = fallback_ = comparison->truth(inside);
  } else {
    set_bit(values[used_[0]]);
  }
  return now != now_before || held != held_before;
}

void Literal::set_bit(double value) {
  const Truth state = value != value ? Truth::unknown : truth_of((value != 0) == bit_on_);
  held = negated_ ? negate(state) : state;
  now = fallback_ = held;
  if (edge_) {
    const bool happens = state == Truth::yes && last_known_ == Truth::no;
    const Truth resting = state == Truth::unknown ? Truth::unknown : Truth::no;
    fallback_ = negated_ ? negate(resting) : resting;
    now = happens ? truth_of(!negated_) : fallback_;
  }
  if (state != Truth::unknown) last_known_ = state;
}

void Literal::cross(double side, bool touched_zero) {
  held = fallback_ = now = comparison->truth(side);
  if (touched_zero && comparison->two_sided()) now = comparison->truth(0);
}

}  // namespace rig::expect
