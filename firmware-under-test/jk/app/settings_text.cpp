// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/settings_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace jk::app {
namespace {

using Seen = std::array<bool, core::setting_count>;

const char* apply_line(std::string_view line, core::Settings& settings, Seen& seen) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return "settings: a line is not name=integer";
  const core::SettingInfo* const row = core::find_setting({line.data(), equals});
  if (row == nullptr) return "settings: unknown name";

  bool& is_seen = seen[static_cast<std::size_t>(row->setting)];
  if (is_seen) return "settings: a name stands twice";
  is_seen = true;

  std::string_view digits = line;
  digits.remove_prefix(equals + 1);
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return "settings: a value is not an integer";
  return settings.set(row->setting, value) ? nullptr : "settings: a value is out of range";
}

}  // namespace

SettingsProblem apply_settings(std::string_view text, core::Settings& settings) {
  Seen seen{};
  while (!text.empty()) {
    const std::string_view line(text.data(), std::min(text.find('\n'), text.size()));
    text.remove_prefix(line.size() == text.size() ? line.size() : line.size() + 1);
    if (line.empty()) continue;
    if (const char* const what = apply_line(line, settings, seen)) return {what, line};
  }
  return {core::contradiction(settings), {}};
}

}  // namespace jk::app
