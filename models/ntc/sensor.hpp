// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>

#include "models/ntc/ntc.hpp"

namespace models::ntc {

/// What may happen to one temperature sensor.
enum class NtcFault : std::uint8_t {
  none,
  open,     // plug pulled: the pull-up alone is seen
  shorted,  // leads touch: 0 V
};

/// One sensor as it is mounted: its own curve, which need not be the one the firmware believes in, and its wiring. A
/// sensor that came off its place (detached) is the plant's matter: its bead follows the air.
class Sensor {
 public:
  explicit Sensor(std::shared_ptr<const Ntc> curve) : curve_(std::move(curve)) {}
  void set_fault(NtcFault fault) { fault_ = fault; }
  void set_curve(std::shared_ptr<const Ntc> curve) { curve_ = std::move(curve); }  // wrong_curve: another type fitted

  /// Share of the reference at the input, 0 … 1.
  [[nodiscard]] double ratio(double bead_degC) const {
    if (fault_ == NtcFault::none) return curve_->ratio(bead_degC);
    return fault_ == NtcFault::open ? 1 : 0;
  }

 private:
  std::shared_ptr<const Ntc> curve_;
  NtcFault fault_ = NtcFault::none;
};

}  // namespace models::ntc
