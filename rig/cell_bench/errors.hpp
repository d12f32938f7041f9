// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

namespace rig::cell_bench {

/// Error of the model at the rows that count.
struct Errors {
  std::size_t rows = 0;
  double rms = 0, worst = 0, worst_at_s = 0;  // worst with its sign: model less measured
};

/// Adds up errors row by row.
class ErrorSum {
 public:
  void add(double error, double at_s);
  [[nodiscard]] Errors errors() const;

 private:
  Errors errors_;
  double square_ = 0;
};

}  // namespace rig::cell_bench
