// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace reports {

/// SHA-256 (FIPS 180-4, by OpenSSL's libcrypto) as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// The same digest in base64, as a Content-Security-Policy writes it.
[[nodiscard]] std::string sha256_base64(std::string_view bytes);

/// RFC 4648, with padding, in one line.
[[nodiscard]] std::string base64(std::string_view bytes);

/// Of the file's content, read in pieces. Throws std::runtime_error (path, reason) when it cannot be read to its end.
[[nodiscard]] std::string sha256_file(const std::filesystem::path& file);

}  // namespace reports
