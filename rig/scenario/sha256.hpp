// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

namespace rig::scenario {

/// SHA-256 of all bytes handed to update(), in order. Source: FIPS 180-4.
class Sha256 {
 public:
  Sha256();
  void update(std::string_view bytes);
  [[nodiscard]] std::string hex() const;  // 64 digits; of what has been handed in so far

 private:
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_;
};

}  // namespace rig::scenario
