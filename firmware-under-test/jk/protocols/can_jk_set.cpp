// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <iterator>

#include "firmware-under-test/jk/protocols/can_battery.hpp"
#include "firmware-under-test/jk/protocols/can_jk.hpp"
#include "firmware-under-test/jk/protocols/can_limits.hpp"
#include "firmware-under-test/jk/protocols/can_view.hpp"
#include "firmware-under-test/jk/protocols/nearest.hpp"

namespace jk::protocols {
namespace {

/// Hours that the battery lasts at the present current; 0 while it is not discharged.
std::uint32_t discharge_h(const core::Status& status) {
  return status.current_mA < 0 ? static_cast<std::uint32_t>(status.remaining_mAh / -status.current_mA) : 0;
}

bool battery_state(const CanView& view, CanFrame& frame) {
  const core::Status& status = view.status;
  frame = can_jk::battery_state(
      {nearest(status.pack_mV, 100), nearest(status.current_mA, 100), status.soc_percent, discharge_h(status)});
  return true;
}

bool cell_voltages(const CanView& view, CanFrame& frame) {
  const core::Status& status = view.status;
  frame = can_jk::cell_voltages({cell_mV(status, status.highest_cell), cell_mV(status, status.lowest_cell),
                                 status.highest_cell + 1, status.lowest_cell + 1});
  return true;
}

bool cell_temperatures(const CanView& view, CanFrame& frame) {
  const auto t = battery_temperatures(view.status);
  frame = t ? can_jk::cell_temperatures({nearest(t->highest_ddegC, 10), nearest(t->lowest_ddegC, 10),
                                         nearest(t->average_ddegC, 10), t->highest_sensor, t->lowest_sensor})
            : can_jk::no_cell_temperatures();
  return true;
}

bool alarm_info(const CanView& view, CanFrame& frame) {
  const can_jk::Levels levels = can_jk::levels_of(view.status.alarms);
  frame = can_jk::alarm_info(levels);
  return can_jk::is_any(levels);
}

bool capacities(const CanView& view, CanFrame& frame) {
  const core::Status& status = view.status;
  const auto dAh = [](std::int64_t mAh) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(mAh / 100, 0, INT32_MAX));
  };
  frame = can_jk::capacities(
      {dAh(status.remaining_mAh), dAh(status.full_mAh), dAh(status.cycle_capacity_mAh), status.cycles});
  return true;
}

bool all_temperatures(const CanView& view, CanFrame& frame) {
  const core::Status& status = view.status;
  std::array<std::int32_t, 5> degC{};
  const auto of = [](const std::optional<std::int32_t>& ddegC) {
    return ddegC ? nearest(*ddegC, 10) : can_jk::no_sensor_degC;
  };
  degC = {of(status.t1_ddegC), of(status.t2_ddegC), of(status.mos_ddegC), of(status.t3_ddegC), of(status.t4_ddegC)};
  frame = can_jk::all_temperatures(degC);
  return true;
}

bool errors(const CanView& view, CanFrame& frame) {
  frame = can_jk::errors(view.status.alarms);
  return true;
}

bool information(const CanView& view, CanFrame& frame) {
  frame = can_jk::information(view.status.run_time_s, view.status.heater_mA, view.status.soh_percent);
  return true;
}

bool switches(const CanView& view, CanFrame& frame) {
  const core::Status& status = view.status;
  frame = can_jk::switches({status.is_charge_mos_on, status.is_discharge_mos_on, status.is_balancing, status.is_heating,
                            status.is_charger_plugged});
  return true;
}

bool charge_request(const CanView& view, CanFrame& frame) {
  const PackLimits limits = limits_for_inverters(view.status, view.settings);
  frame = can_jk::charge_request(
      {nearest(limits.charge_mV, 100), nearest(limits.charge_mA, 100), !limits.may_charge(), view.status.is_heating});
  return view.status.is_charger_plugged || view.is_charger_heard;
}

template <std::size_t group>
bool cell_group(const CanView& view, CanFrame& frame) {
  if (4 * group >= view.status.cells_mV.size()) return false;
  frame = can_jk::cell_group(group, view.status.cells_mV);
  return true;
}

constexpr CanRow rows_v1[] = {{20, battery_state}, {100, cell_voltages}, {100, cell_temperatures}, {100, alarm_info}};
constexpr CanRow rows_v2[] = {
    {20, battery_state},   {100, cell_voltages},  {500, cell_temperatures},
    {100, alarm_info},     {100, capacities},     {500, all_temperatures},
    {100, errors},         {500, information},    {500, switches},
    {500, charge_request}, {1000, cell_group<0>}, {1000, cell_group<1>},
    {1000, cell_group<2>}, {1000, cell_group<3>}, {1000, cell_group<4>},
    {1000, cell_group<5>},
};
static_assert(rows_v1[alarm_row].make == alarm_info && rows_v2[alarm_row].make == alarm_info);
static_assert(std::size(rows_v2) <= can_rows);

}  // namespace

std::optional<BatteryTemperatures> battery_temperatures(const core::Status& status) {
  const std::optional<std::int32_t> sensors[] = {status.t1_ddegC, status.t2_ddegC, status.t3_ddegC, status.t4_ddegC,
                                                 status.t5_ddegC};
  BatteryTemperatures found;
  std::int32_t count = 0, sum = 0;
  for (std::size_t i = 0; i < std::size(sensors); ++i) {
    if (!sensors[i]) continue;
    const std::int32_t value = *sensors[i];
    if (count == 0 || value > found.highest_ddegC) found.highest_ddegC = value, found.highest_sensor = i + 1;
    if (count == 0 || value < found.lowest_ddegC) found.lowest_ddegC = value, found.lowest_sensor = i + 1;
    sum += value;
    ++count;
  }
  if (count == 0) return std::nullopt;
  found.average_ddegC = nearest(sum, count);
  return found;
}

constinit const CanSet can_jk_v1{250'000, 5, true, false, rows_v1};
constinit const CanSet can_jk_v2_250k{250'000, 5, true, true, rows_v2};
constinit const CanSet can_jk_v2_500k{500'000, 5, true, true, rows_v2};

}  // namespace jk::protocols
