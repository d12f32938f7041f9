// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "rig/scenario/scenario.hpp"

namespace rig::scenario {

class Files;

/// The author's mistake: what was read, where, and what would have been accepted. what() is "file:line:column
/// sentence".
class ScenarioError : public std::runtime_error {
 public:
  ScenarioError(const SourcePosition& position, const std::string& sentence);
  [[nodiscard]] const SourcePosition& position() const { return position_; }
  [[nodiscard]] const std::string& sentence() const { return sentence_; }  // what() without the position

 private:
  SourcePosition position_;
  std::string sentence_;
};

/// Reads every scenario of a file (a mapping: name -> scenario). References (boards/…, packs/…) resolve beside the
/// file, then in `shipped` (the scenarios/ folder of this installation). All errors of the file are collected in
/// `errors`; the result is empty when there is any. Never throws for bad input.
[[nodiscard]] std::vector<Scenario> read_scenarios(const std::filesystem::path& file,
                                                   const std::filesystem::path& shipped,
                                                   std::vector<ScenarioError>& errors);

/// The same; what several files refer to is read once in the life of `files`.
[[nodiscard]] std::vector<Scenario> read_scenarios(const std::filesystem::path& file, Files& files,
                                                   std::vector<ScenarioError>& errors);

/// Parses one expression of `expect:` against a catalogue. `position` is where the text starts in the file; columns of
/// errors are exact inside the text. Throws ScenarioError.
[[nodiscard]] Expression parse_expression(const std::string& text, const Catalogue& catalogue,
                                          const SourcePosition& position);

}  // namespace rig::scenario
