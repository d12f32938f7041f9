// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace jk::core {

/// Spares the body diode of a blocked bank. A bank that blocks one direction still conducts the other through its
/// diode, at about 0.65 V; switched on, it drops millivolts. So a blocked bank is switched on while the allowed current
/// is above `on_mA`, and off again below `off_mA`, hence at the first sample of reverse current too. JK documents
/// nothing here (facts 5.4); other firmware calls it an ideal diode. The levels are our estimate.
struct BodyDiodeParams {
  std::int32_t on_mA = 2000;
  std::int32_t off_mA = 1000;
};

class BodyDiode {
 public:
  explicit BodyDiode(BodyDiodeParams params = {}) : params_(params) {}
  /// `allowed_mA`: current in the direction that the blocked bank lets through, positive. Returns whether to switch it
  /// on.
  bool update(bool is_bank_blocked, std::int32_t allowed_mA);

 private:
  BodyDiodeParams params_;
  bool is_on_ = false;
};

}  // namespace jk::core
