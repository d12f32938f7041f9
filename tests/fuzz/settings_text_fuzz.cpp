// SPDX-License-Identifier: Apache-2.0
// The settings of board_config. Accepted: every setting is in its range, the pairs stand in their order, each line
// holds and nothing but the lines changed, in whatever order they stand. Refused: with a sentence, about a line of the
// text.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "firmware-under-test/jk/app/settings_text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace jk;
using tests::fuzz::require;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) lines.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

void judge_accepted(const core::Settings& settings, const std::vector<std::string>& lines) {
  require(core::contradiction(settings) == nullptr, "an accepted text contradicts itself nowhere");
  std::map<std::string, long long> said;
  for (const std::string& line : lines) {
    const std::size_t equals = line.find('=');
    require(equals != std::string::npos, "an accepted line has a value");
    const std::string digits = line.substr(equals + 1);
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    require(digits.size() > first && digits.find_first_not_of("0123456789", first) == std::string::npos,
            "an accepted value is an integer");
    require(said.emplace(line.substr(0, equals), std::stoll(digits)).second, "an accepted text names a setting once");
  }
  const core::Settings preset(core::Preset::lifepo4);
  for (const core::SettingInfo& row : core::setting_table) {
    const auto line = said.extract(std::string(row.name));
    require(settings[row.setting] == (line.empty() ? preset[row.setting] : line.mapped()),
            "a setting is what its line says, or the preset");
  }
  require(said.empty(), "every line names a setting");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = tests::fuzz::text_of(data, size);
  core::Settings settings(core::Preset::lifepo4);
  const app::SettingsProblem problem = app::apply_settings(text, settings);
  for (const core::SettingInfo& row : core::setting_table)
    require(settings[row.setting] >= row.min && settings[row.setting] <= row.max, "a setting is in its range");
  if (problem.what != nullptr) {
    require(std::string_view(problem.what).starts_with("settings: "), "a refusal says what is wrong");
    require(problem.line.empty() || text.find(problem.line) != std::string_view::npos, "a refusal names its line");
    return 0;
  }
  std::vector<std::string> lines = lines_of(text);
  judge_accepted(settings, lines);

  std::reverse(lines.begin(), lines.end());
  std::string backwards;
  for (const std::string& line : lines) backwards += line + "\n";
  core::Settings again(core::Preset::lifepo4);
  require(app::apply_settings(backwards, again).what == nullptr && again == settings, "the order of lines is free");
  return 0;
}
