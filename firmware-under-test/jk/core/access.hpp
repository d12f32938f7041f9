// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "firmware-under-test/jk/core/device.hpp"

namespace jk::core {

/// Opens what needs the settings password for 10 minutes; five wrong ones, each within a minute of the first, lock for
/// a minute, during which the right one is refused too. Times are our choice.
class Access {
 public:
  static constexpr std::uint64_t open_ns = 600'000'000'000;
  static constexpr std::uint64_t minute_ns = 60'000'000'000;
  static constexpr unsigned most_wrong = 5;

  Answer authorize(std::string_view given, std::string_view password, std::uint64_t now_ns);
  [[nodiscard]] bool is_open(std::uint64_t now_ns) const { return now_ns < open_until_ns_; }
  void close() { open_until_ns_ = 0; }

 private:
  std::uint64_t open_until_ns_ = 0, locked_until_ns_ = 0, first_wrong_ns_ = 0;
  unsigned wrong_ = 0;
};

}  // namespace jk::core
