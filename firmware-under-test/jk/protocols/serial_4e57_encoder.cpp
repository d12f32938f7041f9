// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "firmware-under-test/jk/protocols/serial_4e57.hpp"
#include "firmware-under-test/jk/protocols/serial_4e57_writer.hpp"

namespace jk::protocols {
namespace {

constexpr std::size_t command_at = 8, values_at = 11;

[[gnu::always_inline]] inline void write_measurements(Writer4e57& out, const ReadAll4e57& state) {
  const auto cells = static_cast<std::uint32_t>(state.cells_mV.size());
  out.id8(0x79, 3 * cells);
  for (std::uint32_t i = 0; i < cells; ++i) {
    out.u8(i + 1);
    out.u16(static_cast<std::uint32_t>(state.cells_mV[i]));
  }
  out.id16(0x80, temperature_code(state.mos_degC));
  out.id16(0x81, temperature_code(state.t1_degC));
  out.id16(0x82, temperature_code(state.t2_degC));
  out.id16(0x83, static_cast<std::uint32_t>(state.pack_cV));
  out.id16(0x84, current_code(state.current_cA));
  out.id8(0x85, state.soc_percent);
  out.id8(0x86, state.sensor_count);
  out.id16(0x87, state.cycles);
  out.id32(0x89, state.cycle_capacity_Ah);
  out.id16(0x8A, cells);
  out.id16(0x8B, state.alarms);
  out.id16(0x8C, state.status);
}

void write_limits(Writer4e57& out, const ReadAll4e57& state) {
  const auto cells = static_cast<std::uint32_t>(state.cells_mV.size());
  out.id16(0x8E, cells * state.cell_ovp_mV / 10);
  out.id16(0x8F, cells * state.cell_uvp_mV / 10);
  out.id16(0x90, state.cell_ovp_mV);
  out.id16(0x91, state.cell_ovpr_mV);
  out.id16(0x92, state.cell_ovp_delay_s);
  out.id16(0x93, state.cell_uvp_mV);
  out.id16(0x94, state.cell_uvpr_mV);
  out.id16(0x95, state.cell_uvp_delay_s);
  out.id16(0x96, state.cell_difference_mV);
  out.id16(0x97, state.discharge_ocp_A);
  out.id16(0x98, state.discharge_ocp_delay_s);
  out.id16(0x99, state.charge_ocp_A);
  out.id16(0x9A, state.charge_ocp_delay_s);
  out.id16(0x9B, state.balance_start_mV);
  out.id16(0x9C, state.balance_trigger_mV);
  out.id8(0x9D, state.balance_enabled);
  out.id16(0x9E, state.mos_otp_degC);
  out.id16(0x9F, state.mos_otpr_degC);
  out.id16(0xA0, state.box_otp_degC);
  out.id16(0xA1, state.box_otpr_degC);
  out.id16(0xA2, state.temperature_difference_degC);
  out.id16(0xA3, state.charge_otp_degC);
  out.id16(0xA4, state.discharge_otp_degC);
  out.id16(0xA5, state.charge_utp_degC);
  out.id16(0xA6, state.charge_utpr_degC);
  out.id16(0xA7, state.discharge_utp_degC);
  out.id16(0xA8, state.discharge_utpr_degC);
}

/// Returns where the run time goes.
std::size_t write_identity(Writer4e57& out, const ReadAll4e57& state) {
  out.id8(0xA9, static_cast<std::uint32_t>(state.cells_mV.size()));
  out.id32(0xAA, state.capacity_Ah);
  out.id8(0xAB, state.charge_enabled);
  out.id8(0xAC, state.discharge_enabled);
  out.id16(0xAD, state.current_calibration);
  out.id8(0xAE, state.address);
  out.id8(0xAF, state.chemistry);
  out.id16(0xB0, state.sleep_s);
  out.id8(0xB1, state.low_soc_percent);
  out.text(0xB2, state.password, 10);
  out.id8(0xB3, 0);  // dedicated-charger switch
  out.text(0xB4, state.device_id, 8);
  out.text(0xB5, state.production_date, 4);
  out.id32(0xB6, 0);
  const std::size_t run_time_at = out.size() - 4;
  out.text(0xB7, state.version, 15);
  out.id8(0xB8, 0);  // current calibration running
  out.id32(0xB9, state.actual_capacity_Ah);
  out.text(0xBA, state.manufacturer_id, 24);
  out.id8(0xC0, 1);  // protocol version: current as sign and magnitude
  return run_time_at;
}

std::uint32_t sum_of(std::span<const std::uint8_t> bytes) { return std::accumulate(bytes.begin(), bytes.end(), 0u); }

}  // namespace

void ReadAllReply4e57::lay_out(const ReadAll4e57& state) {
  Writer4e57 out(frame_);
  out.u16(0x4E57);
  out.u16(static_cast<std::uint32_t>(reply_bytes(state.cells_mV.size()) - 2));
  out.u32(0);  // terminal number
  out.u8(0);   // command
  out.u8(0);   // source: BMS
  out.u8(1);   // type: response
  write_measurements(out, state);
  settings_at_ = out.size();
  write_limits(out, state);
  run_time_at_ = write_identity(out, state);
  out.u32(0);  // record number
  out.u8(0x68);
  const std::span<const std::uint8_t> written(frame_.data(), out.size());
  settings_sum_ = sum_of(written.first(command_at)) +
                  sum_of(written.subspan(command_at + 1, values_at - command_at - 1)) +
                  sum_of(written.subspan(settings_at_));
  size_ = out.size() + 4;
}

std::span<const std::uint8_t> ReadAllReply4e57::tell(const ReadAll4e57& state, std::uint8_t command) {
  if (size_ != reply_bytes(state.cells_mV.size())) lay_out(state);
  frame_[command_at] = command;
  Writer4e57 values(frame_, values_at);
  write_measurements(values, state);
  Writer4e57(frame_, run_time_at_).u32(state.run_time_min);
  const std::span<const std::uint8_t> written(frame_.data(), size_);
  const std::uint32_t sum = settings_sum_ + command + sum_of(written.subspan(values_at, settings_at_ - values_at)) +
                            sum_of(written.subspan(run_time_at_, 4));
  Writer4e57(frame_, size_ - 4).u32(sum & 0xFFFFu);
  return written;
}

}  // namespace jk::protocols
