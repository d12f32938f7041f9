// SPDX-License-Identifier: Apache-2.0
// How a program runs, over any type that adds, multiplies and compares like a number; for program.cpp and
// uncertainty.cpp alone.
#pragma once
#include "rig/expect/program.hpp"

namespace rig::expect {

template <class Number>
Number reduce_extreme(const Number* operands, std::uint32_t count, bool greatest) {
  Number result = operands[0];
  for (std::uint32_t i = 0; i < count; ++i) {
    const Number x = operands[i];
    if (x != x) return x;
    if (greatest ? x > result : x < result) result = x;
  }
  return result;
}

template <class Number>
Number reduce_sum(const Number* operands, std::uint32_t count) {
  Number result{};
  for (std::uint32_t i = 0; i < count; ++i) result += operands[i];
  return result;
}

/// `read`: the number of a slot.
template <class Number, class Read>
Number Program::evaluate(Read read) const {
  Number stack[kDepth];
  Number* top = stack;  // one past the last operand
  for (const Step& step : steps_) {
    switch (step.code) {
      case Code::constant:
        *top++ = Number{step.constant};
        break;
      case Code::slot:
        *top++ = read(step.count);
        break;
      case Code::negate:
        top[-1] = -top[-1];
        break;
      case Code::abs:
        top[-1] = top[-1] < Number{} ? -top[-1] : top[-1];
        break;
      case Code::add:
        --top;
        top[-1] += top[0];
        break;
      case Code::subtract:
        --top;
        top[-1] -= top[0];
        break;
      case Code::multiply:
        --top;
        top[-1] *= top[0];
        break;
      case Code::divide:
        --top;
        top[-1] /= top[0];
        break;
      case Code::min:
      case Code::max:
        top -= step.count;
        *top = reduce_extreme(top, step.count, step.code == Code::max);
        ++top;
        break;
      case Code::sum:
      case Code::mean:
        top -= step.count;
        *top = reduce_sum(top, step.count);
        if (step.code == Code::mean) *top /= Number{static_cast<double>(step.count)};
        ++top;
        break;
    }
  }
  return stack[0];
}

}  // namespace rig::expect
