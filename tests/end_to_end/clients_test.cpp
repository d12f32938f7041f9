// SPDX-License-Identifier: Apache-2.0
// Clients that others wrote, and our own, against `cellrig live`: mbpoll, pymodbus, python-can, JkModbusClient.
#include <gmock/gmock.h>

#include <numeric>

#include "rig/telemetry/modbus_client.hpp"
#include "tests/support/live_process.hpp"

namespace tests {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A client written in Python gets through to its last line.
void expect_all_of(const std::string& script, const std::string& device, const std::string& what = "") {
  const Ran ran =
      run("/usr/bin/python3 '" CELLRIG_SOURCE_DIR "/tests/end_to_end/" + script + "' '" + device + "' " + what);
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("all of it"));
  EXPECT_THAT(ran.output, Not(HasSubstr("Traceback")));
}

/// A board of 8 cells that is being charged with 20 A.
class Clients : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(live.says("discharge_fet on"));
    live.type("port.charge 20 A");
    ASSERT_TRUE(live.says("charger: "));
    live.type("wait 1 s");
    live.type("status");
    ASSERT_TRUE(live.says("charge on"));
  }
  [[nodiscard]] Ran mbpoll(const std::string& words, const std::string& value = "") const {
    return run("mbpoll -m rtu -b 115200 -P none -a 1 -0 -1 -o 10 " + words + " '" + live.device("modbus") + "' " +
               value);
  }

  LiveProcess live{{"jk_b2a8s20p"}};
};

TEST_F(Clients, MbpollReadsCellsPackCurrentAndAlarms) {
  const Ran cells = mbpoll("-t 4 -r 0x1200 -c 8");
  EXPECT_EQ(cells.exit_code, 0) << cells.output;
  EXPECT_THAT(cells.output, HasSubstr("[4608]: \t33"));
  EXPECT_THAT(cells.output, HasSubstr("[4615]: \t33"));
  const Ran pack = mbpoll("-B -t 4:int -r 0x1290 -c 1");
  EXPECT_THAT(pack.output, HasSubstr("[4752]: \t26"));
  const Ran current = mbpoll("-B -t 4:int -r 0x1298 -c 1");
  EXPECT_TRUE(current.output.find("[4760]: \t20") != std::string::npos ||
              current.output.find("[4760]: \t19") != std::string::npos)
      << current.output;
  const Ran alarms = mbpoll("-B -t 4:int -r 0x12A0 -c 1");
  EXPECT_THAT(alarms.output, HasSubstr("[4768]: \t0"));
  const Ran compact = mbpoll("-t 4 -r 0x0D -c 8");
  EXPECT_THAT(compact.output, HasSubstr("[13]: \t33"));
}

TEST_F(Clients, MbpollWritesTheBalanceSwitchAndALimitAndIsRefusedWhatIsOutOfRange) {
  EXPECT_EQ(mbpoll("-B -t 4:int -r 0x1078", "0").exit_code, 0);
  EXPECT_THAT(mbpoll("-B -t 4:int -r 0x1078 -c 1").output, HasSubstr("[4216]: \t0"));
  EXPECT_EQ(mbpoll("-B -t 4:int -r 0x100C", "3650").exit_code, 0);
  EXPECT_THAT(mbpoll("-B -t 4:int -r 0x100C -c 1").output, HasSubstr("[4108]: \t3650"));
  EXPECT_NE(mbpoll("-B -t 4:int -r 0x100C", "5000").exit_code, 0);
  EXPECT_THAT(mbpoll("-B -t 4:int -r 0x100C -c 1").output, HasSubstr("[4108]: \t3650"));
}

TEST_F(Clients, PymodbusReadsAndWrites) { expect_all_of("clients.py", live.device("modbus")); }

TEST_F(Clients, PythonCanReadsAndSwitches) { expect_all_of("can_client.py", live.device("can")); }

TEST_F(Clients, TheRigsOwnClientReadsAndWrites) {
  rig::telemetry::JkModbusClient client({live.device("modbus"), 115200, 60}, 1);
  const auto before = client.live();
  ASSERT_EQ(before.cell_mV.size(), 8u);
  EXPECT_NEAR(static_cast<double>(before.pack_mV), std::accumulate(before.cell_mV.begin(), before.cell_mV.end(), 0),
              20);
  EXPECT_NEAR(before.current_mA, 20'000, 1000);
  EXPECT_EQ(before.alarms, 0u);
  EXPECT_TRUE(before.charge_mos);
  client.set_setting("balance_enabled", 0);
  EXPECT_EQ(client.setting("balance_enabled"), 0);
  client.set_setting("cell_ovp", 3.65);
  EXPECT_EQ(client.setting("cell_ovp"), 3.65);
  EXPECT_THROW(client.set_setting("cell_ovp", 5), rig::telemetry::ModbusError);
  EXPECT_EQ(client.setting("cell_ovp"), 3.65);
  for (const std::string& name : rig::telemetry::JkModbusClient::setting_names())
    EXPECT_NO_THROW(client.setting(name)) << name;
}

TEST_F(Clients, AProtectionThatTripsIsSeenInAlarmsAndSwitches) {
  rig::telemetry::JkModbusClient client({live.device("modbus"), 115200, 60}, 1);
  live.type("speed 10");
  live.type("cell[3].soc 100 %");
  live.type("port.charge 140 A");
  ASSERT_TRUE(live.says("charge_fet off"));
  live.type("speed 1");
  ASSERT_TRUE(live.says("1 x real time"));
  const auto after = client.live();
  constexpr std::uint32_t cell_over_voltage = 1u << 4;
  EXPECT_EQ(after.alarms & cell_over_voltage, cell_over_voltage) << std::hex << after.alarms;
  EXPECT_FALSE(after.charge_mos);
  EXPECT_TRUE(after.discharge_mos);
}

/// Two banks in a camper: eight cells at 1 and four at 2, on one RS485 bus.
class ClientsOfTwo : public testing::Test {
 protected:
  void SetUp() override {
    for (int board = 0; board < 2; ++board) ASSERT_TRUE(live.says("discharge_fet on")) << live.said();
  }
  LiveProcess live{{"jk_b2a8s20p", "jk_b2a8s20p", "--pack", "lfp_8s_280ah", "--pack", "lfp_4s_280ah"}};
};

TEST_F(ClientsOfTwo, PymodbusReadsBothWritesToOneAndHearsNobodyAtThree) {
  expect_all_of("clients.py", live.device("modbus"), "two");
  live.type("quit");
  EXPECT_EQ(live.end(), 0);
  EXPECT_THAT(live.said(), Not(HasSubstr("talked at once")));
}

TEST_F(ClientsOfTwo, WhatIsTypedChangesTheWorldOfOne) {
  live.type("b.port.charge 20 A");
  ASSERT_TRUE(live.says("charger: {current: 20 A, voltage: 14.6 V}")) << live.said();
  live.type("a.soc 20 %");
  live.type("b.cell[3].soc 30 %");
  live.type("wait 2 s");
  live.type("status");
  ASSERT_TRUE(live.says("modbus  ")) << live.said();
  rig::telemetry::JkModbusClient client({live.device("modbus"), 115200, 60}, 1);
  const auto a = client.live();
  client.select(2);
  const auto b = client.live();
  ASSERT_EQ(a.cell_mV.size(), 8u);
  ASSERT_EQ(b.cell_mV.size(), 4u);
  EXPECT_NEAR(a.current_mA, 0, 200);
  EXPECT_NEAR(b.current_mA, 20'000, 1000);
  EXPECT_LT(a.cell_mV[0], b.cell_mV[0] - 20) << "20 % and 50 %";
  EXPECT_LT(b.cell_mV[2], b.cell_mV[0] - 10) << "30 % and 50 %";
}

}  // namespace
}  // namespace tests
