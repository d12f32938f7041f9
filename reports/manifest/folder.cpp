// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <stdexcept>

#include "reports/digest.hpp"
#include "reports/manifest/manifest.hpp"

namespace reports::manifest {
namespace {

namespace fs = std::filesystem;

/// Regular files below the folder, in order.
std::set<std::string> files_below(const fs::path& folder) {
  std::set<std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const fs::file_status status = entry.symlink_status();
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    if (fs::is_symlink(status)) throw std::runtime_error(entry.path().string() + " is a link; a bundle holds none");
    if (fs::is_directory(status)) continue;
    if (!fs::is_regular_file(status)) throw std::runtime_error(entry.path().string() + " is neither file nor folder");
    files.insert(name);
  }
  files.erase(file_name);
  return files;
}

bool is_unchanged(const fs::path& file, const Entry& entry) {
  return fs::file_size(file) == entry.bytes && sha256_file(file) == entry.sha256;
}

}  // namespace

Differences compare(const fs::path& folder, const Manifest& manifest) {
  Differences differences;
  std::set<std::string> there = files_below(folder);
  for (const Entry& entry : manifest.files) {
    if (there.erase(entry.path) == 0)
      differences.missing.push_back(entry.path);
    else if (!is_unchanged(folder / entry.path, entry))
      differences.changed.push_back(entry.path);
  }
  differences.extra.assign(there.begin(), there.end());
  return differences;
}

}  // namespace reports::manifest
