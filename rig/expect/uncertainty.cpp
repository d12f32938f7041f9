// SPDX-License-Identifier: Apache-2.0
// What the uncertainty of readings makes of the figures computed from them: JCGM 100 (GUM), 5.1.2.
#include <algorithm>
#include <cmath>

#include "rig/expect/literal.hpp"

namespace rig::expect {
namespace {

/// A figure and how much it changes with one reading.
struct Dual {
  double value, slope;
};

Dual extreme_of(const Dual* operands, std::uint32_t count, bool greatest) {
  Dual result = operands[0];
  for (std::uint32_t i = 1; i < count; ++i)
    if (greatest ? operands[i].value > result.value : operands[i].value < result.value) result = operands[i];
  return result;
}

Dual sum_of(const Dual* operands, std::uint32_t count) {
  Dual sum{0, 0};
  for (std::uint32_t i = 0; i < count; ++i) sum = {sum.value + operands[i].value, sum.slope + operands[i].slope};
  return sum;
}

}  // namespace

double Program::slope(const double* values, std::uint32_t slot) const {
  Dual stack[kDepth];
  Dual* top = stack;  // one past the last operand
  for (const Step& step : steps_) {
    const std::uint32_t taken = step.code == Code::constant || step.code == Code::slot ? 0 : step.count;
    Dual* const first = top - taken;
    const Dual a = taken > 0 ? first[0] : Dual{}, b = taken > 1 ? first[1] : Dual{};
    top = first + 1;
    switch (step.code) {
      case Code::constant:
        *first = {step.constant, 0};
        break;
      case Code::slot:
        *first = {values[step.count], step.count == slot ? 1.0 : 0.0};
        break;
      case Code::negate:
        *first = {-a.value, -a.slope};
        break;
      case Code::abs:
        if (a.value < 0) *first = {-a.value, -a.slope};
        break;
      case Code::add:
        *first = {a.value + b.value, a.slope + b.slope};
        break;
      case Code::subtract:
        *first = {a.value - b.value, a.slope - b.slope};
        break;
      case Code::multiply:
        *first = {a.value * b.value, a.slope * b.value + a.value * b.slope};
        break;
      case Code::divide:
        *first = {a.value / b.value, (a.slope - a.value / b.value * b.slope) / b.value};
        break;
      case Code::min:
      case Code::max:
        *first = extreme_of(first, step.count, step.code == Code::max);
        break;
      case Code::sum:
        *first = sum_of(first, step.count);
        break;
      case Code::mean:
        *first = sum_of(first, step.count);
        *first = {first->value / step.count, first->slope / step.count};
        break;
    }
  }
  return stack[0].slope;
}

double Comparison::standard(const double* values, const Slots& slots) const {
  if (!slots.uncertain()) return std::numeric_limits<double>::quiet_NaN();
  std::vector<std::uint32_t> used = left_.used();
  for (const auto slot : right_.used())
    if (std::find(used.begin(), used.end(), slot) == used.end()) used.push_back(slot);
  double squares = 0;
  for (const auto slot : used) {
    const double slope = right_.slope(values, slot) - left_.slope(values, slot);
    if (slope == 0) continue;
    const double part = slope * slots.standard(slot, values[slot]);
    squares += part * part;
  }
  return std::sqrt(squares);
}

}  // namespace rig::expect
