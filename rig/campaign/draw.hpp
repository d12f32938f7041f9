// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace rig::campaign {

/// A named distribution of one quantity; all numbers in the unit in which the file gives them.
///   normal      mean a, sigma b                    uniform     from a to b
///   lognormal   median a, sigma of the logarithm b triangular  from a, most likely c, to b
/// What would lie outside of least … most is drawn from the part inside, by the same law.
struct Distribution {
  enum class Kind : std::uint8_t { normal, uniform, triangular, lognormal };
  Kind kind = Kind::uniform;
  double a = 0, b = 0, c = 0;
  double least = -1e300, most = 1e300;
  std::string unit;  // as written: "%", "mV"

  /// The value below which a share `p` of all lies, 0 < p < 1.
  [[nodiscard]] double quantile(double p) const;
  /// The share below `value`.
  [[nodiscard]] double share_below(double value) const;
};

/// Run `run` of a campaign draws this for its `place`-th quantity: a function of its arguments alone, whatever other
/// runs draw and in which order. A text with at most 9 significant digits and the unit; this text is the value.
[[nodiscard]] std::string drawn(const Distribution& distribution, std::uint64_t seed, std::size_t place,
                                std::size_t run);

/// Seed of the noise and tolerances of run `run`.
[[nodiscard]] std::uint64_t seed_of_run(std::uint64_t seed, std::size_t run);

/// Standard normal: the value below which a share p lies, 0 < p < 1; relative error below 1e-14 (Wichura, AS 241).
[[nodiscard]] double normal_quantile(double p);

}  // namespace rig::campaign
