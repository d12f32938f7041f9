// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "models/math/axis.hpp"

namespace models::cell {

/// How a quantity goes between two temperatures: linear in T, or ln y linear in 1/T (Arrhenius between neighbours;
/// rows of 0 are interpolated linearly).
enum class OverTemperature { linear, arrhenius };

/// A quantity over state of charge, temperature and current, given on a grid; each axis may be left out. Linear in soc
/// and current; outside the grid the end values hold. This is the form in which parameters are given and checked, not
/// the one a step looks up.
class Lattice {
 public:
  Lattice() = default;                                       // nothing given
  Lattice(double value) : values_{value} {}                  // NOLINT(google-explicit-constructor): the same everywhere
  Lattice(std::vector<double> degC, std::vector<double> y);  // over temperature
  static Lattice over_soc(std::vector<double> soc, std::vector<double> y);
  struct Axes {
    std::vector<double> soc{0}, degC{25}, current_A{0};  // one knot: the axis is left out
  };
  /// y[(current * temperatures + temperature) * socs + soc]. Throws std::invalid_argument when axes and values do not
  /// fit or an axis does not increase.
  static Lattice grid(Axes axes, std::vector<double> y);

  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] const Axes& axes() const { return axes_; }
  [[nodiscard]] const std::vector<double>& values() const { return values_; }
  [[nodiscard]] double at(double soc, double degC, double current_A, OverTemperature over) const;

 private:
  [[nodiscard]] double row(std::size_t current, std::size_t temperature, math::Axis::Place soc) const;
  [[nodiscard]] double plane(std::size_t current, double soc, double degC, OverTemperature over) const;

  Axes axes_;
  std::vector<double> values_;
  math::Axis soc_, degC_, current_;
};

}  // namespace models::cell
