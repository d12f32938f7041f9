// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/tree_source.hpp"

#include <algorithm>

#include "rig/scenario/tree.hpp"

namespace rig::scenario {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Length of the UTF-8 sequence at the start of `s`, 0 when it is none (overlong forms and surrogates included).
std::size_t sequence_length(std::string_view s) {
  const auto lead = static_cast<unsigned char>(s[0]);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || s.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(s[i])) return 0;
  }
  const auto second = static_cast<unsigned char>(s[1]);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool beyond = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
  return overlong || beyond ? 0 : length;
}

}  // namespace

SourceText::SourceText(const std::string& bytes, std::string file) : bytes_(bytes), file_(std::move(file)) {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    if (bytes_[i] == '\n') line_starts_.push_back(i + 1);
  }
}

SourcePosition SourceText::at(std::size_t byte) const {
  byte = std::min(byte, bytes_.size());
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), byte);
  const std::size_t start = *(next - 1);
  if (counted_to_ < start || counted_to_ > byte) {
    counted_to_ = start;
    characters_ = 0;
  }
  for (; counted_to_ < byte; ++counted_to_) characters_ += continues(bytes_[counted_to_]) ? 0U : 1U;
  return {file_, static_cast<int>(next - line_starts_.begin()), static_cast<int>(characters_) + 1};
}

std::size_t SourceText::byte_of(int line0, int column0) const {
  if (line0 < 0) return 0;
  const auto line = std::min(static_cast<std::size_t>(line0), line_starts_.size() - 1);
  return std::min(line_starts_[line] + static_cast<std::size_t>(std::max(column0, 0)), bytes_.size());
}

std::size_t SourceText::line_start(std::size_t byte) const {
  return *(std::upper_bound(line_starts_.begin(), line_starts_.end(), byte) - 1);
}

std::string_view SourceText::line_of(std::size_t byte) const {
  const std::size_t start = line_start(byte);
  return std::string_view(bytes_).substr(start, bytes_.find('\n', start) - start);
}

void SourceText::check() const {
  if (bytes_.size() > max_file_bytes) {
    throw ScenarioError(at(0), "the file has " + std::to_string(bytes_.size()) + " bytes; at most " +
                                   std::to_string(max_file_bytes) + " (1 MB) are read");
  }
  check_characters();
  for (const std::size_t start : line_starts_) {
    if (start < bytes_.size() && bytes_[start] == '%') {
      throw ScenarioError(at(start), "YAML directives (%) are not used here");
    }
  }
}

// yaml-cpp takes byte 0x04 for the end of the file and guesses at other encodings; both would lose text without a word.
void SourceText::check_characters() const {
  if (from(0).starts_with("\xEF\xBB\xBF")) {
    throw ScenarioError(at(0), "the file starts with a byte-order mark; save it as plain UTF-8");
  }
  for (std::size_t i = 0; i < bytes_.size();) {
    const std::size_t length = sequence_length(from(i));
    if (length == 0) throw ScenarioError(at(i), "the file is not UTF-8 from here on");
    const auto c = static_cast<unsigned char>(bytes_[i]);
    const bool line_end = c == '\n' || (c == '\r' && from(i).starts_with("\r\n"));
    if ((c < 0x20 && c != '\t' && !line_end) || c == 0x7F) {
      throw ScenarioError(at(i),
                          "a control character (byte " + std::to_string(c) + ") does not belong into a text file");
    }
    i += length;
  }
}

}  // namespace rig::scenario
