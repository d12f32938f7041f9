// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace rig::cli {

/// Where things are around the program. All found from the place of the executable; only how
/// people type the program depends on the working directory.
///   source tree: <root>/build/<preset>/cellrig    scenarios <root>/scenarios                firmware beside the
///   executable installed:   <prefix>/bin/cellrig             scenarios <prefix>/share/cellrig/scenarios  firmware
///   <prefix>/lib*/cellrig/firmware
struct Places {
  std::filesystem::path scenarios;  // shipped; empty when there are none. CELLRIG_SCENARIOS overrides
  std::filesystem::path firmware;   // folder of the default firmware
  std::string program;              // what starts it from the working directory: "./cellrig" in the source tree's
                                    // root, "cellrig" when that is found in PATH, else an absolute path
};
[[nodiscard]] Places find_places(const std::filesystem::path& executable);

/// The running executable itself.
[[nodiscard]] std::filesystem::path this_executable();

/// As messages and results name a file: relative to the working directory when it lies below, else absolute; no "." or
/// "..".
[[nodiscard]] std::filesystem::path for_people(const std::filesystem::path& file);

}  // namespace rig::cli
