// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace reports::manifest {

inline constexpr const char* file_name = "manifest.json";

/// One file of a bundle.
struct Entry {
  std::string path;  // below the folder, '/' between names
  std::uint64_t bytes = 0;
  std::string sha256;
  std::string was = {};  // of an input: its name when it was read, as result.json writes it; "" of what the run wrote
};

/// What was run, with the inputs as they lie in the bundle: all that is needed to run again.
struct Recorded {
  struct Scenario {
    std::string name, file;
  };
  std::string tool_version;
  std::string bench;  // "sim", or the bench file in the bundle
  std::uint64_t seed = 0;
  bool strict = false, fail_fast = false, csv = false, vcd = false;
  std::map<std::string, std::string> firmware;  // what board files call it -> file; "" -> file: one for all
  std::vector<Scenario> scenarios;              // all that were asked for; with fail_fast the result may hold fewer
};

/// manifest.json: every other file of an output folder with its SHA-256. docs/evidence.md.
struct Manifest {
  Recorded run;
  std::vector<Entry> files;  // in order of path
};

/// The bytes of manifest.json, with a SHA-256 over themselves in the last member.
[[nodiscard]] std::string to_json(const Manifest& manifest);

/// Throws std::runtime_error with one sentence: no manifest of this version, or a path in it that is not plainly below
/// the folder (absolute, "..", ".", empty name, backslash), stands twice, or an input that is not listed.
[[nodiscard]] Manifest from_json(const std::string& text);

/// from_json() reads more than to_json() writes: spaces, the own SHA-256. Whether these bytes are what Cellrig wrote.
[[nodiscard]] bool is_as_written(const std::string& text, const Manifest& manifest);

/// What stands in a folder against its manifest; paths below the folder, in order.
struct Differences {
  std::vector<std::string> missing, extra, changed;
  [[nodiscard]] bool any() const { return !missing.empty() || !extra.empty() || !changed.empty(); }
};

/// Hashes every file. Throws std::runtime_error for a link or anything else that is neither file nor folder: what lies
/// behind it is not in the bundle.
[[nodiscard]] Differences compare(const std::filesystem::path& folder, const Manifest& manifest);

/// The first member in which two documents of result.json differ, in the order of `recorded`, with both values:
/// "scenarios[3].claims[0].measured.number: 5.02 was recorded, 5.03 came now". Objects called time_of_day and the
/// member `again` (a command line for the machine that ran) are left out. "" = none.
[[nodiscard]] std::string first_result_difference(const std::string& recorded, const std::string& now);

/// The first instant, and signal, in which two trace files differ; "" when their bytes are the same.
[[nodiscard]] std::string first_trace_difference(const std::filesystem::path& recorded,
                                                 const std::filesystem::path& now);

}  // namespace reports::manifest
