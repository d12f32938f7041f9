// SPDX-License-Identifier: Apache-2.0
#include "models/cell/lattice.hpp"

#include <stdexcept>
#include <string>

#include "models/math/exact.hpp"
#include "models/math/require.hpp"

namespace models::cell {
namespace {

using math::zero_degC_K;

double mix(double a, double b, double w) { return a + (b - a) * w; }

double arrhenius(double t0, double y0, double t1, double y1, double t) {
  const double x0 = 1 / (t0 + zero_degC_K), x1 = 1 / (t1 + zero_degC_K), x = 1 / (t + zero_degC_K);
  const double l0 = math::log(y0), l1 = math::log(y1);
  return math::exp(l0 + (l1 - l0) * (x - x0) / (x1 - x0));
}

}  // namespace

Lattice::Lattice(std::vector<double> degC, std::vector<double> y) {
  Axes axes;
  axes.degC = std::move(degC);
  *this = grid(std::move(axes), std::move(y));
}

Lattice Lattice::over_soc(std::vector<double> soc, std::vector<double> y) {
  Axes axes;
  axes.soc = std::move(soc);
  return grid(std::move(axes), std::move(y));
}

Lattice Lattice::grid(Axes axes, std::vector<double> y) {
  Lattice l;
  l.soc_ = math::Axis(axes.soc);
  l.degC_ = math::Axis(axes.degC);
  l.current_ = math::Axis(axes.current_A);
  if (y.size() != axes.soc.size() * axes.degC.size() * axes.current_A.size()) {
    throw std::invalid_argument("a grid of " + std::to_string(axes.soc.size()) + " x " +
                                std::to_string(axes.degC.size()) + " x " + std::to_string(axes.current_A.size()) +
                                " points has " + std::to_string(y.size()) + " values");
  }
  l.axes_ = std::move(axes);
  l.values_ = std::move(y);
  return l;
}

double Lattice::row(std::size_t current, std::size_t temperature, math::Axis::Place soc) const {
  const std::size_t at = (current * degC_.size() + temperature) * soc_.size() + soc.i;
  return soc.w == 0 ? values_[at] : mix(values_[at], values_[at + 1], soc.w);
}

double Lattice::plane(std::size_t current, double soc, double degC, OverTemperature over) const {
  const math::Axis::Place s = soc_.clamped(soc), t = degC_.clamped(degC);
  const double y0 = row(current, t.i, s);
  if (t.w == 0) return y0;
  const double y1 = row(current, t.i + 1, s);
  if (t.w == 1) return y1;
  if (over == OverTemperature::linear || y0 <= 0 || y1 <= 0) return mix(y0, y1, t.w);
  return arrhenius(axes_.degC[t.i], y0, axes_.degC[t.i + 1], y1, degC);
}

double Lattice::at(double soc, double degC, double current_A, OverTemperature over) const {
  const math::Axis::Place a = current_.clamped(current_A);
  const double y = plane(a.i, soc, degC, over);
  return a.w == 0 ? y : mix(y, plane(a.i + 1, soc, degC, over), a.w);
}

}  // namespace models::cell
