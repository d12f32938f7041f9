// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "firmware-under-test/jk/protocols/serial_4e57.hpp"
#include "tests/firmware-under-test/jk/protocols/captures.hpp"

namespace jk::protocols {
namespace {

using ReplyBytes = std::vector<unsigned char>;

ReplyBytes encode(const ReadAll4e57& state, std::uint8_t command = 0x06) {
  ReadAll4e57 earlier = state;  // the settings, and other values
  const std::vector<std::int32_t> earlier_cells(state.cells_mV.size(), 2999);
  earlier.cells_mV = earlier_cells;
  earlier.mos_degC = 77;
  earlier.pack_cV = 4711;
  earlier.status = earlier.alarms = 0xFFFF;
  earlier.run_time_min = 0x01020304;
  ReadAllReply4e57 reply;
  reply.lay_out(earlier);
  (void)reply.tell(earlier, 0x05);
  const auto frame = reply.tell(state, command);
  return {frame.begin(), frame.end()};
}

constexpr std::array<std::int32_t, 7> a1_cells = {3794, 3794, 3794, 3794, 3803, 3803, 3803};
constexpr std::array<std::int32_t, 14> a2_cells = {3821, 3834, 3831, 3820, 3832, 3834, 3825,
                                                   3832, 3811, 3834, 3825, 3835, 3835, 3826};
constexpr std::array<std::int32_t, 8> eight_cells = {3300, 3300, 3300, 3300, 3300, 3300, 3300, 3300};

ReadAll4e57 common() {
  ReadAll4e57 state;
  state.balance_enabled = state.charge_enabled = state.discharge_enabled = true;
  state.charge_otp_degC = state.discharge_otp_degC = 70;
  state.charge_utp_degC = state.discharge_utp_degC = -20;
  state.charge_utpr_degC = state.discharge_utpr_degC = -10;
  state.chemistry = 1;
  return state;
}

TEST(Encoder4e57, ReproducesCaptureA1OfA7SUnitByteForByte) {
  ReadAll4e57 state = common();
  state.cells_mV = a1_cells;
  state.mos_degC = state.t1_degC = state.t2_degC = 28;
  state.pack_cV = 2658;
  state.soc_percent = 90;
  state.cycle_capacity_Ah = 5;
  state.status = 3;
  state.cell_ovp_mV = 4200, state.cell_ovpr_mV = 4180, state.cell_ovp_delay_s = 3;
  state.cell_uvp_mV = 2820, state.cell_uvpr_mV = 2850, state.cell_uvp_delay_s = 3;
  state.discharge_ocp_A = 200, state.discharge_ocp_delay_s = 300;
  state.charge_ocp_A = 25, state.charge_ocp_delay_s = 30;
  state.balance_start_mV = 3000, state.balance_trigger_mV = 10;
  state.mos_otp_degC = 100, state.mos_otpr_degC = 80;
  state.box_otp_degC = 70, state.box_otpr_degC = 60;
  state.capacity_Ah = state.actual_capacity_Ah = 117;
  state.current_calibration = 972;
  state.production_date = "2407";
  state.run_time_min = 2073;
  state.version = "11.XA_S11.51___";
  state.manufacturer_id = "Input UserdaJK_B1A8S20P";
  EXPECT_THAT(encode(state), ::testing::ElementsAreArray(captures::bytes(captures::a1)));
}

TEST(Encoder4e57, LaysOutAnewForAnotherNumberOfCells) {
  ReadAll4e57 seven = common(), eight = common();
  seven.cells_mV = a1_cells;
  eight.cells_mV = eight_cells;
  ReadAllReply4e57 reply;
  reply.lay_out(seven);
  const auto frame = reply.tell(eight, 0x06);
  EXPECT_THAT(ReplyBytes(frame.begin(), frame.end()), ::testing::ElementsAreArray(encode(eight)));
}

TEST(Encoder4e57, ReproducesCaptureA2OfA14SUnitByteForByte) {
  ReadAll4e57 state = common();
  state.cells_mV = a2_cells;
  state.mos_degC = 29, state.t1_degC = 30, state.t2_degC = 28;
  state.pack_cV = 5359;
  state.current_cA = 208;
  state.soc_percent = 15;
  state.cycles = 4;
  state.status = 7;
  state.cell_ovp_mV = 4050, state.cell_ovpr_mV = 4000, state.cell_ovp_delay_s = 5;
  state.cell_uvp_mV = 3050, state.cell_uvpr_mV = 3100, state.cell_uvp_delay_s = 5;
  state.discharge_ocp_A = 7, state.discharge_ocp_delay_s = 3;
  state.charge_ocp_A = 5, state.charge_ocp_delay_s = 5;
  state.balance_start_mV = 3300, state.balance_trigger_mV = 8;
  state.mos_otp_degC = 90, state.mos_otpr_degC = 70;
  state.capacity_Ah = 14;
  state.current_calibration = 1041;
  state.production_date = "2101";
  state.run_time_min = 57856;
  state.version = "H6.X__S6.1.3S__";
  state.manufacturer_id = "BT3072020120000200521001";
  EXPECT_THAT(encode(state), ::testing::ElementsAreArray(captures::bytes(captures::a2)));
}

// Offsets for 8 cells, as Venus driver and ESPHome index them: 11 = id 79, then 2 + 3 * 8 bytes of cells.
constexpr std::size_t id80 = 37;

ReadAll4e57 of_eight_cells() {
  ReadAll4e57 state = common();
  state.cells_mV = eight_cells;
  return state;
}

TEST(Encoder4e57, AReplyOf8CellsHas267Bytes) { EXPECT_EQ(encode(of_eight_cells()).size(), 267u); }

TEST(Encoder4e57, EchoesTheCommand) { EXPECT_EQ(encode(of_eight_cells(), 0x03)[8], 0x03); }

TEST(Encoder4e57, TemperaturesBelowZeroCountUpFromOneHundred) {
  const struct {
    std::optional<std::int32_t> degC;
    unsigned raw;
  } rows[] = {{0, 0},     {28, 28},   {99, 99},   {100, 100},         {-1, 101},
              {-20, 120}, {-40, 140}, {120, 100}, {std::nullopt, 300}};
  for (const auto& row : rows) {
    ReadAll4e57 state = of_eight_cells();
    state.mos_degC = row.degC;
    const ReplyBytes frame = encode(state);
    ASSERT_EQ(frame[id80], 0x80);
    EXPECT_EQ(frame[id80 + 1] * 256u + frame[id80 + 2], row.raw);
  }
}

TEST(Encoder4e57, Bit15OfTheCurrentSaysCharging) {
  const struct {
    std::int32_t cA;
    unsigned raw;
  } rows[] = {{2000, 0x87D0}, {-2000, 0x07D0}, {0, 0}, {50'000, 0xFFFF}, {-50'000, 0x7FFF}};
  for (const auto& row : rows) {
    ReadAll4e57 state = of_eight_cells();
    state.current_cA = row.cA;
    const ReplyBytes frame = encode(state);
    ASSERT_EQ(frame[id80 + 12], 0x84);
    EXPECT_EQ(frame[id80 + 13] * 256u + frame[id80 + 14], row.raw);
  }
}

}  // namespace
}  // namespace jk::protocols
