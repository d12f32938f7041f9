// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/places.hpp"

#include <cstdlib>
#include <sstream>
#include <system_error>
#include <vector>

namespace rig::cli {

namespace fs = std::filesystem;

namespace {

/// The nearest folder above that holds both scenarios/ and firmware-under-test/: the source tree. A build folder
/// outside it is known from the time it was built.
fs::path source_tree_of(fs::path folder) {
  std::error_code unused;
  if (fs::equivalent(folder, CELLRIG_BINARY_DIR, unused)) return CELLRIG_SOURCE_DIR;
  for (; folder.has_relative_path(); folder = folder.parent_path()) {
    if (fs::is_directory(folder / "scenarios") && fs::is_directory(folder / "firmware-under-test")) return folder;
  }
  return {};
}

fs::path first_folder(const std::vector<fs::path>& candidates) {
  for (const fs::path& candidate : candidates) {
    if (fs::is_directory(candidate)) return candidate;
  }
  return {};
}

bool is_found_in_path(const fs::path& executable) {
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  std::error_code unused;
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path candidate = fs::path(folder) / executable.filename();
    if (fs::exists(candidate, unused)) return fs::equivalent(candidate, executable, unused);
  }
  return false;
}

std::string program_word(const fs::path& executable, const fs::path& root) {
  std::error_code unused;
  if (!root.empty() && fs::equivalent(root, fs::current_path(unused), unused)) return "./cellrig";
  if (!root.empty() && fs::exists(root / "cellrig", unused)) return (root / "cellrig").string();
  return is_found_in_path(executable) ? executable.filename().string() : executable.string();
}

}  // namespace

Places find_places(const fs::path& executable) {
  const fs::path beside = executable.parent_path();
  const fs::path root = source_tree_of(beside);
  Places places;
  places.program = program_word(executable, root);
  const fs::path prefix = beside.parent_path();
  places.scenarios = first_folder({root.empty() ? fs::path() : root / "scenarios", prefix / "share/cellrig/scenarios"});
  places.firmware = first_folder(
      {beside / "firmware", prefix / CELLRIG_LIBDIR / "cellrig/firmware", prefix / "lib/cellrig/firmware"});
  if (places.firmware.empty()) places.firmware = beside / "firmware";
  const char* instead = std::getenv("CELLRIG_SCENARIOS");
  if (instead != nullptr && *instead != '\0') places.scenarios = instead;
  return places;
}

fs::path this_executable() { return fs::read_symlink("/proc/self/exe"); }

fs::path for_people(const fs::path& file) {
  std::error_code unused;
  const fs::path absolute = fs::absolute(file).lexically_normal();
  const fs::path relative = absolute.lexically_relative(fs::current_path(unused));
  const bool below = !relative.empty() && *relative.begin() != "..";
  return below ? relative : absolute;
}

}  // namespace rig::cli
