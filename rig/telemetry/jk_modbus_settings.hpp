// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace rig::telemetry {

/// How a setting lies in the registers.
enum class RegisterForm : std::uint8_t { u32, i32, u8_high, u8_low, i8_high, i8_low, bit };

struct JkSetting {
  std::string_view name;
  std::uint16_t address;
  RegisterForm form;
  double unit;  // base units a step: 1e-3 for mV
  int bit = 0;
};

/// Settings of the blocks 0x1000 and 0x1400, typed from "JK BMS RS485 Modbus V1.1" and from what real boards do with it
/// (docs/references.md#jk-modbus). Names as in scenarios.
inline constexpr std::array jk_settings{
    JkSetting{"smart_sleep", 0x1000, RegisterForm::u32, 1e-3},
    JkSetting{"cell_uvp", 0x1004, RegisterForm::u32, 1e-3},
    JkSetting{"cell_uvpr", 0x1008, RegisterForm::u32, 1e-3},
    JkSetting{"cell_ovp", 0x100C, RegisterForm::u32, 1e-3},
    JkSetting{"cell_ovpr", 0x1010, RegisterForm::u32, 1e-3},
    JkSetting{"balance_trigger", 0x1014, RegisterForm::u32, 1e-3},
    JkSetting{"soc_100", 0x1018, RegisterForm::u32, 1e-3},
    JkSetting{"soc_0", 0x101C, RegisterForm::u32, 1e-3},
    JkSetting{"rcv", 0x1020, RegisterForm::u32, 1e-3},
    JkSetting{"rfv", 0x1024, RegisterForm::u32, 1e-3},
    JkSetting{"power_off", 0x1028, RegisterForm::u32, 1e-3},
    JkSetting{"charge_ocp", 0x102C, RegisterForm::u32, 1e-3},
    JkSetting{"charge_ocp_delay", 0x1030, RegisterForm::u32, 1},
    JkSetting{"charge_ocp_release", 0x1034, RegisterForm::u32, 1},
    JkSetting{"discharge_ocp", 0x1038, RegisterForm::u32, 1e-3},
    JkSetting{"discharge_ocp_delay", 0x103C, RegisterForm::u32, 1},
    JkSetting{"discharge_ocp_release", 0x1040, RegisterForm::u32, 1},
    JkSetting{"scp_release", 0x1044, RegisterForm::u32, 1},
    JkSetting{"balance_current", 0x1048, RegisterForm::u32, 1e-3},
    JkSetting{"charge_otp", 0x104C, RegisterForm::i32, 0.1},
    JkSetting{"charge_otpr", 0x1050, RegisterForm::i32, 0.1},
    JkSetting{"discharge_otp", 0x1054, RegisterForm::i32, 0.1},
    JkSetting{"discharge_otpr", 0x1058, RegisterForm::i32, 0.1},
    JkSetting{"charge_utp", 0x105C, RegisterForm::i32, 0.1},
    JkSetting{"charge_utpr", 0x1060, RegisterForm::i32, 0.1},
    JkSetting{"mos_otp", 0x1064, RegisterForm::i32, 0.1},
    JkSetting{"mos_otpr", 0x1068, RegisterForm::i32, 0.1},
    JkSetting{"cell_count", 0x106C, RegisterForm::u32, 1},
    JkSetting{"charge_enabled", 0x1070, RegisterForm::u32, 1},
    JkSetting{"discharge_enabled", 0x1074, RegisterForm::u32, 1},
    JkSetting{"balance_enabled", 0x1078, RegisterForm::u32, 1},
    JkSetting{"capacity", 0x107C, RegisterForm::u32, 1e-3},
    JkSetting{"scp_delay", 0x1080, RegisterForm::u32, 1e-6},
    JkSetting{"balance_start", 0x1084, RegisterForm::u32, 1e-3},
    JkSetting{"device_address", 0x1108, RegisterForm::u32, 1},
    JkSetting{"precharge_time", 0x110C, RegisterForm::u32, 1},
    JkSetting{"heating_enabled", 0x1114, RegisterForm::bit, 1, 0},
    JkSetting{"temperature_sensors_disabled", 0x1114, RegisterForm::bit, 1, 1},
    JkSetting{"gps_heartbeat", 0x1114, RegisterForm::bit, 1, 2},
    JkSetting{"port_is_rs485", 0x1114, RegisterForm::bit, 1, 3},
    JkSetting{"display_always_on", 0x1114, RegisterForm::bit, 1, 4},
    JkSetting{"special_charger", 0x1114, RegisterForm::bit, 1, 5},
    JkSetting{"smart_sleep_enabled", 0x1114, RegisterForm::bit, 1, 6},
    JkSetting{"current_limiter_disabled", 0x1114, RegisterForm::bit, 1, 7},
    JkSetting{"timed_store", 0x1114, RegisterForm::bit, 1, 8},
    JkSetting{"float_mode", 0x1114, RegisterForm::bit, 1, 9},
    JkSetting{"emergency_button", 0x1114, RegisterForm::bit, 1, 10},
    JkSetting{"dry_contact_intermittent", 0x1114, RegisterForm::bit, 1, 11},
    JkSetting{"ocp_2_enabled", 0x1114, RegisterForm::bit, 1, 12},
    JkSetting{"ocp_3_enabled", 0x1114, RegisterForm::bit, 1, 13},
    JkSetting{"heating_start", 0x1116, RegisterForm::i8_high, 1},
    JkSetting{"heating_stop", 0x1116, RegisterForm::i8_low, 1},
    JkSetting{"smart_sleep_time", 0x1118, RegisterForm::u8_high, 3600},
    JkSetting{"discharge_utp", 0x1122, RegisterForm::i8_high, 1},
    JkSetting{"discharge_utpr", 0x1122, RegisterForm::i8_low, 1},
    JkSetting{"uart_1_protocol", 0x14B2, RegisterForm::u8_high, 1},
    JkSetting{"can_protocol", 0x14B2, RegisterForm::u8_low, 1},
    JkSetting{"uart_2_protocol", 0x14D4, RegisterForm::u8_high, 1},
};

}  // namespace rig::telemetry
