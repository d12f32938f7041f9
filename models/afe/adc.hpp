// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "models/math/noise.hpp"

namespace models::afe {

/// One converter input: what the board's chain makes of a true value.
///   code = round( (value (1 + gain) + offset + noise) / lsb ),  clamped to the code range
/// offset and gain are drawn once per channel from the seed, noise anew for every sample (counter-based, so that
/// samples may be taken in any order). Unipolar: lsb = full_scale / 2^bits, codes 0 … 2^bits - 1. Bipolar: lsb =
/// full_scale / 2^(bits-1).
struct AdcParams {
  double full_scale = 0;  // > 0, in the unit of the value
  int bits = 12;          // 8 … 24
  bool bipolar = false;
  double offset_sigma = 0, gain_sigma = 0, noise_sigma = 0;  // unit of the value, 1, unit of the value
};

class AdcChannel {
 public:
  AdcChannel(const AdcParams& params, std::uint64_t seed, std::uint64_t stream)
      : lsb_(params.full_scale / static_cast<double>(1LL << (params.bipolar ? params.bits - 1 : params.bits))),
        per_lsb_(1 / lsb_),
        lowest_(params.bipolar ? -(1LL << (params.bits - 1)) : 0),
        highest_((1LL << (params.bipolar ? params.bits - 1 : params.bits)) - 1),
        noise_sigma_(params.noise_sigma),
        seed_(seed),
        stream_(2 * stream + 1) {
    const auto& normal = math::normal();
    gain_ = 1 + params.gain_sigma * normal(math::random_bits(seed, 2 * stream, 0));
    offset_ = params.offset_sigma * normal(math::random_bits(seed, 2 * stream, 1));
  }

  /// The code of one sample; each call uses the next noise value.
  [[nodiscard]] std::int32_t sample(double value) {
    const double noise = noise_sigma_ * math::normal()(math::random_bits(seed_, stream_, counter_++));
    const double code = (value * gain_ + offset_ + noise) * per_lsb_;
    if (code >= static_cast<double>(highest_)) return static_cast<std::int32_t>(highest_);
    if (code <= static_cast<double>(lowest_)) return static_cast<std::int32_t>(lowest_);
    return static_cast<std::int32_t>(code + (code >= 0 ? 0.5 : -0.5));
  }
  [[nodiscard]] double lsb() const { return lsb_; }

 private:
  double lsb_, per_lsb_;
  std::int64_t lowest_, highest_;
  double noise_sigma_, gain_ = 1, offset_ = 0;
  std::uint64_t seed_, stream_, counter_ = 0;
};

}  // namespace models::afe
