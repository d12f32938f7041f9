// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/serial_4e57_reply.hpp"

#include <algorithm>
#include <numeric>

#include "firmware-under-test/jk/protocols/nearest.hpp"
#include "firmware-under-test/jk/protocols/serial_4e57_ids.hpp"
#include "firmware-under-test/jk/protocols/serial_4e57_writer.hpp"

namespace jk::protocols {
namespace {

using core::Device;
using core::Status;
using core::Text;

constexpr std::size_t reply_command_at = 8, reply_data_at = 11;
constexpr std::size_t reply_tail = 9;                 // record number, end mark, checksum
constexpr std::size_t capacity_behind_run_time = 23;  // value of B9 behind that of B6: B7 and B8 between them
constexpr std::uint32_t battery_sensors = 2;          // T1 and T2 of every board
constexpr std::size_t version_bytes = 15, hardware_bytes = 5;
constexpr std::size_t setting_ids_from = 0x80, setting_ids_to = 0xBF;

/// Index of the row plus one, 0 = none.
consteval auto make_rows_by_id() {
  std::array<std::uint8_t, setting_ids_to - setting_ids_from + 1> rows{};
  for (std::size_t i = 0; i < core::setting_count; ++i) {
    const std::uint8_t id = core::setting_table[i].serial.id;
    if (id != 0) rows[id - setting_ids_from] = static_cast<std::uint8_t>(i + 1);
  }
  return rows;
}
constexpr auto rows_by_id = make_rows_by_id();

std::optional<std::int32_t> whole_degC(std::optional<std::int32_t> ddegC) {
  return ddegC ? std::optional<std::int32_t>(nearest(*ddegC, 10)) : std::nullopt;
}

std::span<const std::int32_t> cells_of(const Status& status) {
  return status.cells_mV.first(std::min(status.cells_mV.size(), core::status_cells));
}

[[gnu::always_inline]] inline void write_moving(Writer4e57& out, const Status& status) {
  const auto cells_mV = cells_of(status);
  const auto cells = static_cast<std::uint32_t>(cells_mV.size());
  out.id8(0x79, 3 * cells);
  for (std::uint32_t i = 0; i < cells; ++i) {
    out.u8(i + 1);
    out.u16(static_cast<std::uint32_t>(cells_mV[i]));
  }
  out.id16(0x80, temperature_code(whole_degC(status.mos_ddegC)));
  out.id16(0x81, temperature_code(whole_degC(status.t1_ddegC)));
  out.id16(0x82, temperature_code(whole_degC(status.t2_ddegC)));
  out.id16(0x83, static_cast<std::uint32_t>(status.pack_mV / 10));
  out.id16(0x84, current_code(status.current_mA / 10));
  out.id8(0x85, static_cast<std::uint32_t>(status.soc_percent));
  out.id8(0x86, battery_sensors);
  out.id16(0x87, std::min(status.cycles, std::uint32_t{0xFFFF}));
  out.id32(0x89, static_cast<std::uint32_t>(status.cycle_capacity_mAh / 1000));
  out.id16(0x8A, cells);
  out.id16(0x8B, alarm_word(status.alarms));
  out.id16(0x8C, status_word(status));
}

void write_value(Writer4e57& out, std::int32_t value, std::size_t width) {
  const auto bits = static_cast<std::uint32_t>(value);
  if (width == 1) out.u8(bits);
  if (width == 2) out.u16(bits);
  if (width == 4) out.u32(bits);
}

/// "11.XA_S11.51___": hardware filled to five, _S, software, filled to fifteen.
void write_version(Writer4e57& out, const Device& device) {
  const std::string_view hardware = device.text(Text::hardware_version);
  const std::size_t hardware_width = std::max(hardware.size(), hardware_bytes);
  out.text(hardware, hardware_width, '_');
  out.text("_S", 2);
  out.text(device.text(Text::software_version), version_bytes - hardware_width - 2, '_');
}

/// What is not a row of the settings table; B6 and B9 are written anew with each reply.
void write_other(Writer4e57& out, std::uint8_t id, const Device& device) {
  switch (id) {
    case id4e57::current_calibration:  // gain x 1000
      return out.u16(
          static_cast<std::uint32_t>(1000 + nearest(device.settings()[core::Setting::current_calibration], 1000)));
    case id4e57::settings_password:
      return out.text(device.text(Text::settings_password), settings_password_bytes);
    case id4e57::device_id:
      return out.text(device.text(Text::user_data), 8);
    case id4e57::production_date:
      return out.text(device.text(Text::production_date), 4);
    case id4e57::version:
      return write_version(out, device);
    case id4e57::manufacturer: {
      const std::string_view second = device.text(Text::user_data_2);
      out.text(second.empty() ? device.text(Text::user_data) : second, manufacturer_user_bytes);
      return out.text(device.text(Text::model), manufacturer_model_bytes);
    }
    case id4e57::calibrating:
      return out.u8(0);
    case id4e57::protocol_version:
      return out.u8(1);
    default:
      return out.u32(0);
  }
}

void write_setting(Writer4e57& out, const Width4e57& field, const Device& device) {
  const core::Settings& settings = device.settings();
  out.u8(field.id);
  if (field.id == id4e57::pack_ovp) return out.u16(static_cast<std::uint32_t>(core::pack_ovp_mV(settings) / 10));
  if (field.id == id4e57::pack_uvp) return out.u16(static_cast<std::uint32_t>(core::pack_uvp_mV(settings) / 10));
  const core::SettingInfo* const row = setting_of_4e57(field.id);
  if (row == nullptr) return write_other(out, field.id, device);
  write_value(out, nearest(settings[row->setting], row->serial.scale), row->serial.width);
}

std::uint32_t sum_up(std::span<const std::uint8_t> bytes) { return std::accumulate(bytes.begin(), bytes.end(), 0u); }

}  // namespace

const core::SettingInfo* setting_of_4e57(std::uint8_t id) {
  if (id < setting_ids_from || id > setting_ids_to || rows_by_id[id - setting_ids_from] == 0) return nullptr;
  return &core::setting_table[rows_by_id[id - setting_ids_from] - 1u];
}

void Reply4e57::begin(std::uint8_t command, std::size_t size) {
  Writer4e57 out(frame_);
  out.u16(0x4E57);
  out.u16(static_cast<std::uint32_t>(size - 2));
  out.u32(0);  // terminal number
  out.u8(command);
  out.u8(0);  // source: BMS
  out.u8(1);  // type: response
}

void Reply4e57::lay_out(const Device& device, const Status& status) {
  revision_ = device.revision();
  size_ = reply_bytes(cells_of(status).size());
  begin(0, size_);
  Writer4e57 out(frame_, reply_data_at);
  write_moving(out, status);
  settings_at_ = out.size();
  for (const Width4e57& field : widths_4e57) {
    if (field.id < id4e57::pack_ovp) continue;
    if (field.id == id4e57::run_time) run_time_at_ = out.size() + 1;
    write_setting(out, field, device);
  }
  out.u32(0);  // record number
  out.u8(0x68);
  const std::span<const std::uint8_t> written(frame_.data(), out.size());
  settings_sum_ = sum_up(written.first(reply_data_at)) + sum_up(written.subspan(settings_at_));
}

std::span<const std::uint8_t> Reply4e57::read_all(const Device& device, const Status& status, std::uint8_t command) {
  const bool is_laid_out = size_ == reply_bytes(cells_of(status).size()) && revision_ == device.revision();
  if (!is_laid_out) lay_out(device, status);
  frame_[reply_command_at] = command;
  Writer4e57 values(frame_, reply_data_at);
  write_moving(values, status);
  Writer4e57(frame_, run_time_at_).u32(status.run_time_s / 60);
  const std::size_t capacity_at = run_time_at_ + capacity_behind_run_time;
  Writer4e57(frame_, capacity_at).u32(static_cast<std::uint32_t>(nearest(status.full_mAh, 1000)));
  const std::span<const std::uint8_t> written(frame_.data(), size_);
  const std::uint32_t sum = settings_sum_ + command +
                            sum_up(written.subspan(reply_data_at, settings_at_ - reply_data_at)) +
                            sum_up(written.subspan(run_time_at_, 4)) + sum_up(written.subspan(capacity_at, 4));
  Writer4e57(frame_, size_ - 4).u32(sum & 0xFFFFu);
  return written;
}

std::span<const std::uint8_t> Reply4e57::finish(std::size_t data_end) {
  size_ = 0;
  Writer4e57 out(frame_, data_end);
  out.u32(0);
  out.u8(0x68);
  const std::span<const std::uint8_t> written(frame_.data(), data_end + reply_tail);
  out.u32(sum_up(written.first(data_end + 5)) & 0xFFFFu);
  return written;
}

std::span<const std::uint8_t> Reply4e57::read_one(const Device& device, const Status& status, std::uint8_t id) {
  (void)read_all(device, status, 0x03);
  std::size_t at = reply_data_at, bytes = 2 + 3 * cells_of(status).size();
  const auto* field = std::begin(widths_4e57);
  for (; frame_[at] != id && field != std::end(widths_4e57); ++field) {
    at += bytes;
    bytes = 1u + field->bytes;
  }
  if (frame_[at] != id) return {};
  std::copy_n(frame_.begin() + static_cast<std::ptrdiff_t>(at), bytes, frame_.begin() + reply_data_at);
  begin(0x03, reply_data_at + bytes + reply_tail);
  return finish(reply_data_at + bytes);
}

std::span<const std::uint8_t> Reply4e57::acknowledge(std::uint8_t command, std::uint8_t id) {
  begin(command, reply_data_at + 1 + reply_tail);
  frame_[reply_data_at] = id;
  return finish(reply_data_at + 1);
}

}  // namespace jk::protocols
