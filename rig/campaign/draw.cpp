// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/draw.hpp"

#include <algorithm>
#include <cmath>

#include "models/math/exact.hpp"
#include "models/math/noise.hpp"
#include "rig/scenario/text.hpp"

namespace rig::campaign {
namespace {

constexpr std::uint64_t draws = 0xD0A3, seeds = 0x5EED5;

template <std::size_t N>
double polynomial(const double (&c)[N], double x) {
  double sum = 0;
  for (std::size_t i = N; i-- > 0;) sum = sum * x + c[i];
  return sum;
}

double normal_share(double z) { return 0.5 * models::math::erfc(-z / std::sqrt(2.0)); }

}  // namespace

// M. J. Wichura, Algorithm AS 241: The percentage points of the normal distribution, Applied Statistics 37 (1988),
// PPND16.
double normal_quantile(double p) {
  static constexpr double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                 1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                 3.3430575583588128105e+4, 2.5090809287301226727e+3};
  static constexpr double b[] = {1.0,
                                 4.2313330701600911252e+1,
                                 6.8718700749205790830e+2,
                                 5.3941960214247511077e+3,
                                 2.1213794301586595867e+4,
                                 3.9307895800092710610e+4,
                                 2.8729085735721942674e+4,
                                 5.2264952788528545610e+3};
  static constexpr double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                 3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                 2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static constexpr double d[] = {1.0,
                                 2.05319162663775882187e0,
                                 1.67638483018380384940e0,
                                 6.89767334985100004550e-1,
                                 1.48103976427480074590e-1,
                                 1.51986665636164571966e-2,
                                 5.47593808499534494600e-4,
                                 1.05075007164441684324e-9};
  static constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                 2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static constexpr double f[] = {1.0,
                                 5.99832206555887937690e-1,
                                 1.36929880922735805310e-1,
                                 1.48753612908506148525e-2,
                                 7.86869131145613259100e-4,
                                 1.84631831751005468180e-5,
                                 1.42151175831644588870e-7,
                                 2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(a, r) / polynomial(b, r);
  }
  double r = std::sqrt(-models::math::log(q < 0 ? p : 1 - p));
  r = r <= 5 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6) : polynomial(e, r - 5) / polynomial(f, r - 5);
  return q < 0 ? -r : r;
}

double Distribution::quantile(double p) const {
  switch (kind) {
    case Kind::normal:
      return a + b * normal_quantile(p);
    case Kind::lognormal:
      return a * models::math::exp(b * normal_quantile(p));
    case Kind::uniform:
      return a + (b - a) * p;
    case Kind::triangular: {
      const double peak = (c - a) / (b - a);
      return p < peak ? a + std::sqrt(p * (b - a) * (c - a)) : b - std::sqrt((1 - p) * (b - a) * (b - c));
    }
  }
  return a;
}

double Distribution::share_below(double value) const {
  switch (kind) {
    case Kind::normal:
      return normal_share((value - a) / b);
    case Kind::lognormal:
      return value <= 0 ? 0 : normal_share(models::math::log(value / a) / b);
    case Kind::uniform:
      return std::clamp((value - a) / (b - a), 0.0, 1.0);
    case Kind::triangular:
      if (value <= a) return 0;
      if (value >= b) return 1;
      return value < c ? (value - a) * (value - a) / ((b - a) * (c - a))
                       : 1 - (b - value) * (b - value) / ((b - a) * (b - c));
  }
  return 0;
}

std::string drawn(const Distribution& d, std::uint64_t seed, std::size_t place, std::size_t run) {
  const std::uint64_t bits = models::math::random_bits(models::math::random_bits(seed, draws, place), draws, run);
  const double share = (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53;  // never 0 or 1
  const double low = d.share_below(d.least), high = d.share_below(d.most);
  const double value = std::clamp(d.quantile(low + (high - low) * share), d.least, d.most);
  return scenario::shortest(value) + (d.unit.empty() ? "" : " " + d.unit);
}

std::uint64_t seed_of_run(std::uint64_t seed, std::size_t run) { return models::math::random_bits(seed, seeds, run); }

}  // namespace rig::campaign
