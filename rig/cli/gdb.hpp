// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace rig::cli {

/// The command line of the debugger: the same run, in the process itself (`words` with --gdb replaced by --in-process).
[[nodiscard]] std::vector<std::string> gdb_words(const std::filesystem::path& executable,
                                                 const std::vector<std::string>& words);

/// Becomes that process. Returns only when there is no debugger: with the sentence to tell.
[[nodiscard]] std::string become(const std::vector<std::string>& words);

}  // namespace rig::cli
