// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/dimensions.hpp"

#include <array>

namespace rig::scenario {
namespace {

using D = Dimension;

// factor * factor = product, in base units without a conversion
struct Product {
  D factor, other, product;
};
constexpr std::array products{
    Product{D::voltage, D::current, D::power}, Product{D::current, D::resistance, D::voltage},
    Product{D::power, D::time, D::energy},     Product{D::slope_voltage, D::time, D::voltage},
    Product{D::frequency, D::time, D::none},
};

bool plain(D d) { return d == D::none || d == D::ratio; }
bool scalable(D d) { return d != D::boolean && d != D::temperature && d != D::c_rate; }

}  // namespace

std::optional<D> sum_dimension(D a, D b) {
  if (a == D::temperature && b == D::temperature_difference) return D::temperature;
  if (a == D::temperature_difference && b == D::temperature) return D::temperature;
  if (a == b && scalable(a)) return a;
  return std::nullopt;
}

std::optional<D> difference_dimension(D a, D b) {
  if (a == D::temperature && b == D::temperature) return D::temperature_difference;
  if (a == D::temperature && b == D::temperature_difference) return D::temperature;
  if (a == b && scalable(a)) return a;
  return std::nullopt;
}

std::optional<D> product_dimension(D a, D b) {
  if (!scalable(a) || !scalable(b)) return std::nullopt;
  if (plain(a) && plain(b)) return a == D::ratio || b == D::ratio ? D::ratio : D::none;
  if (plain(a)) return b;
  if (plain(b)) return a;
  for (const Product& p : products) {
    if ((p.factor == a && p.other == b) || (p.factor == b && p.other == a)) return p.product;
  }
  return std::nullopt;
}

std::optional<D> quotient_dimension(D a, D b) {
  if (!scalable(a) || !scalable(b)) return std::nullopt;
  if (plain(b)) return a;
  if (a == b) return D::none;
  if (a == D::none && b == D::time) return D::frequency;
  if (a == D::none && b == D::frequency) return D::time;
  for (const Product& p : products) {
    if (p.product == a && p.factor == b) return p.other;
    if (p.product == a && p.other == b) return p.factor;
  }
  return std::nullopt;
}

}  // namespace rig::scenario
