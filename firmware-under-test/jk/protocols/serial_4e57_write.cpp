// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/serial_4e57_write.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "firmware-under-test/jk/protocols/serial_4e57_ids.hpp"

namespace jk::protocols {
namespace {

using core::Answer;
using core::Device;
using core::Text;

std::uint32_t number(std::span<const std::uint8_t> bytes) {
  std::uint32_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

bool is_nul(std::uint8_t byte) { return byte == 0; }
bool is_printable(std::uint8_t byte) { return byte >= 0x20 && byte <= 0x7E; }
bool is_digit(std::uint8_t byte) { return byte >= '0' && byte <= '9'; }

/// ASCII, then nothing but NUL; nothing when it is something else.
std::optional<std::string_view> text_in(std::span<const std::uint8_t> bytes) {
  const auto end = std::find_if(bytes.begin(), bytes.end(), is_nul);
  if (!std::all_of(bytes.begin(), end, is_printable) || !std::all_of(end, bytes.end(), is_nul)) return std::nullopt;
  return std::string_view(reinterpret_cast<const char*>(bytes.data()),
                          static_cast<std::size_t>(std::distance(bytes.begin(), end)));
}

bool change(Device& device, const core::SettingInfo& row, std::int64_t value) {
  if (value > std::numeric_limits<std::int32_t>::max()) return false;
  const core::SettingChange changes[] = {{row.setting, static_cast<std::int32_t>(value)}};
  return device.change(changes) == Answer::done;
}

bool write_row(Device& device, const core::SettingInfo& row, std::span<const std::uint8_t> value) {
  const std::uint32_t raw = number(value);
  const bool is_signed = row.min < 0;  // of these, all have two bytes
  const std::int64_t sent = is_signed ? std::int64_t{static_cast<std::int16_t>(raw)} : std::int64_t{raw};
  return change(device, row, sent * row.serial.scale);
}

bool write_text(Device& device, Text text, std::span<const std::uint8_t> value, std::size_t shortest) {
  const auto said = text_in(value);
  return said && said->size() >= shortest && device.set_text(text, *said) == Answer::done;
}

/// YYMM; the day, which this protocol does not show, stays.
bool write_date(Device& device, std::span<const std::uint8_t> value) {
  if (!std::all_of(value.begin(), value.end(), is_digit)) return false;
  std::array<char, core::longest_text> date{};
  const std::string_view old = device.text(Text::production_date);
  std::copy(old.begin(), old.end(), date.begin());
  std::copy(value.begin(), value.end(), date.begin());
  return device.set_text(Text::production_date, {date.data(), std::max(old.size(), value.size())}) == Answer::done;
}

/// The user's text; behind it must stand the model, as it is read, or nothing.
bool write_manufacturer(Device& device, std::span<const std::uint8_t> value) {
  const auto model = text_in(value.last(manufacturer_model_bytes));
  const std::string_view whole = device.text(Text::model);
  const std::string_view as_read(whole.data(), std::min(whole.size(), manufacturer_model_bytes));
  const bool is_model = model && (model->empty() || *model == as_read);
  return is_model && write_text(device, Text::user_data_2, value.first(manufacturer_user_bytes), 0);
}

template <core::Command command>
bool give(Device& device, std::span<const std::uint8_t> value) {
  return number(value) == 1 && device.command(command, 0) == Answer::done;
}

bool write_run_time(Device& device, std::span<const std::uint8_t> value) {
  const std::int64_t run_time_s = std::int64_t{number(value)} * 60;
  return run_time_s <= std::numeric_limits<std::int32_t>::max() &&
         device.command(core::Command::set_run_time, static_cast<std::int32_t>(run_time_s)) == Answer::done;
}

bool write_calibration(Device& device, std::span<const std::uint8_t> value) {
  return change(device, core::info(core::Setting::current_calibration), (std::int64_t{number(value)} - 1000) * 1000);
}

/// What is written otherwise than a row of the settings table. Not there: BD (there is no loader to start), B8, B9 and
/// what only the board knows.
struct Writing {
  std::uint8_t id, width;
  bool (*write)(Device&, std::span<const std::uint8_t>);
};
constexpr Writing writings[] = {
    {id4e57::current_calibration, 2, write_calibration},
    {id4e57::settings_password, settings_password_bytes,
     [](Device& device, std::span<const std::uint8_t> value) {
       return write_text(device, Text::settings_password, value, 1);
     }},
    {id4e57::device_id, 8,
     [](Device& device, std::span<const std::uint8_t> value) { return write_text(device, Text::user_data, value, 0); }},
    {id4e57::production_date, 4, write_date},
    {id4e57::run_time, 4, write_run_time},
    {id4e57::manufacturer, manufacturer_user_bytes + manufacturer_model_bytes, write_manufacturer},
    {id4e57::restart, 1, give<core::Command::restart>},
    {id4e57::factory_reset, 1, give<core::Command::factory_reset>},
};

}  // namespace

bool write_4e57(Device& device, std::uint8_t id, std::span<const std::uint8_t> value) {
  if (const core::SettingInfo* const row = setting_of_4e57(id)) {
    return value.size() == row->serial.width && write_row(device, *row, value);
  }
  const auto* const writing = std::find_if(std::begin(writings), std::end(writings),
                                           [id](const Writing& candidate) { return candidate.id == id; });
  return writing != std::end(writings) && value.size() == writing->width && writing->write(device, value);
}

bool authorize_4e57(Device& device, std::span<const std::uint8_t> value) {
  if (value.size() != settings_password_bytes) return false;
  const auto password = text_in(value);
  return password && device.authorize(*password) == Answer::done;
}

}  // namespace jk::protocols
