// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-under-test/jk/core/device.hpp"

namespace jk::protocols {

/// A board that keeps what its ports write. Its state is whatever the test says; the rules are those of core::Device,
/// without time: what is open stays open, what is locked stays locked.
// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): nothing can derive from it
class FakeDevice final : public core::Device {
 public:
  struct Given {
    core::Command command;
    std::int32_t value;
    bool operator==(const Given&) const = default;
  };

  core::Status state;
  std::vector<std::int32_t> cells_mV = std::vector<std::int32_t>(8, 3300);
  core::Settings set{core::Preset::lifepo4};
  std::array<std::string, static_cast<std::size_t>(core::Text::count)> texts = {
      "JK_B2A8S20P", "11.XA", "11.26", "JK_B2A8S20P", "1234", "123456", "240101", "4012345678", "Input Userdata", ""};
  std::optional<core::Answer> refuse_with;  // every write ends so, and changes nothing
  std::vector<Given> commands;              // that were done
  int changes = 0;                          // calls of change() and set_text() that were done
  bool is_open = false;                     // the password was given
  int wrong_passwords = 0;

  const core::Status& status() override {
    state.cells_mV = cells_mV;
    return state;
  }
  [[nodiscard]] const core::Settings& settings() const override { return set; }
  [[nodiscard]] std::string_view text(core::Text text) const override { return texts[index(text)]; }
  [[nodiscard]] std::uint32_t revision() const override {  // tests write to `set` and `texts` behind our back
    if (set == told_set_ && texts == told_texts_) return revision_;
    told_set_ = set;
    told_texts_ = texts;
    return ++revision_;
  }

  core::Answer change(std::span<const core::SettingChange> changed) override {
    if (refuse_with) return *refuse_with;
    switch (core::apply(changed, set)) {
      case core::ChangeResult::out_of_range:
        return core::Answer::out_of_range;
      case core::ChangeResult::against_order:
        return core::Answer::against_order;
      case core::ChangeResult::done:
        break;
    }
    ++changes;
    return core::Answer::done;
  }

  core::Answer set_text(core::Text text, std::string_view value) override {
    if (refuse_with) return *refuse_with;
    if (!is_open) return core::Answer::needs_password;
    if (value.size() > core::longest_text) return core::Answer::out_of_range;
    texts[index(text)] = value;
    ++changes;
    return core::Answer::done;
  }

  core::Answer command(core::Command command, std::int32_t value) override {
    if (refuse_with) return *refuse_with;
    const bool is_guarded = command == core::Command::factory_reset || command == core::Command::set_run_time;
    if (is_guarded && !is_open) return core::Answer::needs_password;
    commands.push_back({command, value});
    return core::Answer::done;
  }

  core::Answer authorize(std::string_view settings_password) override {
    if (wrong_passwords >= 5) return core::Answer::locked;
    if (settings_password != texts[index(core::Text::settings_password)]) {
      ++wrong_passwords;
      return core::Answer::needs_password;
    }
    is_open = true;
    return core::Answer::done;
  }

 private:
  static std::size_t index(core::Text text) { return static_cast<std::size_t>(text); }

  mutable core::Settings told_set_{core::Preset::lifepo4};
  mutable std::array<std::string, static_cast<std::size_t>(core::Text::count)> told_texts_;
  mutable std::uint32_t revision_ = 0;
};

}  // namespace jk::protocols
