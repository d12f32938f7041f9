// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "firmware-under-test/jk/core/settings_table.hpp"
#include "tests/firmware-under-test/jk/protocols/line_4e57.hpp"

// Captures of real boards: an independent decoder reads the stated values, and a board in the same state sends the same
// bytes.
namespace jk::protocols {
namespace {

using core::Setting;
using core::Text;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

const std::vector<int> all_ids = {0x79, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x89, 0x8A, 0x8B,
                                  0x8C, 0x8E, 0x8F, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98,
                                  0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2, 0xA3, 0xA4,
                                  0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0xB0,
                                  0xB1, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xC0};

struct Value {
  int id;
  long value;
};

void expect_values(const Decoded4e57& reply, std::initializer_list<Value> values) {
  for (const Value& row : values) EXPECT_EQ(reply.number(row.id), row.value) << "id " << std::hex << row.id;
}

// What both units share.
void expect_common(const Decoded4e57& reply) {
  EXPECT_THAT(reply.ids, ElementsAreArray(all_ids));
  expect_values(reply, {{0x86, 2},
                        {0x8B, 0},
                        {0x96, 300},
                        {0x9D, 1},
                        {0xA2, 20},
                        {0xA3, 70},
                        {0xA4, 70},
                        {0xAB, 1},
                        {0xAC, 1},
                        {0xAE, 1},
                        {0xAF, 1},
                        {0xB0, 10},
                        {0xB1, 20},
                        {0xB3, 0},
                        {0xB8, 0},
                        {0xC0, 1}});
  for (const int id : {0xA5, 0xA7}) EXPECT_EQ(reply.signed_16(id), -20);
  for (const int id : {0xA6, 0xA8}) EXPECT_EQ(reply.signed_16(id), -10);
  EXPECT_EQ(reply.text(0xB2), std::string("123456\0\0\0\0", 10));
  EXPECT_EQ(reply.text(0xB4), "Input Us");
}

TEST(Captures4e57, A1SaysWhatItsReaderPublished) {
  const auto reply = decode_4e57(captures::bytes(captures::a1));
  ASSERT_TRUE(reply);
  expect_common(*reply);
  EXPECT_THAT(reply->cells_mV, ElementsAre(3794, 3794, 3794, 3794, 3803, 3803, 3803));
  for (const int id : {0x80, 0x81, 0x82}) EXPECT_EQ(reply->degC(id), 28);
  EXPECT_EQ(reply->current_cA(), 0);
  expect_values(*reply, {{0x83, 2658}, {0x85, 90},   {0x87, 0},    {0x89, 5},    {0x8A, 7},  {0x8C, 3},
                         {0x8E, 2940}, {0x8F, 1974}, {0x90, 4200}, {0x91, 4180}, {0x92, 3},  {0x93, 2820},
                         {0x94, 2850}, {0x95, 3},    {0x97, 200},  {0x98, 300},  {0x99, 25}, {0x9A, 30},
                         {0x9B, 3000}, {0x9C, 10},   {0x9E, 100},  {0x9F, 80},   {0xA0, 70}, {0xA1, 60},
                         {0xA9, 7},    {0xAA, 117},  {0xAD, 972},  {0xB6, 2073}, {0xB9, 117}});
  EXPECT_EQ(reply->text(0xB5), "2407");
  EXPECT_EQ(reply->text(0xB7), "11.XA_S11.51___");
  EXPECT_EQ(reply->text(0xBA), std::string("Input UserdaJK_B1A8S20P\0", 24));
}

TEST(Captures4e57, A2SaysWhatItsReaderPublished) {
  const auto reply = decode_4e57(captures::bytes(captures::a2));
  ASSERT_TRUE(reply);
  expect_common(*reply);
  EXPECT_THAT(reply->cells_mV,
              ElementsAre(3821, 3834, 3831, 3820, 3832, 3834, 3825, 3832, 3811, 3834, 3825, 3835, 3835, 3826));
  EXPECT_EQ(reply->degC(0x80), 29);
  EXPECT_EQ(reply->degC(0x81), 30);
  EXPECT_EQ(reply->degC(0x82), 28);
  EXPECT_EQ(reply->current_cA(), 208);
  expect_values(*reply, {{0x83, 5359}, {0x85, 15},   {0x87, 4},    {0x89, 0},     {0x8A, 14},  {0x8C, 7},
                         {0x8E, 5670}, {0x8F, 4270}, {0x90, 4050}, {0x91, 4000},  {0x92, 5},   {0x93, 3050},
                         {0x94, 3100}, {0x95, 5},    {0x97, 7},    {0x98, 3},     {0x99, 5},   {0x9A, 5},
                         {0x9B, 3300}, {0x9C, 8},    {0x9E, 90},   {0x9F, 70},    {0xA0, 100}, {0xA1, 100},
                         {0xA9, 14},   {0xAA, 14},   {0xAD, 1041}, {0xB6, 57856}, {0xB9, 0}});
  EXPECT_EQ(reply->text(0xB5), "2101");
  EXPECT_EQ(reply->text(0xB7), "H6.X__S6.1.3S__");
  EXPECT_EQ(reply->text(0xBA), "BT3072020120000200521001");
}

void set_all(FakeDevice& device, std::initializer_list<core::SettingChange> changes) {
  for (const core::SettingChange& change : changes) {
    ASSERT_TRUE(device.set.set(change.setting, change.value)) << core::info(change.setting).name;
  }
}

void set_common(FakeDevice& device) {
  set_all(device, {{Setting::charge_otp, 700}, {Setting::discharge_otp, 700}, {Setting::chemistry, 1}});
}

TEST(Captures4e57, ABoardInTheStateOfA1SendsItsBytes) {
  Board4e57 board;
  FakeDevice& device = board.device;
  set_common(device);
  set_all(device, {{Setting::cell_count, 7},
                   {Setting::capacity, 117'000},
                   {Setting::cell_ovp, 4200},
                   {Setting::cell_ovpr, 4180},
                   {Setting::cell_ovp_delay, 3000},
                   {Setting::cell_uvp, 2820},
                   {Setting::cell_uvpr, 2850},
                   {Setting::cell_uvp_delay, 3000},
                   {Setting::discharge_ocp_delay, 300'000},
                   {Setting::charge_ocp, 25'000},
                   {Setting::mos_otp, 1000},
                   {Setting::mos_otpr, 800},
                   {Setting::box_otp, 700},
                   {Setting::box_otpr, 600},
                   {Setting::current_calibration, -28'000}});
  device.texts = {"JK_B1A8S20P", "11.XA", "11.51", "", "1234", "123456", "240701", "", "Input Userdata", ""};
  device.cells_mV = {3794, 3794, 3794, 3794, 3803, 3803, 3803};
  device.state.pack_mV = 26'585;
  device.state.mos_ddegC = device.state.t1_ddegC = device.state.t2_ddegC = 280;
  device.state.soc_percent = 90;
  device.state.cycle_capacity_mAh = 5'900;
  device.state.full_mAh = 117'000;
  device.state.run_time_s = 2073 * 60 + 59;
  device.state.is_charge_mos_on = device.state.is_discharge_mos_on = true;
  EXPECT_THAT(board.ask(captures::bytes(captures::read_all_venus)), ElementsAreArray(captures::bytes(captures::a1)));
}

TEST(Captures4e57, ABoardInTheStateOfA2SendsItsBytes) {
  Board4e57 board;
  FakeDevice& device = board.device;
  set_common(device);
  set_all(device, {{Setting::cell_count, 14},
                   {Setting::capacity, 14'000},
                   {Setting::cell_ovp, 4050},
                   {Setting::cell_ovpr, 4000},
                   {Setting::cell_uvp, 3050},
                   {Setting::cell_uvpr, 3100},
                   {Setting::discharge_ocp, 7000},
                   {Setting::discharge_ocp_delay, 3000},
                   {Setting::charge_ocp, 5000},
                   {Setting::charge_ocp_delay, 5000},
                   {Setting::balance_start, 3300},
                   {Setting::balance_trigger, 8},
                   {Setting::mos_otp, 900},
                   {Setting::mos_otpr, 700},
                   {Setting::current_calibration, 41'000}});
  device.texts = {"000200521001",   "H6.X",        "6.1.3S", "", "1234", "123456", "210115", "",
                  "Input Userdata", "BT3072020120"};
  device.cells_mV = {3821, 3834, 3831, 3820, 3832, 3834, 3825, 3832, 3811, 3834, 3825, 3835, 3835, 3826};
  device.state.pack_mV = 53'595;
  device.state.current_mA = 2083;
  device.state.mos_ddegC = 294;
  device.state.t1_ddegC = 295;
  device.state.t2_ddegC = 280;
  device.state.soc_percent = 15;
  device.state.cycles = 4;
  device.state.run_time_s = 57'856 * 60;
  device.state.is_charge_mos_on = device.state.is_discharge_mos_on = device.state.is_balancing = true;
  EXPECT_THAT(board.ask(captures::bytes(captures::read_all_venus)), ElementsAreArray(captures::bytes(captures::a2)));
}

}  // namespace
}  // namespace jk::protocols
