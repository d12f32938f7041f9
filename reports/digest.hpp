// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace reports {

/// SHA-256 (FIPS 180-4) by OpenSSL's libcrypto.
using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256_bytes(std::string_view bytes);

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// Of the file's content, read in pieces. Throws std::runtime_error (path, reason) when it cannot be read to its end.
[[nodiscard]] std::string sha256_file(const std::filesystem::path& file);

}  // namespace reports
