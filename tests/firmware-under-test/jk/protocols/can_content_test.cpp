// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/firmware-under-test/jk/protocols/can_board.hpp"

// From the state that all ports share to bytes.
namespace jk::protocols {
namespace {

using core::Alarm;
using core::Setting;

void set_state(CanBoard& board) {
  core::Status& state = board.device.state;
  board.device.cells_mV = {3757, 3755, 3747, 3750, 3740, 3741, 3742, 3743};
  state.highest_cell = 0;
  state.lowest_cell = 4;
  state.pack_mV = 29'975;
  state.current_mA = 56'749;
  state.soc_percent = 51;
  state.soh_percent = 98;
  state.remaining_mAh = 51'999;
  state.full_mAh = 100'500;
  state.cycle_capacity_mAh = 1'234'567;
  state.cycles = 12;
  state.run_time_s = 0x01020304;
  state.heater_mA = 2600;
  state.t1_ddegC = 224;
  state.t2_ddegC = -36;
  state.mos_ddegC = 305;
}

TEST(CanContent, OfJkV2) {
  CanBoard board(6);
  set_state(board);
  board.device.state.is_discharge_mos_on = false;
  board.device.state.is_balancing = board.device.state.is_heating = board.device.state.is_charger_plugged = true;
  board.set(Setting::charge_ocp, 22'222);
  const auto frames = board.frames();
  EXPECT_EQ(frames.at(0x2F4), "2F4# 2C 01 D7 11 33 00 00 00");
  EXPECT_EQ(frames.at(0x4F4), "4F4# AD 0E 01 9C 0E 05 00 00");
  EXPECT_EQ(frames.at(0x5F4), "5F4# 48 01 2E 02 3B 00 00 00");  // 22, -4, 9 degC
  EXPECT_EQ(frames.at(0x18F128F4), "18F128F4# 07 02 ED 03 39 30 0C 00");
  EXPECT_EQ(frames.at(0x18F228F4), "18F228F4# 07 48 2E 51 FF FF 00 00");
  EXPECT_EQ(frames.at(0x18F328F4), "18F328F4# 00 00 00 00 00 00 00 00");
  EXPECT_EQ(frames.at(0x18F428F4), "18F428F4# 04 03 02 01 28 0A 62 00");
  EXPECT_EQ(frames.at(0x18F528F4), "18F528F4# 3D 00 00 00 00 00 00 00");
  EXPECT_EQ(frames.at(0x18E028F4), "18E028F4# AD 0E AB 0E A3 0E A6 0E");
  EXPECT_EQ(frames.at(0x18E128F4), "18E128F4# 9C 0E 9D 0E 9E 0E 9F 0E");
  EXPECT_EQ(frames.at(0x1806E5F4), "1806E5F4# 01 10 00 C8 00 01 00 00");  // 8 x 3.4 V, 20.0 A, on, heating
}

// The example of the standard: 84.0 V, 20.0 A.
TEST(CanContent, OfAChargeRequest) {
  CanBoard board(0);
  board.set(Setting::cell_count, 24);
  board.set(Setting::rcv, 3500);
  board.set(Setting::charge_ocp, 22'222);
  board.device.state.is_charger_plugged = true;
  EXPECT_EQ(board.frame(0x1806E5F4), "1806E5F4# 03 48 00 C8 00 00 00 00");
  board.device.state.is_charge_mos_on = false;
  EXPECT_EQ(board.frame(0x1806E5F4), "1806E5F4# 03 48 00 00 01 00 00 00");
}

TEST(CanContent, TheHoursThatABatteryLasts) {
  CanBoard board(12);
  board.device.state.remaining_mAh = 51'999;
  EXPECT_EQ(board.frame(0x2F4), "2F4# 00 00 A0 0F 00 00 00 00");
  board.device.state.current_mA = -1000;
  EXPECT_EQ(board.frame(0x2F4), "2F4# 00 00 96 0F 00 00 33 00");
  board.device.state.current_mA = 1000;
  EXPECT_EQ(board.frame(0x2F4), "2F4# 00 00 AA 0F 00 00 00 00");
}

TEST(CanContent, AlarmsAndErrors) {
  CanBoard board(6);
  board.raise(Alarm::cell_undervoltage);
  board.raise(Alarm::low_soc);
  const auto frames = board.frames();
  EXPECT_EQ(frames.at(0x7F4), "7F4# 04 00 30 00 00 00 00 00");
  EXPECT_EQ(frames.at(0x18F328F4), "18F328F4# 00 08 00 04 00 00 00 00");
}

TEST(CanContent, WithoutBatterySensors) {
  CanBoard board(6);
  board.device.state.mos_ddegC = 305;
  const auto frames = board.frames();
  EXPECT_EQ(frames.at(0x5F4), "5F4# FF 00 FF 00 FF 00 00 00");
  EXPECT_EQ(frames.at(0x18F228F4), "18F228F4# 04 FF FF 51 FF FF 00 00");
}

TEST(CanContent, WithFiveBatterySensors) {
  CanBoard board(6);
  core::Status& state = board.device.state;
  state.t1_ddegC = 200, state.t2_ddegC = 190, state.t3_ddegC = 210, state.t4_ddegC = 180, state.t5_ddegC = 300;
  state.mos_ddegC = 400;
  const auto frames = board.frames();
  EXPECT_EQ(frames.at(0x5F4), "5F4# 50 05 44 04 48 00 00 00");
  EXPECT_EQ(frames.at(0x18F228F4), "18F228F4# 1F 46 45 5A 47 44 00 00");
}

TEST(CanContent, InTheCold) {
  CanBoard board(6);
  board.device.state.t1_ddegC = -200;
  board.device.state.t2_ddegC = -100;
  EXPECT_EQ(board.frame(0x5F4), "5F4# 28 02 1E 01 23 00 00 00");
}

TEST(CanContent, EveryGroupOfCellsThatThereIs) {
  for (const std::size_t cells : {1u, 4u, 5u, 16u, 24u}) {
    CanBoard board(6);
    board.device.cells_mV.assign(cells, 3300);
    const auto frames = board.frames();
    for (std::size_t group = 0; group < 7; ++group) {
      EXPECT_EQ(frames.contains(0x18E028F4 + static_cast<std::uint32_t>(group) * 0x10000), 4 * group < cells) << cells;
    }
  }
}

TEST(CanContent, NothingMeasuredYet) {
  CanBoard board(6);
  board.device.cells_mV.clear();
  EXPECT_EQ(board.frame(0x4F4), "4F4# 00 00 01 00 00 01 00 00");
}

TEST(CanContent, OfPylontech) {
  CanBoard board(2);
  set_state(board);
  board.set(Setting::charge_ocp, 150'000);
  const auto frames = board.frames();
  EXPECT_EQ(frames.at(0x359), "359# 00 00 00 00 01 50 4E");
  EXPECT_EQ(frames.at(0x351), "351# 10 01 46 05 08 07");  // 27.2 V, 135.0 A, 180.0 A
  EXPECT_EQ(frames.at(0x355), "355# 33 00 62 00");
  EXPECT_EQ(frames.at(0x356), "356# B6 0B 37 02 5E 00");  // 29.98 V, 56.7 A, 9.4 degC
  EXPECT_EQ(frames.at(0x35C), "35C# C0 00");
  EXPECT_EQ(frames.at(0x35E), "35E# 50 59 4C 4F 4E 20 20 20");
}

TEST(CanContent, OfVictron) {
  CanBoard board(4);
  set_state(board);
  const auto frames = board.frames();
  EXPECT_EQ(frames.at(0x351), "351# 10 01 08 07 08 07 D0 00");  // to 20.8 V
  EXPECT_EQ(frames.at(0x355), "355# 33 00 62 00 36 14");        // 51.74 %
  EXPECT_EQ(frames.at(0x35A), "35A# AA AA AA 02 AA AA AA 02");
  EXPECT_EQ(frames.at(0x35E), "35E# 4A 4B 2D 42 4D 53 20 20");
  EXPECT_EQ(frames.at(0x35F), "35F# 00 00 1A 0B 65 00 00 0B");  // LiFePO4, 11.26, 101 Ah, 11.XA
  EXPECT_EQ(frames.at(0x370), "370# 4A 4B 5F 42 32 41 38 53");
  EXPECT_EQ(frames.at(0x371), "371# 32 30 50 00 00 00 00 00");
  EXPECT_EQ(frames.at(0x372), "372# 01 00 00 00 00 00 00 00");
  EXPECT_EQ(frames.at(0x373), "373# 9C 0E AD 0E 0E 01 28 01");  // 270 K, 296 K
  EXPECT_EQ(frames.at(0x374), "374# 43 65 6C 6C 20 35 00 00");
  EXPECT_EQ(frames.at(0x375), "375# 43 65 6C 6C 20 31 00 00");
  EXPECT_EQ(frames.at(0x376), "376# 54 32 00 00 00 00 00 00");
  EXPECT_EQ(frames.at(0x377), "377# 54 31 00 00 00 00 00 00");
  EXPECT_EQ(frames.at(0x379), "379# 64 00");
  EXPECT_EQ(frames.at(0x382), "382# 4A 4B 5F 42 32 41 38 53");
}

TEST(CanContent, OfVictronAtOtherEnds) {
  CanBoard board(4);
  board.device.cells_mV.assign(24, 3300);
  board.device.state.highest_cell = 23;
  board.device.state.lowest_cell = 9;
  board.device.state.is_charge_mos_on = board.device.state.is_discharge_mos_on = false;
  board.device.texts[static_cast<std::size_t>(core::Text::model)] = "JK_BD";
  const auto frames = board.frames();
  EXPECT_EQ(frames.at(0x371), "371# 00 00 00 00 00 00 00 00");
  EXPECT_EQ(frames.at(0x372), "372# 01 00 01 00 01 00 00 00");
  EXPECT_EQ(frames.at(0x373), "373# E4 0C E4 0C 00 00 00 00");  // no sensor
  EXPECT_EQ(frames.at(0x374), "374# 43 65 6C 6C 20 31 30 00");
  EXPECT_EQ(frames.at(0x375), "375# 43 65 6C 6C 20 32 34 00");
  EXPECT_FALSE(frames.contains(0x376));
  EXPECT_FALSE(frames.contains(0x377));
  EXPECT_EQ(frames.at(0x356), "356# 00 00 00 00 00 00");
  EXPECT_EQ(frames.at(0x35C), "35C# 30 00");  // SOC 0: both force charge
}

TEST(CanContent, OfSma) {
  CanBoard board(9);
  set_state(board);
  EXPECT_EQ(board.frame(0x35F), "35F# 00 00 00 0B 65 00 1A 0B");
  EXPECT_EQ(board.frame(0x355), "355# 33 00 62 00 36 14");
}

TEST(CanContent, TheFineStateOfChargeStaysInsideItsPercent) {
  const struct {
    std::int32_t percent, remaining_mAh, full_mAh;
    const char* frame;
  } rows[] = {{51, 52'000, 100'000, "355# 33 00 64 00 4F 14"},    // 51.99
              {51, 50'999, 100'000, "355# 33 00 64 00 EC 13"},    // 51.00
              {100, 99'000, 100'000, "355# 64 00 64 00 10 27"},   // 100.00
              {100, 105'000, 100'000, "355# 64 00 64 00 10 27"},  // 100.00
              {0, 0, 0, "355# 00 00 64 00 00 00"}};
  for (const auto& row : rows) {
    CanBoard board(4);
    board.device.state.soc_percent = row.percent;
    board.device.state.remaining_mAh = row.remaining_mAh;
    board.device.state.full_mAh = row.full_mAh;
    EXPECT_EQ(board.frame(0x355), row.frame);
  }
}

TEST(CanRequests, ChargingIsForcedBetweenTwoLevels) {
  CanBoard board(2);
  const auto at = [&](std::int32_t soc) {
    board.device.state.soc_percent = soc;
    return board.frame(0x35C);
  };
  EXPECT_EQ(at(50), "35C# C0 00");
  EXPECT_EQ(at(16), "35C# C0 00");
  EXPECT_EQ(at(15), "35C# E0 00");
  EXPECT_EQ(at(19), "35C# E0 00");
  EXPECT_EQ(at(20), "35C# C0 00");
  EXPECT_EQ(at(10), "35C# E0 00");
  EXPECT_EQ(at(9), "35C# F0 00");
  EXPECT_EQ(at(13), "35C# F0 00");
  EXPECT_EQ(at(14), "35C# E0 00");
}

TEST(CanRequests, NothingIsForcedBeforeTheStateOfChargeIsKnown) {
  CanBoard board(2);
  board.device.state.diagnosis = core::Diagnosis::initialising;
  EXPECT_EQ(board.frame(0x35C), "35C# C0 00");
}

TEST(CanRequests, AFullChargeIsAskedForAfter30DaysWithoutOne) {
  constexpr std::uint64_t day_ns = 24ull * 3600 * 1000 * ms;
  CanBoard board(2);
  board.device.state.soc_percent = 97;
  EXPECT_EQ(board.frame(0x35C), "35C# C0 00");
  board.now_ns += 30 * day_ns - 10'000 * ms;
  EXPECT_EQ(board.frame(0x35C), "35C# C0 00");
  board.now_ns += 10'000 * ms;
  EXPECT_EQ(board.frame(0x35C), "35C# C8 00");
  board.device.state.soc_percent = 98;
  EXPECT_EQ(board.frame(0x35C), "35C# C0 00");
  board.device.state.soc_percent = 50;
  board.now_ns += 29 * day_ns;
  EXPECT_EQ(board.frame(0x35C), "35C# C0 00");
  board.now_ns += day_ns;
  EXPECT_EQ(board.frame(0x35C), "35C# C8 00");
}

}  // namespace
}  // namespace jk::protocols
