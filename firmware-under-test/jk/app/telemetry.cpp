// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/telemetry.hpp"

#include <algorithm>
#include <numeric>

namespace jk::app {
namespace {

using core::Setting;

std::int32_t nearest(std::int32_t value, std::int32_t unit) {
  return (value + (value < 0 ? -unit / 2 : unit / 2)) / unit;
}

std::int16_t degC(std::int32_t ddegC) { return static_cast<std::int16_t>(nearest(ddegC, 10)); }

std::optional<std::int32_t> degC(std::optional<std::int32_t> ddegC) {
  return ddegC ? std::optional<std::int32_t>(nearest(*ddegC, 10)) : std::nullopt;
}

std::uint16_t u16(std::int32_t value) { return static_cast<std::uint16_t>(std::clamp<std::int32_t>(value, 0, 0xFFFF)); }

std::uint8_t chemistry_code(core::Preset chemistry) {
  switch (chemistry) {
    case core::Preset::lifepo4:
      return 0;
    case core::Preset::li_ion:
      return 1;
    case core::Preset::lto:
      break;
  }
  return 2;
}

}  // namespace

protocols::ReadAll4e57 read_all_settings(const core::Settings& settings) {
  protocols::ReadAll4e57 out;
  const auto mV = [&](Setting setting) { return u16(settings[setting]); };
  const auto whole = [&](Setting setting) { return u16(nearest(settings[setting], 1000)); };  // ms -> s, mA -> A
  out.cell_ovp_mV = mV(Setting::cell_ovp);
  out.cell_ovpr_mV = mV(Setting::cell_ovpr);
  out.cell_ovp_delay_s = whole(Setting::cell_ovp_delay);
  out.cell_uvp_mV = mV(Setting::cell_uvp);
  out.cell_uvpr_mV = mV(Setting::cell_uvpr);
  out.cell_uvp_delay_s = whole(Setting::cell_uvp_delay);
  out.cell_difference_mV = u16(cell_difference_mV);
  out.discharge_ocp_A = whole(Setting::discharge_ocp);
  out.discharge_ocp_delay_s = whole(Setting::discharge_ocp_delay);
  out.charge_ocp_A = whole(Setting::charge_ocp);
  out.charge_ocp_delay_s = whole(Setting::charge_ocp_delay);
  out.balance_start_mV = mV(Setting::balance_start);
  out.balance_trigger_mV = mV(Setting::balance_trigger);
  out.balance_enabled = settings[Setting::balance_enabled] != 0;
  out.mos_otp_degC = degC(settings[Setting::mos_otp]);
  out.mos_otpr_degC = degC(settings[Setting::mos_otpr]);
  out.charge_otp_degC = degC(settings[Setting::charge_otp]);
  out.discharge_otp_degC = degC(settings[Setting::discharge_otp]);
  out.charge_utp_degC = degC(settings[Setting::charge_utp]);
  out.charge_utpr_degC = degC(settings[Setting::charge_utpr]);
  out.discharge_utp_degC = degC(settings[Setting::discharge_utp]);
  out.discharge_utpr_degC = degC(settings[Setting::discharge_utpr]);
  out.capacity_Ah = static_cast<std::uint32_t>(nearest(settings[Setting::capacity], 1000));
  out.actual_capacity_Ah = out.capacity_Ah;
  out.charge_enabled = settings[Setting::charge_enabled] != 0;
  out.discharge_enabled = settings[Setting::discharge_enabled] != 0;
  out.chemistry = chemistry_code(core::chemistry(settings));
  out.low_soc_percent = static_cast<std::uint8_t>(low_soc_percent);
  return out;
}

void read_all_values(protocols::ReadAll4e57& out, const core::Settings& settings, const core::Measurement& measurement,
                     const core::Soc& soc, std::uint64_t now_ns) {
  constexpr std::uint64_t minute_ns = 60'000'000'000;
  const auto cells_mV = measurement.cells_mV();
  out.cells_mV = cells_mV;
  out.mos_degC = degC(measurement.mos_ddegC());
  out.t1_degC = degC(measurement.t1_ddegC());
  out.t2_degC = degC(measurement.t2_ddegC());
  out.pack_cV = std::accumulate(cells_mV.begin(), cells_mV.end(), 0) / 10;
  out.current_cA = measurement.current_mA() / 10;
  out.soc_percent = static_cast<std::uint8_t>(soc.percent());
  out.cycles = static_cast<std::uint16_t>(soc.discharged_mAh() / settings[Setting::capacity]);
  out.cycle_capacity_Ah = static_cast<std::uint32_t>(soc.discharged_mAh() / 1000);
  out.run_time_min = static_cast<std::uint32_t>(now_ns / minute_ns);
}

ManufacturerId manufacturer_id(std::string_view model) {
  constexpr std::string_view user_text = "Input Userda";
  ManufacturerId id{};
  std::copy(user_text.begin(), user_text.end(), id.begin());
  const std::string_view fitting(model.data(), std::min(model.size(), id.size() - user_text.size()));
  std::replace_copy(fitting.begin(), fitting.end(), id.begin() + user_text.size(), '-', '_');
  return id;
}

}  // namespace jk::app
