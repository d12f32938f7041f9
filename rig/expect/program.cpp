// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/program.hpp"

#include <algorithm>
#include <stdexcept>

#include "rig/expect/evaluate.hpp"

namespace rig::expect {
namespace {

using Op = scenario::Expression::Op;

std::string element_of(const std::string& signal) {
  const auto open = signal.find('['), close = signal.find(']', open);
  if (open == std::string::npos || close == std::string::npos) return signal;
  const auto dot = signal.rfind('.', open);
  const auto begin = dot == std::string::npos ? 0 : dot + 1;
  return signal.substr(begin, close + 1 - begin);
}

}  // namespace

Program::Program(const scenario::Expression& expression, Slots& slots) : dimension_(expression.dimension) {
  compile(expression, slots);
  if (steps_.size() > kDepth) throw std::invalid_argument("expression too long: " + expression.text);
  if (steps_.size() == 1 && steps_[0].code == Code::slot) shape_ = Shape::signal;
  if (picks_.size() == 1 && steps_.size() == picks_[0].slots.size() + 1) shape_ = Shape::extreme;
  if (used_.empty()) {
    constant_ = run(nullptr);
    shape_ = Shape::constant;
  }
}

void Program::push_slot(SignalId id, Slots& slots) {
  const auto slot = slots.slot(id);
  steps_.push_back({Code::slot, slot, 0});
  if (std::find(used_.begin(), used_.end(), slot) == used_.end()) used_.push_back(slot);
}

std::uint32_t Program::operands(const scenario::Expression& expression, Slots& slots) {
  std::uint32_t count = 0;
  for (const auto& child : expression.children) {
    if (child.op == Op::vector) {
      for (const auto id : child.elements) push_slot(id, slots);
      count += static_cast<std::uint32_t>(child.elements.size());
    } else {
      compile(child, slots);
      ++count;
    }
  }
  if (count == 0) throw std::invalid_argument("no operand in: " + expression.text);
  return count;
}

void Program::note_pick(const scenario::Expression& expression, Slots& slots) {
  Pick pick{expression.op == Op::max, {}};
  for (const auto& child : expression.children) {
    if (child.op == Op::vector)
      for (const auto id : child.elements) pick.slots.push_back(slots.slot(id));
    else if (child.op == Op::signal)
      pick.slots.push_back(slots.slot(child.signal));
    else
      return;
  }
  if (pick.slots.size() > 1) picks_.push_back(std::move(pick));
}

void Program::compile(const scenario::Expression& expression, Slots& slots) {
  const auto unary = [&](Code code) {
    compile(expression.children.at(0), slots);
    steps_.push_back({code, 1, 0});
  };
  const auto binary = [&](Code code) {
    compile(expression.children.at(0), slots);
    compile(expression.children.at(1), slots);
    steps_.push_back({code, 2, 0});
  };
  const auto list = [&](Code code) {
    const auto count = operands(expression, slots);
    steps_.push_back({code, count, 0});
  };
  switch (expression.op) {
    case Op::constant:
      steps_.push_back({Code::constant, 0, expression.constant});
      return;
    case Op::signal:
      return push_slot(expression.signal, slots);
    case Op::negate:
      return unary(Code::negate);
    case Op::abs:
      return unary(Code::abs);
    case Op::add:
      return binary(Code::add);
    case Op::subtract:
      return binary(Code::subtract);
    case Op::multiply:
      return binary(Code::multiply);
    case Op::divide:
      return binary(Code::divide);
    case Op::mean:
      return list(Code::mean);
    case Op::sum:
      return list(Code::sum);
    case Op::min:
    case Op::max:
      list(expression.op == Op::max ? Code::max : Code::min);
      return note_pick(expression, slots);
    default:
      throw std::invalid_argument("not a number: " + expression.text);
  }
}

double Program::run(const double* values) const {
  return evaluate<double>([values](std::uint32_t slot) { return values[slot]; });
}

double Program::extreme(const Pick& pick, const double* values) {
  double result = values[pick.slots[0]];
  for (const auto slot : pick.slots) {
    const double x = values[slot];
    if (x != x) return x;
    if (pick.greatest ? x > result : x < result) result = x;
  }
  return result;
}

void Program::choose(const double* values, std::vector<std::uint32_t>& chosen) const {
  chosen.clear();
  for (const Pick& pick : picks_) {
    const auto by_value = [&](std::uint32_t a, std::uint32_t b) { return values[a] < values[b]; };
    chosen.push_back(pick.greatest ? *std::max_element(pick.slots.begin(), pick.slots.end(), by_value)
                                   : *std::min_element(pick.slots.begin(), pick.slots.end(), by_value));
  }
}

std::string Program::element(const std::vector<std::uint32_t>& chosen, const Slots& slots) {
  std::string names;
  for (const auto slot : chosen) {
    if (!names.empty()) names += ", ";
    names += element_of(slots.info(slot).name);
  }
  return names;
}

}  // namespace rig::expect
