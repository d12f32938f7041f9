// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The checkout as a list of files, and the two graphs in it: includes and link lines.
namespace tests::house {

/// A file of ours. `path` is relative to the root, with forward slashes: "rig/expect/judge.hpp".
struct File {
  std::string path;
  std::string text;
  [[nodiscard]] std::string top() const;  ///< First folder, or the name itself when it lies in the root.
  [[nodiscard]] bool is_cpp() const;      ///< C or C++ source or header.
};

/// Every file under `root`, sorted by path. Skips .git, what `root`/.gitignore names as "/folder/", and build folders.
/// Throws std::filesystem::filesystem_error when `root` cannot be read.
std::vector<File> read_tree(const std::filesystem::path& root);

/// One `#include`. `name` as written; `quoted` tells "…" from <…>; `line` counts from 1.
struct Include {
  std::string name;
  bool quoted = false;
  int line = 0;
};

/// Includes of `text`, those in comments left out.
std::vector<Include> includes_of(std::string_view text);

/// `text` with the inside of comments and of string literals blanked; lines keep their number.
std::string code_of(std::string_view text);

/// Words of every call of `command` (target_link_libraries …) in a CMake file, comments left out.
std::vector<std::string> words_of(std::string_view cmake_text, std::string_view command);

/// The file of ours that `name`, included from `from`, means: beside it, from the root, from firmware-under-test/ or
/// its include/. Nothing when it is none of ours.
std::optional<std::string> resolve(const std::vector<File>& tree, const File& from, const std::string& name);

/// May a file in `from` know one in `to`? Both are paths relative to the root.
///   models              models
///   firmware-under-test firmware-under-test
///   reports             reports
///   rig                 rig, models, reports, firmware-under-test/include
///   tests               everything
///   examples            what is installed: firmware-under-test/include and themselves
bool may_know(std::string_view from, std::string_view to);

/// One line for each include in `tree` that the table forbids or that leads nowhere.
std::vector<std::string> forbidden_includes(const std::vector<File>& tree);

/// One line for each library of ours in a CMake link line that the table forbids.
std::vector<std::string> forbidden_links(const std::vector<File>& tree);

}  // namespace tests::house
