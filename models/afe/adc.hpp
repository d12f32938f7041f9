// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "models/afe/params.hpp"
#include "models/math/noise.hpp"

namespace models::afe {

/// One converter input: what the board's chain makes of a true value.
///   code = round( (value gain (1 + drift (T - 25 degC)) + offset + noise) / lsb ),  clamped to the code range
///   gain = 1 + gain_error + gain_sigma g1        offset = offset + offset_sigma g2        g1, g2 standard normal
/// g1 and g2 are drawn once per channel from the seed, noise anew for every sample (counter-based, so that samples may
/// be taken in any order). Unipolar: lsb = full_scale / 2^bits, codes 0 … 2^bits - 1. Bipolar: lsb = full_scale /
/// 2^(bits-1). The chain is one multiplication and one addition, whatever errors it has.
class AdcChannel {
 public:
  AdcChannel(const AdcParams& params, std::uint64_t seed, std::uint64_t stream)
      : lsb_(params.full_scale /
             static_cast<double>(std::int64_t{1} << (params.bipolar ? params.bits - 1 : params.bits))),
        lowest_(params.bipolar ? -static_cast<double>(std::int64_t{1} << (params.bits - 1)) : 0),
        highest_(static_cast<double>((std::int64_t{1} << (params.bipolar ? params.bits - 1 : params.bits)) - 1)),
        noise_per_lsb_(params.noise_sigma / lsb_),
        drift_per_K_(params.drift_per_K),
        noise_(seed, 2 * stream + 1),
        normal_(&math::normal()) {
    const auto& normal = *normal_;
    gain_ = 1 + params.gain_error + params.gain_sigma * normal(math::random_bits(seed, 2 * stream, 0));
    offset_ = params.offset + params.offset_sigma * normal(math::random_bits(seed, 2 * stream, 1));
    set_error(0, 0);
  }

  /// A fault on top of what the channel is: offset in the unit of the value, gain error as a ratio.
  void set_error(double offset, double gain_error) {
    codes_per_unit_ = (gain_ + gain_error) / lsb_;
    code_offset_ = (offset_ + offset) / lsb_;
  }

  /// The code of one sample; each call uses the next noise value.
  [[nodiscard]] std::int32_t sample(double value) {
    if (next_ == drawn_.size()) draw();
    const double code = value * codes_per_unit_ + code_offset_ + drawn_[next_++];
    if (code >= highest_) return static_cast<std::int32_t>(highest_);
    if (code <= lowest_) return static_cast<std::int32_t>(lowest_);
    return static_cast<std::int32_t>(code + (code >= 0 ? 0.5 : -0.5));
  }
  [[nodiscard]] bool drifts() const { return drift_per_K_ != 0; }
  /// The same with the part that sets the gain at this temperature.
  [[nodiscard]] std::int32_t sample(double value, double degC) {
    return sample(value * (1 + drift_per_K_ * (degC - 25)));
  }
  [[nodiscard]] double lsb() const { return lsb_; }

 private:
  /// Several at once: one by one, each would wait for its own multiplications.
  void draw() {
    for (double& noise : drawn_) noise = noise_per_lsb_ * (*normal_)(noise_.next());
    next_ = 0;
  }

  double lsb_;
  double lowest_, highest_;  // codes
  double noise_per_lsb_, drift_per_K_, gain_ = 1, offset_ = 0;
  double codes_per_unit_ = 1, code_offset_ = 0;
  math::Stream noise_;
  const math::Normal* normal_;
  std::array<double, 8> drawn_{};  // noise of the next samples, codes
  std::size_t next_ = drawn_.size();
};

}  // namespace models::afe
