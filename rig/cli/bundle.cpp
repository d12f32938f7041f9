// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/bundle.hpp"

#include <algorithm>
#include <stdexcept>

#include "reports/digest.hpp"
#include "rig/campaign/file_name.hpp"
#include "rig/cli/output_folder.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;

fs::path absolute_of(const fs::path& path) { return fs::absolute(path).lexically_normal(); }

bool lies_below(const fs::path& file, const fs::path& folder) {
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return end == folder.end() && rest != file.end();
}

fs::path common_part(const fs::path& a, const fs::path& b) {
  fs::path common;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end() && *x == *y; ++x, ++y) common /= *x;
  return common;
}

std::string below(const char* top, const fs::path& file, const fs::path& folder) {
  return (fs::path(top) / file.lexically_relative(folder)).generic_string();
}

/// Behind a link on the way nothing is ours to remove; nor is what somebody has changed.
bool is_still_there(const fs::path& folder, const reports::manifest::Entry& entry) {
  std::error_code failed;
  const fs::path file = folder / entry.path;
  return fs::is_regular_file(fs::symlink_status(file, failed)) &&
         fs::canonical(file, failed) == fs::canonical(folder, failed) / entry.path && !failed &&
         fs::file_size(file, failed) == entry.bytes && reports::sha256_file(file) == entry.sha256;
}

constexpr const char* of_shipped = "inputs/scenarios";
constexpr const char* of_users = "inputs/files";

}  // namespace

InputPlaces::InputPlaces(const std::vector<Selected>& scenarios, const fs::path& shipped) {
  if (!shipped.empty()) shipped_ = absolute_of(shipped / "").parent_path();
  for (const Selected& selected : scenarios) {
    const fs::path file = absolute_of(selected.scenario->file);
    if (is_shipped(file)) continue;
    users_ = users_.empty() ? file.parent_path() : common_part(users_, file.parent_path());
  }
  for (const Selected& selected : scenarios) {
    const bool of_a_user = !is_shipped(absolute_of(selected.scenario->file));
    for (const scenario::InputFile& input : selected.scenario->inputs) {
      const fs::path file = absolute_of(input.path);
      const bool beside = of_a_user && lies_below(file, users_);
      if (beside) add(below(of_users, file, users_), input);
      if (is_shipped(file)) add(below(of_shipped, file, shipped_), input);
      if (!beside && !is_shipped(file)) throw std::logic_error(file.string() + " was read from outside of its folders");
    }
  }
  std::ranges::sort(copies_, {}, &Copy::path);
}

bool InputPlaces::is_shipped(const fs::path& file) const { return !shipped_.empty() && lies_below(file, shipped_); }

void InputPlaces::add(const std::string& place, const scenario::InputFile& file) {
  if (std::ranges::find(copies_, place, &Copy::path) == copies_.end()) copies_.push_back({place, &file});
}

std::string InputPlaces::place_of(const scenario::Scenario& scenario) const {
  const fs::path file = absolute_of(scenario.file);
  return is_shipped(file) ? below(of_shipped, file, shipped_) : below(of_users, file, users_);
}

Bundle::Bundle(fs::path folder, const std::vector<reports::manifest::Entry>& entries) : folder_(std::move(folder)) {
  for (const reports::manifest::Entry& entry : entries) entries_[entry.path] = entry;
}

void Bundle::add_input(const std::string& path, const std::string& was, const std::string& bytes) {
  fs::create_directories((folder_ / path).parent_path());
  write_file(folder_ / path, bytes);
  entries_[path] = {path, bytes.size(), reports::sha256(bytes), was};
}

void Bundle::add(const std::string& path, const std::string& sha256) {
  const fs::path file = folder_ / path;
  entries_[path] = {path, fs::file_size(file), sha256.empty() ? reports::sha256_file(file) : sha256};
}

void Bundle::add_files_of(const std::vector<reports::ScenarioResult>& scenarios, bool csv, bool vcd) {
  for (const reports::ScenarioResult& scenario : scenarios) {
    const std::string stem = campaign::file_stem(scenario.name);
    if (!scenario.trace_file.empty()) {
      add(scenario.trace_file, scenario.trace_sha256);
      if (csv) add(stem + ".csv");
      if (vcd) add(stem + ".vcd");
    }
    if (fs::exists(folder_ / (stem + ".log"))) add(stem + ".log");
  }
}

void Bundle::close(const reports::manifest::Recorded& run) {
  reports::manifest::Manifest manifest{run, {}};
  for (const auto& [path, entry] : entries_) manifest.files.push_back(entry);
  write_file(folder_ / reports::manifest::file_name, to_json(manifest));
}

void refresh_bundle(const fs::path& folder, const std::vector<std::string>& files) {
  const fs::path file = folder / reports::manifest::file_name;
  if (!fs::is_regular_file(fs::symlink_status(file))) return;
  const reports::manifest::Manifest manifest = reports::manifest::from_json(read_file(file));
  Bundle bundle(folder, manifest.files);
  for (const std::string& name : files) bundle.add(name);
  bundle.close(manifest.run);
}

void remove_bundle(const fs::path& folder) {
  const fs::path file = folder / reports::manifest::file_name;
  if (!fs::is_regular_file(fs::symlink_status(file))) return;
  try {
    for (const auto& entry : reports::manifest::from_json(read_file(file)).files) {
      if (is_still_there(folder, entry)) fs::remove(folder / entry.path);
    }
  } catch (const std::runtime_error&) {  // no manifest of ours: nothing is known of what lies here
  }
  fs::remove(file);
}

}  // namespace rig::cli
