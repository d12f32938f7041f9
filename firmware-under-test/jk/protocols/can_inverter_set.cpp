// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <iterator>

#include "firmware-under-test/jk/protocols/can_battery.hpp"
#include "firmware-under-test/jk/protocols/can_inverter.hpp"
#include "firmware-under-test/jk/protocols/can_limits.hpp"
#include "firmware-under-test/jk/protocols/can_view.hpp"
#include "firmware-under-test/jk/protocols/nearest.hpp"

namespace jk::protocols {
namespace {

using core::Setting;
using core::Text;

constexpr std::uint32_t modules = 1;
constexpr std::int32_t zero_degC_dK = 2732;  // 273.15 K

can_inverter::Limits limits_351(const PackLimits& limits) {
  return {nearest(limits.charge_mV, 100), nearest(limits.charge_mA, 100), nearest(limits.discharge_mA, 100)};
}

bool limits_pylontech(const CanView& view, CanFrame& frame) {
  frame = can_inverter::limits(limits_351(limits_for_inverters(view.status, view.settings)));
  return true;
}

bool limits_with_discharge(const CanView& view, CanFrame& frame) {
  const PackLimits limits = limits_for_inverters(view.status, view.settings);
  frame = can_inverter::limits(limits_351(limits), nearest(limits.discharge_mV, 100));
  return true;
}

bool charge_state(const CanView& view, CanFrame& frame) {
  frame = can_inverter::charge_state(view.status.soc_percent, view.status.soh_percent);
  return true;
}

/// Finer, inside the percent that every port shows.
std::int32_t soc_cpercent(const core::Status& status) {
  const std::int64_t full = std::max<std::int32_t>(status.full_mAh, 1);
  const auto fine = static_cast<std::int32_t>(std::int64_t{status.remaining_mAh} * 10'000 / full);
  const std::int32_t whole = status.soc_percent * 100;
  return std::clamp<std::int32_t>(fine, whole, whole + (whole < 10'000 ? 99 : 0));
}

bool charge_state_fine(const CanView& view, CanFrame& frame) {
  frame = can_inverter::charge_state(view.status.soc_percent, view.status.soh_percent, soc_cpercent(view.status));
  return true;
}

bool measurements(const CanView& view, CanFrame& frame) {
  const core::Status& status = view.status;
  const auto temperatures = battery_temperatures(status);
  frame = can_inverter::measurements(nearest(status.pack_mV, 10), nearest(status.current_mA, 100),
                                     temperatures ? temperatures->average_ddegC : 0);
  return true;
}

bool protections(const CanView& view, CanFrame& frame) {
  frame = can_inverter::protections(view.status.alarms, modules);
  return true;
}

bool pair_alarms(const CanView& view, CanFrame& frame) {
  frame = can_inverter::pair_alarms(view.status.alarms);
  return true;
}

bool requests(const CanView& view, CanFrame& frame) {
  const PackLimits limits = limits_for_inverters(view.status, view.settings);
  frame = can_inverter::requests({limits.may_charge(), limits.may_discharge(), view.requests.is_forced,
                                  view.requests.is_forced_2, view.requests.is_full_charge});
  return true;
}

bool maker_pylontech(const CanView&, CanFrame& frame) {
  frame = can_inverter::name(0x35E, "PYLON", ' ');
  return true;
}

bool maker(const CanView&, CanFrame& frame) {
  frame = can_inverter::name(0x35E, "JK-BMS", ' ');
  return true;
}

std::uint32_t Ah(std::int32_t mAh) { return static_cast<std::uint32_t>(nearest(mAh, 1000)); }

template <Text first, Text second>
bool product(const CanView& view, CanFrame& frame) {
  frame = CanFrame::standard(0x35F)
              .s16(view.settings[Setting::chemistry])
              .u16(can_inverter::version_code(view.device.text(first)))
              .u16(Ah(view.status.full_mAh))
              .u16(can_inverter::version_code(view.device.text(second)));
  return true;
}

template <std::uint32_t id, std::size_t from>
bool model(const CanView& view, CanFrame& frame) {
  const std::string_view text = view.device.text(Text::model);
  const std::size_t begin = std::min(from, text.size());
  frame = can_inverter::name(id, {text.data() + begin, text.size() - begin});
  return true;
}

bool module_count(const CanView& view, CanFrame& frame) {
  const PackLimits limits = limits_for_inverters(view.status, view.settings);
  frame = CanFrame::standard(0x372)
              .u16(modules)
              .u16(limits.may_charge() ? 0 : modules)
              .u16(limits.may_discharge() ? 0 : modules)
              .u16(0);
  return true;
}

std::int32_t kelvin(std::int32_t ddegC) { return nearest(ddegC + zero_degC_dK, 10); }

bool extremes(const CanView& view, CanFrame& frame) {
  const core::Status& status = view.status;
  frame = CanFrame::standard(0x373).s16(cell_mV(status, status.lowest_cell)).s16(cell_mV(status, status.highest_cell));
  const auto temperatures = battery_temperatures(status);
  frame.s16(temperatures ? kelvin(temperatures->lowest_ddegC) : 0);
  frame.s16(temperatures ? kelvin(temperatures->highest_ddegC) : 0);
  return true;
}

/// "Cell 12", "T1".
CanFrame numbered(std::uint32_t id, std::string_view what, std::size_t number) {
  std::array<char, 8> text{};
  char* end = std::copy(what.begin(), what.end(), text.begin());
  if (number > 9) *end++ = static_cast<char>('0' + number / 10);
  *end = static_cast<char>('0' + number % 10);
  return can_inverter::name(id, {text.data(), text.size()});
}

bool lowest_cell(const CanView& view, CanFrame& frame) {
  frame = numbered(0x374, "Cell ", view.status.lowest_cell + 1);
  return true;
}

bool highest_cell(const CanView& view, CanFrame& frame) {
  frame = numbered(0x375, "Cell ", view.status.highest_cell + 1);
  return true;
}

bool lowest_sensor(const CanView& view, CanFrame& frame) {
  const auto temperatures = battery_temperatures(view.status);
  if (temperatures) frame = numbered(0x376, "T", temperatures->lowest_sensor);
  return temperatures.has_value();
}

bool highest_sensor(const CanView& view, CanFrame& frame) {
  const auto temperatures = battery_temperatures(view.status);
  if (temperatures) frame = numbered(0x377, "T", temperatures->highest_sensor);
  return temperatures.has_value();
}

bool installed_capacity(const CanView& view, CanFrame& frame) {
  frame = CanFrame::standard(0x379).u16(Ah(view.settings[Setting::capacity]));
  return true;
}

constexpr std::uint16_t every_second = 1000;
constexpr CanRow rows_pylontech[] = {
    {every_second, protections},  {every_second, limits_pylontech}, {every_second, charge_state},
    {every_second, measurements}, {every_second, requests},         {every_second, maker_pylontech},
};
constexpr CanRow rows_sma[] = {
    {every_second, protections},       {every_second, limits_with_discharge},
    {every_second, charge_state_fine}, {every_second, measurements},
    {every_second, requests},          {every_second, maker},
    {every_second, pair_alarms},       {every_second, product<Text::hardware_version, Text::software_version>},
};
constexpr CanRow rows_victron[] = {
    {every_second, protections},        {every_second, limits_with_discharge},
    {every_second, charge_state_fine},  {every_second, measurements},
    {every_second, requests},           {every_second, maker},
    {every_second, pair_alarms},        {every_second, product<Text::software_version, Text::hardware_version>},
    {every_second, model<0x370, 0>},    {every_second, model<0x371, 8>},
    {every_second, module_count},       {every_second, extremes},
    {every_second, lowest_cell},        {every_second, highest_cell},
    {every_second, lowest_sensor},      {every_second, highest_sensor},
    {every_second, installed_capacity}, {every_second, model<0x382, 0>},
};
static_assert(std::size(rows_victron) <= can_rows);

}  // namespace

constinit const CanSet can_pylontech{500'000, 100, false, false, rows_pylontech};
constinit const CanSet can_sma{500'000, 100, false, false, rows_sma};
constinit const CanSet can_victron{500'000, 50, false, false, rows_victron};

}  // namespace jk::protocols
