// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
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

  /// The board or pack that `make` reads from the file `path` and those it refers to: read once however many scenarios
  /// stand on it; its files count as opened each time. What could not be read (nullopt) is read again, with its
  /// problems.
  template <class Part>
  std::optional<Part> part_of(const std::filesystem::path& path, const std::invocable auto& make) {
    auto& known = std::get<std::map<std::filesystem::path, Kept<Part>>>(parts_);
    if (const auto found = known.find(path); found != known.end()) {
      for (const File& file : found->second.files) note(file);
      return found->second.part;
    }
    const std::size_t before = asked_.size();
    std::optional<Part> part = make();
    if (part) known[path] = {*part, {asked_.begin() + static_cast<std::ptrdiff_t>(before), asked_.end()}};
    return part;
  }

  /// The invariants that `make` reads for what `stands_on` says. The last answer is kept: runs of a campaign seldom
  /// differ in that. Its files count as opened.
  std::vector<Claim> invariants_of(std::vector<Node::Entry> stands_on, const Problems& problems,
                                   const std::invocable auto& make) {
    if (invariants_ && are_same(invariants_->stands_on, stands_on)) {
      for (const File& file : invariants_->files) note(file);
      return invariants_->claims;
    }
    const std::size_t before = asked_.size();
    std::vector<Claim> claims = make();
    invariants_.reset();
    if (!problems.any())
      invariants_ = {
          std::move(stands_on), claims, {asked_.begin() + static_cast<std::ptrdiff_t>(before), asked_.end()}};
    return claims;
  }

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
  void note(const File& file);

  template <class Part>
  struct Kept {
    Part part;
    std::vector<File> files;
  };

  struct KeptInvariants {
    std::vector<Node::Entry> stands_on;
    std::vector<Claim> claims;
    std::vector<File> files;
  };

  std::filesystem::path shipped_;
  std::map<std::filesystem::path, std::shared_ptr<const std::string>> cache_;
  std::map<std::filesystem::path, Node> trees_;
  std::tuple<std::map<std::filesystem::path, Kept<BoardSpec>>, std::map<std::filesystem::path, Kept<PackSpec>>> parts_;
  std::optional<KeptInvariants> invariants_;
  std::vector<File> asked_;   // as often as somebody asked
  std::vector<File> opened_;  // each once
  std::uintmax_t bytes_read_ = 0;
};

}  // namespace rig::scenario
