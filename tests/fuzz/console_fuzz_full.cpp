// SPDX-License-Identifier: Apache-2.0
// A line typed at `cellrig live`. Either a command or mistakes. An act has what it means in the words of a scenario,
// and these words typed again mean the same.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "rig/live/console.hpp"
#include "rig/scenario/setup.hpp"
#include "tests/fuzz/fuzz.hpp"

using rig::live::Command;
using rig::live::Console;

namespace {

using tests::fuzz::require;
constexpr const char* shipped = CELLRIG_SOURCE_DIR "/scenarios";

const rig::scenario::Scenario& setup() {
  static const rig::scenario::Scenario read = [] {
    std::vector<std::string> mistakes;
    return *rig::scenario::read_setup({"jk_b2a8s20p", {}, {}}, shipped, mistakes);
  }();
  return read;
}

bool are_same(const rig::scenario::Action& a, const rig::scenario::Action& b) {
  const auto same_value = [](const auto& x, const auto& y) {
    return x.first == y.first && x.second.value == y.second.value && x.second.dimension == y.second.dimension;
  };
  return a.target == b.target && a.cell == b.cell && a.words == b.words && a.values.size() == b.values.size() &&
         std::equal(a.values.begin(), a.values.end(), b.values.begin(), same_value);
}

void judge(const Command& command, Console& console) {
  require(command.speed >= Console::least_speed && command.speed <= Console::most_speed, "a speed is in its range");
  require(std::isfinite(command.wait_s) && command.wait_s >= 0, "a wait ends");
  if (command.kind != Command::Kind::act) return;
  require(!command.actions.empty() && !command.meaning.empty(), "an act does something and says what");
  std::vector<rig::scenario::Action> meant;
  for (const std::string& words : command.meaning) {
    std::vector<std::string> mistakes;
    const auto again = console.read(words, mistakes);
    require(again && mistakes.empty(), "what an act means can be typed");
    meant.insert(meant.end(), again->actions.begin(), again->actions.end());
  }
  require(std::equal(meant.begin(), meant.end(), command.actions.begin(), command.actions.end(), are_same),
          "what an act means does the same");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Console console({{"", setup()}}, shipped);
  const std::string_view text = tests::fuzz::text_of(data, std::min<std::size_t>(size, 400));
  std::vector<std::string> mistakes;
  const auto command = console.read(text.substr(0, text.find('\n')), mistakes);
  require(command.has_value() == mistakes.empty(), "a line is a command or wrong");
  for (const std::string& mistake : mistakes) require(!mistake.empty(), "a mistake is said");
  if (command) judge(*command, console);
  return 0;
}
