// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace rig::scenario {
namespace {

void check(bool good) {
  if (!good) throw std::runtime_error("libcrypto refuses to compute SHA-256");
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
  check(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void Sha256::update(std::string_view bytes) {
  check(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

std::string Sha256::hex() const {
  const Sha256 last;
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  check(EVP_MD_CTX_copy_ex(last.context_.get(), context_.get()) == 1 &&
        EVP_DigestFinal_ex(last.context_.get(), digest.data(), &size) == 1 && size == digest.size());
  std::string text;
  for (const unsigned char byte : digest) {
    text.push_back("0123456789abcdef"[byte >> 4]);
    text.push_back("0123456789abcdef"[byte & 15]);
  }
  return text;
}

}  // namespace rig::scenario
