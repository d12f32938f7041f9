// SPDX-License-Identifier: Apache-2.0
// What a client types at the CAN adapter. Every line has one answer; in whatever pieces the bytes arrive, answers and
// frames are the same; a frame that is sent is one of a bus, and reads in the adapter's own words as it was typed.
// The first byte of the input chooses the pieces.
#include <algorithm>
#include <string>
#include <vector>

#include "rig/live/slcan.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using rig::bench::CanFrame;
using rig::live::Slcan;
using tests::fuzz::require;

constexpr double bit_per_s = 500e3;

struct Outcome {
  std::string answers, sent;  // frames as an adapter at the other end tells them
};

Outcome outcome_of(std::string_view typed, std::size_t piece) {
  Slcan adapter(bit_per_s), other_end(bit_per_s);
  Outcome outcome;
  std::string opened;
  other_end.take(
      std::string_view("O\r"), [](const CanFrame&) {}, opened);
  const auto send = [&](const CanFrame& frame) {
    require(adapter.is_open() && !adapter.is_at_wrong_rate(), "only an open adapter at the right rate sends");
    require(frame.frame.length <= 8, "a frame has eight bytes at most");
    require(frame.frame.id <= (frame.frame.extended != 0 ? 0x1FFFFFFFU : 0x7FFU), "an identifier has its bits");
    outcome.sent += other_end.text_of(frame, 0);
  };
  for (std::size_t at = 0; at < typed.size(); at += piece) adapter.take(typed.substr(at, piece), send, outcome.answers);
  return outcome;
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Lines of `typed`, in capitals behind the letter of the command, that answers of frames belong to.
std::string frames_typed(std::string_view typed, std::string_view answers) {
  std::string frames, line;
  std::size_t answer = 0;
  for (const char c : typed) {
    if (c == '\n') continue;
    line += line.empty() ? c : upper(c);
    if (c != '\r') continue;
    const std::size_t end = answers.find_first_of("\r\a", answer);
    if (answers.substr(answer, end - answer) == "z" || answers.substr(answer, end - answer) == "Z") frames += line;
    answer = end + 1;
    line.clear();
  }
  return frames;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view typed = tests::fuzz::text_of(data + 1, size - 1);
  const Outcome whole = outcome_of(typed, std::max<std::size_t>(typed.size(), 1));
  const auto ends = [](char c) { return c == '\r' || c == '\a'; };
  require(
      std::count_if(whole.answers.begin(), whole.answers.end(), ends) == std::count(typed.begin(), typed.end(), '\r'),
      "a line has one answer");
  require(whole.sent == frames_typed(typed, whole.answers), "a frame goes out as it was typed");
  const Outcome pieces = outcome_of(typed, 1 + data[0] % 32U);
  require(pieces.answers == whole.answers && pieces.sent == whole.sent, "pieces change nothing");
  return 0;
}
