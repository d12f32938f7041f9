// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/access.hpp"

namespace jk::core {

Answer Access::authorize(std::string_view given, std::string_view password, std::uint64_t now_ns) {
  if (now_ns < locked_until_ns_) return Answer::locked;
  if (given == password) {
    wrong_ = 0;
    open_until_ns_ = now_ns + open_ns;
    return Answer::done;
  }
  if (wrong_ == 0 || now_ns - first_wrong_ns_ >= minute_ns) {
    wrong_ = 0;
    first_wrong_ns_ = now_ns;
  }
  if (++wrong_ < most_wrong) return Answer::needs_password;
  wrong_ = 0;
  locked_until_ns_ = now_ns + minute_ns;
  return Answer::locked;
}

}  // namespace jk::core
