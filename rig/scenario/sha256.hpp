// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rig::scenario {

/// SHA-256 of all bytes handed to update(), in order. Source: FIPS 180-4, sections 4.1.2, 5.1.1, 6.2.
class Sha256 {
 public:
  void update(std::string_view bytes);
  [[nodiscard]] std::string hex() const;  // 64 digits; of what has been handed in so far

 private:
  void compress(const unsigned char* block);

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> pending_{};
  std::size_t pending_size_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace rig::scenario
