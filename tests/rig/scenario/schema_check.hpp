// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "rig/scenario/schema.hpp"

namespace rig::scenario {

/// What python3-jsonschema says of each file, "" when it is valid; files by the schema of `kind`, made now. `folder` is
/// for its own files.
inline std::map<std::string, std::string> schema_check(const std::string& kind, const std::vector<std::string>& files,
                                                       const std::filesystem::path& folder) {
  std::ofstream(folder / "schema.json") << json_schema(kind);
  std::ofstream list(folder / "list.txt");
  for (const std::string& file : files) list << file << "\n";
  list.close();
  const std::string said = (folder / "said.txt").string();
  const std::string command = "/usr/bin/python3 " CELLRIG_SOURCE_DIR "/tests/rig/scenario/schema_check.py '" +
                              (folder / "schema.json").string() + "' < '" + (folder / "list.txt").string() + "' > '" +
                              said + "'";
  EXPECT_EQ(std::system(command.c_str()), 0) << kind;
  std::map<std::string, std::string> result;
  std::ifstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t tab = line.find('\t');
    result[line.substr(0, tab)] = tab == std::string::npos ? "" : line.substr(tab + 1);
  }
  EXPECT_EQ(result.size(), files.size()) << kind;
  return result;
}

}  // namespace rig::scenario
