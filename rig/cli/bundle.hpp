// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "reports/manifest/manifest.hpp"
#include "reports/result.hpp"
#include "rig/cli/selection.hpp"

namespace rig::cli {

/// Where files that were read go below inputs/: those of the shipped folder to inputs/scenarios, those of a user to
/// inputs/files, relative to the nearest folder that holds all of the user's scenario files. References resolve there
/// as they did (beside the file, then shipped). What a user's scenario reads from a shipped folder below the user's own
/// stands in both.
class InputPlaces {
 public:
  InputPlaces(const std::vector<Selected>& scenarios, const std::filesystem::path& shipped);

  struct Copy {
    std::string path;  // in the bundle
    const scenario::InputFile* file;
  };
  [[nodiscard]] const std::vector<Copy>& copies() const { return copies_; }  // in order of path, none twice
  [[nodiscard]] std::string place_of(const scenario::Scenario& scenario) const;

 private:
  [[nodiscard]] bool is_shipped(const std::filesystem::path& file) const;
  void add(const std::string& place, const scenario::InputFile& file);

  std::filesystem::path shipped_, users_;  // absolute, normal; users_ empty: there is none
  std::vector<Copy> copies_;
};

/// An output folder that can be handed on: its manifest and what is needed to run again.
class Bundle {
 public:
  explicit Bundle(std::filesystem::path folder, const std::vector<reports::manifest::Entry>& entries = {});

  /// Writes a copy below the folder; `was`: the name under which result.json knows it.
  void add_input(const std::string& path, const std::string& was, const std::string& bytes);
  /// A file that stands in the folder already; with its hash when somebody has computed it.
  void add(const std::string& path, const std::string& sha256 = "");
  /// Traces, text forms and logs of these results.
  void add_files_of(const std::vector<reports::ScenarioResult>& scenarios, bool csv, bool vcd);
  /// Writes manifest.json.
  void close(const reports::manifest::Recorded& run);

 private:
  std::filesystem::path folder_;
  std::map<std::string, reports::manifest::Entry> entries_;
};

/// After these files of a folder were made again: their entries in its manifest.json. Without one nothing happens.
void refresh_bundle(const std::filesystem::path& folder, const std::vector<std::string>& files);

/// Takes out of a folder what an earlier run left there: manifest.json, and each file that it lists and that still has
/// the content listed.
void remove_bundle(const std::filesystem::path& folder);

}  // namespace rig::cli
