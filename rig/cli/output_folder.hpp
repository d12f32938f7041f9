// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace rig::cli {

/// The folder of one run, made now. Default: out/<UTC time>, with out/latest pointing there. A folder given by name may
/// exist; result files of an earlier run are taken out of it first, so that a run that dies leaves no old result
/// behind. Throws std::runtime_error with a sentence when it cannot be made or written.
[[nodiscard]] std::filesystem::path make_output_folder(const std::optional<std::string>& given);

/// Whole or not at all: written beside, then renamed. Throws std::runtime_error (path, reason).
void write_file(const std::filesystem::path& file, const std::string& content);

/// Throws std::runtime_error (path, reason).
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// ISO 8601, UTC, seconds: "2026-11-21T07:02:03Z".
[[nodiscard]] std::string time_of_day();

}  // namespace rig::cli
