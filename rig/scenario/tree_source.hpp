// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rig/scenario/claim.hpp"

namespace rig::scenario {

/// The bytes of a file, cut into lines; turns byte offsets into positions.
class SourceText {
 public:
  SourceText(const std::string& bytes, std::string file);

  [[nodiscard]] SourcePosition at(std::size_t byte) const;
  [[nodiscard]] std::size_t byte_of(int line0, int column0) const;  // yaml-cpp's mark: both from 0, column in bytes
  [[nodiscard]] std::string_view from(std::size_t byte) const { return std::string_view(bytes_).substr(byte); }
  [[nodiscard]] std::size_t line_start(std::size_t byte) const;
  [[nodiscard]] std::string_view line_of(std::size_t byte) const;
  /// Throws ScenarioError on what a text file of ours must not contain: see parse_tree.
  void check() const;

 private:
  void check_characters() const;

  const std::string& bytes_;
  std::string file_;
  std::vector<std::size_t> line_starts_;
  mutable std::size_t counted_to_ = 0,
                      characters_ = 0;  // of one line: at() goes on from there, a long line is no square
};

}  // namespace rig::scenario
