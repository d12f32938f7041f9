// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/body_diode.hpp"

namespace jk::core {

bool BodyDiode::update(bool is_bank_blocked, std::int32_t allowed_mA) {
  is_on_ = is_bank_blocked && (is_on_ ? allowed_mA >= params_.off_mA : allowed_mA > params_.on_mA);
  return is_on_;
}

}  // namespace jk::core
