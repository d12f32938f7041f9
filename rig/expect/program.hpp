// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "rig/expect/slots.hpp"
#include "rig/scenario/expression.hpp"

namespace rig::expect {

/// An arithmetic expression, compiled to a flat postfix program over slots: no allocation, no virtual call while it
/// runs. NaN in any signal gives NaN, also through min and max. Throws std::invalid_argument for an expression that is
/// not arithmetic (the reader does not produce one).
class Program {
 public:
  Program(const scenario::Expression& expression, Slots& slots);

  [[nodiscard]] double operator()(const double* values) const {
    return shape_ == Shape::constant ? constant_ : shape_ == Shape::signal ? values[used_[0]] : run(values);
  }
  [[nodiscard]] bool constant() const { return used_.empty(); }
  [[nodiscard]] const std::vector<std::uint32_t>& used() const { return used_; }  // slots, each once
  [[nodiscard]] scenario::Dimension dimension() const { return dimension_; }
  [[nodiscard]] bool picks() const { return !picks_.empty(); }

  /// The element that decides a min or max over a vector, "cell[3]" from "bms.cell[3].voltage"; several joined by ", ";
  /// else "".
  [[nodiscard]] std::string element(const double* values, const Slots& slots) const;

 private:
  enum class Shape : std::uint8_t { constant, signal, general };
  enum class Code : std::uint8_t { constant, slot, negate, add, subtract, multiply, divide, abs, min, max, mean, sum };
  struct Step {
    Code code;
    std::uint32_t count = 0;  // slot: which; min max mean sum: how many operands
    double constant = 0;
  };
  /// A min or max whose operands are all signals.
  struct Pick {
    bool greatest;
    std::vector<std::uint32_t> slots;
  };
  static constexpr std::size_t kDepth = 256;

  void compile(const scenario::Expression& expression, Slots& slots);
  std::uint32_t operands(const scenario::Expression& expression, Slots& slots);
  void push_slot(SignalId id, Slots& slots);
  void note_pick(const scenario::Expression& expression, Slots& slots);
  [[nodiscard]] double run(const double* values) const;

  Shape shape_ = Shape::general;
  double constant_ = 0;
  scenario::Dimension dimension_;
  std::vector<Step> steps_;
  std::vector<std::uint32_t> used_;
  std::vector<Pick> picks_;
};

}  // namespace rig::expect
