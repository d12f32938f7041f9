// SPDX-License-Identifier: Apache-2.0
#include "rig/lint/linear.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>
#include <vector>

#include "rig/scenario/text.hpp"

namespace rig::lint {
namespace {

using scenario::Expression;
using scenario::SignalId;
using Op = Expression::Op;

/// Different for different numbers.
std::string exact(double value) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? std::string(text.data(), end) : std::string();
}

Expression signal_of(SignalId id) {
  Expression e;
  e.op = Op::signal;
  e.signal = id;
  return e;
}

/// Every operand of min, max, mean or sum, lists taken apart.
std::vector<Expression> elements_of(const Expression& e) {
  std::vector<Expression> all;
  for (const Expression& child : e.children) {
    if (child.op != Op::vector) all.push_back(child);
    for (const SignalId id : child.elements) all.push_back(signal_of(id));
  }
  return all;
}

std::set<std::string> keys_of(const std::vector<Expression>& all) {
  std::set<std::string> keys;
  for (const Expression& one : all) keys.insert(key_of(one));
  return keys;
}

/// What lies between the least and the greatest of a set: the whole set, or one of it.
std::set<std::string> set_of(const Expression& e, Op extreme) {
  if (e.op == extreme || e.op == Op::mean) return keys_of(elements_of(e));
  return {key_of(e)};
}

}  // namespace

std::string key_of(const Expression& e) {
  if (e.op == Op::signal) return "s" + std::to_string(e.signal);
  if (e.op == Op::constant) return exact(e.constant);
  std::vector<std::string> keys;
  for (const Expression& one : elements_of(e)) keys.push_back(key_of(one));
  const bool any_order = e.op == Op::add || e.op == Op::multiply || e.op == Op::min || e.op == Op::max;
  if (any_order) std::ranges::sort(keys);
  return std::to_string(static_cast<int>(e.op)) + "(" + scenario::joined(keys, ",") + ")";
}

Linear::Linear(const Expression& expression) {
  add(expression, 1);
  std::erase_if(parts_, [](const auto& part) { return part.second.coefficient == 0; });
}

void Linear::add(const Expression& e, double factor) {
  const auto constant_child = [&](std::size_t i) { return e.children[i].op == Op::constant; };
  switch (e.op) {
    case Op::constant:
      constant_ += factor * e.constant;
      return;
    case Op::negate:
      return add(e.children[0], -factor);
    case Op::add:
    case Op::subtract:
      add(e.children[0], factor);
      return add(e.children[1], e.op == Op::add ? factor : -factor);
    case Op::multiply:
      if (constant_child(0)) return add(e.children[1], factor * e.children[0].constant);
      if (constant_child(1)) return add(e.children[0], factor * e.children[1].constant);
      return add_part(e, factor);
    case Op::divide:
      if (constant_child(1) && e.children[1].constant != 0) return add(e.children[0], factor / e.children[1].constant);
      return add_part(e, factor);
    case Op::sum:
      return add_elements(e, factor);
    default:
      return add_part(e, factor);
  }
}

void Linear::add_elements(const Expression& e, double factor) {
  for (const Expression& one : elements_of(e)) add(one, factor);
}

void Linear::add_part(const Expression& e, double factor) {
  Part& part = parts_[key_of(e)];
  part.coefficient += factor;
  part.expression = e;
}

double Linear::normalize() {
  const double first = parts_.begin()->second.coefficient;
  for (auto& [key, part] : parts_) part.coefficient /= first;
  constant_ /= first;
  return first;
}

/// max(A) - min(B), and either against one of its own: never negative when A and B share one.
bool Linear::is_never_negative() const {
  if (parts_.size() != 2) return false;
  const auto& [a, b] = std::pair(parts_.begin()->second, std::next(parts_.begin())->second);
  if (a.coefficient != -b.coefficient) return false;
  const Part& greater = a.coefficient > 0 ? a : b;
  const Part& lesser = a.coefficient > 0 ? b : a;
  const std::set<std::string> of_greater = set_of(greater.expression, Op::max);
  const std::set<std::string> of_lesser = set_of(lesser.expression, Op::min);
  if (greater.expression.op == Op::mean || lesser.expression.op == Op::mean) {
    return of_greater == of_lesser && (greater.expression.op == Op::max || lesser.expression.op == Op::min);
  }
  return std::ranges::any_of(of_lesser, [&](const std::string& key) { return of_greater.contains(key); });
}

Interval Linear::range(const Ranges& ranges) const {
  Interval all = point(0);
  for (const auto& [key, part] : parts_) all = all + point(part.coefficient) * range_of(part.expression, ranges);
  if (is_never_negative()) all.low = std::max(all.low, 0.0);
  return all;
}

std::string Linear::key() const {
  std::string all;
  for (const auto& [key, part] : parts_) all += exact(part.coefficient) + "*" + key + " ";
  return all;
}

}  // namespace rig::lint
