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
    switch (shape_) {
      case Shape::constant:
        return constant_;
      case Shape::signal:
        return values[used_[0]];
      case Shape::extreme:
        return extreme(picks_[0], values);
      default:
        return run(values);
    }
  }
  [[nodiscard]] bool constant() const { return used_.empty(); }
  [[nodiscard]] const std::vector<std::uint32_t>& used() const { return used_; }  // slots, each once
  [[nodiscard]] scenario::Dimension dimension() const { return dimension_; }

  /// How much it changes with this slot alone; where min, max or abs have a kink, one of both sides.
  [[nodiscard]] double slope(const double* values, std::uint32_t slot) const;
  [[nodiscard]] bool picks() const { return !picks_.empty(); }
  /// Slots of the elements that decide each min or max over a vector.
  void choose(const double* values, std::vector<std::uint32_t>& chosen) const;
  /// Their names for people: "cell[3]" from "bms.cell[3].voltage"; several joined by ", ".
  [[nodiscard]] static std::string element(const std::vector<std::uint32_t>& chosen, const Slots& slots);

 private:
  enum class Shape : std::uint8_t { constant, signal, extreme, general };
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
  template <class Number, class Read>
  [[nodiscard]] Number evaluate(Read read) const;  // evaluate.hpp
  [[nodiscard]] double run(const double* values) const;
  [[nodiscard]] static double extreme(const Pick& pick, const double* values);

  Shape shape_ = Shape::general;
  double constant_ = 0;
  scenario::Dimension dimension_;
  std::vector<Step> steps_;
  std::vector<std::uint32_t> used_;
  std::vector<Pick> picks_;
};

}  // namespace rig::expect
