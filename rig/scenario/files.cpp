// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/files.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "rig/scenario/sha256.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t max_table_bytes = 16U << 20U;

std::uintmax_t most_bytes(const fs::path& file) {
  const fs::path ending = file.extension();
  return ending == ".yaml" || ending == ".yml" ? max_file_bytes : max_table_bytes;
}

std::string example_of(const std::string& what) {
  if (what == "include") return "templates.yaml";
  return what == "profile" || what == "curve" ? "data/example.csv" : what + "s/example.yaml";
}

bool leaves_its_folder(const fs::path& reference) {
  return reference.is_absolute() || std::find(reference.begin(), reference.end(), "..") != reference.end();
}

bool lies_in(const fs::path& file, const fs::path& folder) {
  std::error_code failed;
  const fs::path whole = fs::canonical(file, failed);
  const fs::path root = fs::canonical(folder, failed);
  if (failed) return false;
  const auto [root_end, rest] = std::mismatch(root.begin(), root.end(), whole.begin(), whole.end());
  return root_end == root.end();
}

fs::path folder_or_here(const fs::path& folder) { return folder.empty() ? fs::path(".") : folder; }

}  // namespace

std::optional<fs::path> Files::find(const fs::path& reference, const fs::path& beside) const {
  for (const fs::path& folder : {folder_or_here(beside), shipped_}) {
    const fs::path candidate = folder == "." ? reference : folder / reference;
    std::error_code failed;
    if (fs::is_regular_file(candidate, failed) && lies_in(candidate, folder)) return candidate;
  }
  return std::nullopt;
}

bool Files::leads_out(const fs::path& reference, const fs::path& beside) const {
  std::error_code failed;
  return std::ranges::any_of(std::array{folder_or_here(beside), shipped_},
                             [&](const fs::path& folder) { return fs::is_regular_file(folder / reference, failed); });
}

std::vector<std::string> Files::offered(const fs::path& reference, const fs::path& beside) const {
  std::vector<std::string> names;
  for (const fs::path& folder : {folder_or_here(beside), shipped_}) {
    std::error_code failed;
    for (fs::directory_iterator it(folder / reference.parent_path(), failed), end; !failed && it != end;
         it.increment(failed)) {
      if (it->is_regular_file(failed))
        names.push_back((reference.parent_path() / it->path().filename()).generic_string());
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return nearest_of(reference.generic_string(), names);
}

std::optional<Files::File> Files::open(const Node& reference, const std::string& what, const fs::path& beside,
                                       Problems& problems) {
  if (!reference.is_scalar() || reference.text.empty()) {
    problems.add(reference.position, what + ": the name of a file is due, such as " + example_of(what));
    return std::nullopt;
  }
  const fs::path name(reference.text);
  if (leaves_its_folder(name)) {
    problems.add(reference.position,
                 what + ": " + reference.text + " leaves its folder; a reference is relative and has no \"..\"");
    return std::nullopt;
  }
  const fs::path beside_text = fs::path(reference.position.file).parent_path();  // another: of an included template
  std::optional<fs::path> path = find(name, beside);
  if (!path && !reference.position.file.empty()) path = find(name, beside_text);
  if (std::error_code failed; !path && fs::is_directory(folder_or_here(beside) / name, failed)) {
    problems.add(reference.position,
                 what + ": " + reference.text + " is a folder; the name of a file is due, such as " + example_of(what));
    return std::nullopt;
  }
  if (!path && leads_out(name, beside)) {
    problems.add(reference.position, what + ": " + reference.text + " is a link that leads out of its folder");
    return std::nullopt;
  }
  if (!path) {
    problems.add(reference.position, what + ": " + reference.text +
                                         " exists neither beside this file nor in the shipped " + "scenarios." +
                                         near_text(offered(name, beside)));
    return std::nullopt;
  }
  return read(*path, reference.position, what + ": ", problems);
}

std::optional<Files::File> Files::open_path(const fs::path& path, Problems& problems) {
  return read(path, {path.generic_string(), 1, 1}, "", problems);
}

std::optional<Files::File> Files::read(const fs::path& path, const SourcePosition& position, const std::string& prefix,
                                       Problems& problems) {
  std::shared_ptr<const std::string>& bytes = cache_[path];
  if (bytes == nullptr) {
    std::error_code failed;
    const bool regular = fs::is_regular_file(path, failed);
    const std::uintmax_t size = regular ? fs::file_size(path, failed) : 0;
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream content;
    const std::uintmax_t most = most_bytes(path);
    if (regular && !failed && size > 0 && size <= most) content << stream.rdbuf();
    if (!regular || failed || !stream || (size > 0 && size <= most && content.str().empty())) {
      problems.add(position, prefix + path.generic_string() + " cannot be read");
      return std::nullopt;
    }
    if (size > most) {
      problems.add(position, prefix + path.generic_string() + " has " + std::to_string(size) + " bytes; at most " +
                                 std::to_string(most >> 20U) + " MB are read");
      return std::nullopt;
    }
    bytes = std::make_shared<const std::string>(content.str());
    bytes_read_ += bytes->size();
  }
  const File file{path, bytes};
  note(file);
  return file;
}

void Files::note(const File& file) {
  asked_.push_back(file);
  const auto is_same = [&](const File& other) { return other.bytes == file.bytes && other.path == file.path; };
  if (std::ranges::none_of(opened_, is_same)) opened_.push_back(file);
}

const Node& Files::tree_of(const File& file) {
  const auto known = trees_.find(file.path);
  if (known != trees_.end()) return known->second;
  return trees_.emplace(file.path, parse_tree(*file.bytes, file.path.generic_string())).first->second;
}

void Files::start_hash() {
  asked_.clear();
  opened_.clear();
}

std::string Files::sha256(std::string_view behind) const {
  Sha256 hash;
  for (const File& file : opened_) hash.update(*file.bytes);
  hash.update(behind);
  return hash.hex();
}

}  // namespace rig::scenario
