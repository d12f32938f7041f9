// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rig/scenario/problems.hpp"
#include "rig/scenario/scenario.hpp"
#include "rig/scenario/tree.hpp"

namespace rig::scenario {

/// Finds and reads the files that a scenario refers to. A reference is a relative path without ".."; it is looked for
/// beside the referring file, then in the shipped folder, and never leaves those two trees (links are followed first).
class Files {
 public:
  explicit Files(std::filesystem::path shipped) : shipped_(std::move(shipped)) {}

  [[nodiscard]] const std::filesystem::path& shipped() const { return shipped_; }

  using File = InputFile;
  /// The file that the scalar `reference` names; nullopt after a problem was said. `what`: "board", "cell", "profile".
  std::optional<File> open(const Node& reference, const std::string& what, const std::filesystem::path& beside,
                           Problems& problems);
  /// The file itself, by path. nullopt and a problem at 1:1 when it cannot be read.
  std::optional<File> open_path(const std::filesystem::path& path, Problems& problems);

  /// The file as a tree, parsed once however many scenarios stand on it. Throws as parse_tree does.
  const Node& tree_of(const File& file);

  /// Every file opened since the last start_hash(), in order, goes into the hash once, then what stands `behind`.
  void start_hash();
  [[nodiscard]] std::string sha256(std::string_view behind = {}) const;
  /// … those files.
  [[nodiscard]] const std::vector<File>& opened() const { return opened_; }
  /// Of all files, however often they were opened. The size of a file is looked at first: 1 MB of YAML, 16 MB of a
  /// table are read, or nothing.
  [[nodiscard]] std::uintmax_t bytes_read() const { return bytes_read_; }

 private:
  [[nodiscard]] std::optional<std::filesystem::path> find(const std::filesystem::path& reference,
                                                          const std::filesystem::path& beside) const;
  /// Of what was not found: it is there, behind a link.
  [[nodiscard]] bool leads_out(const std::filesystem::path& reference, const std::filesystem::path& beside) const;
  [[nodiscard]] std::vector<std::string> offered(const std::filesystem::path& reference,
                                                 const std::filesystem::path& beside) const;
  std::optional<File> read(const std::filesystem::path& path, const SourcePosition& position, const std::string& prefix,
                           Problems& problems);

  std::filesystem::path shipped_;
  std::map<std::filesystem::path, std::shared_ptr<const std::string>> cache_;
  std::map<std::filesystem::path, Node> trees_;
  std::vector<File> opened_;
  std::uintmax_t bytes_read_ = 0;
};

}  // namespace rig::scenario
