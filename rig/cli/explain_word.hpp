// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace rig::cli {

/// What a word means: a signal (`cell[3].voltage`), a setting of the shipped JK boards (`cell_ovp`), a key of a file, a
/// word of claims or an action (`settles`, `flood`); all of these that are called so. "" when nothing is. `shipped` is
/// the folder of scenarios.
[[nodiscard]] std::string explain_word(const std::string& word, const std::filesystem::path& shipped);
/// " Near: …" of signals, settings and keys, or "".
[[nodiscard]] std::string near_words(const std::string& word, const std::filesystem::path& shipped);

}  // namespace rig::cli
