// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/firmware-under-test/jk/app/app_fixture.hpp"
#include "tests/firmware-under-test/jk/protocols/captures.hpp"

namespace jk::app {
namespace {

using core::Setting;
using fake::ms;
using fake::s;
constexpr std::uint64_t settled_ns = 1 * s;

using AppTest = AppOnFakeBoard;

TEST_F(AppTest, ClosesTheGatesOnlyAfterTheFirstScan) {
  board.run_until(64 * ms - 1);
  EXPECT_TRUE(both_gates_are_off());
  board.run_until(64 * ms);
  EXPECT_TRUE(both_gates_are_on());
}

TEST_F(AppTest, WakesEvery16MsAndScansEvery64Ms) {
  board.run_until(640 * ms);
  EXPECT_EQ(board.scan_starts_ns.size(), 11u);
  EXPECT_EQ(board.scan_starts_ns[10], 640 * ms);
  EXPECT_EQ(board.steps, 41u);  // the end of a scan coincides with a tick
}

TEST_F(AppTest, KicksTheWatchdogFromTheMainLoopAndNeverFromAnInterrupt) {
  board.run_until(settled_ns);
  EXPECT_EQ(board.kicks_ns.size(), board.steps);
  const std::size_t before = board.kicks_ns.size();
  app->irq(BOARD_IRQ_UART(0), 1);
  app->irq(BOARD_IRQ_GPIO(2), 1);
  app->irq(BOARD_IRQ_SCAN(0), 1);
  EXPECT_EQ(board.kicks_ns.size(), before);
}

TEST_F(AppTest, WritesAPinOnlyWhenItChanges) {
  board.run_until(settled_ns);
  const std::size_t before = board.edges.size();
  board.run_until(10 * s);
  EXPECT_EQ(board.edges.size(), before);
}

TEST_F(AppTest, OverVoltageOpensTheChargeGateAfterItsDelayAndKeepsTheOther) {
  board.run_until(settled_ns);
  board.set_cell_mV(3, 3600);
  board.run_until(settled_ns + 5 * s);
  EXPECT_TRUE(both_gates_are_on());
  board.run_until(settled_ns + 5 * s + 128 * ms + 16 * ms);
  EXPECT_FALSE(board.level(charge_pin));
  EXPECT_TRUE(board.level(discharge_pin));
}

TEST_F(AppTest, UnderVoltageOpensTheDischargeGateAndKeepsTheOther) {
  board.run_until(settled_ns);
  board.set_cell_mV(3, 2600);
  board.run_until(settled_ns + 6 * s);
  EXPECT_TRUE(board.level(charge_pin));
  EXPECT_FALSE(board.level(discharge_pin));
}

TEST_F(AppTest, OverCurrentSignsAreNotExchanged) {
  board.run_until(settled_ns);
  board.set_current_mA(-200'000);
  board.run_until(settled_ns + 31 * s);
  EXPECT_FALSE(board.level(discharge_pin));
  fake::Board charged;
  App firmware(charged.host(), core::Settings(core::Preset::lifepo4), board_model("JK-B2A8S20P"), BOARD_RESET_POWER_ON);
  charged.step = [&](std::uint64_t now_ns) { return firmware.step(now_ns); };
  charged.irq = [&](std::uint32_t line, std::uint32_t level) { firmware.irq(line, level); };
  charged.set_current_mA(200'000);
  charged.run_until(1 * s);  // what stands at a start trips at once
  EXPECT_FALSE(charged.level(charge_pin));
  EXPECT_TRUE(charged.level(discharge_pin));
}

TEST_F(AppTest, ABlockedChargeBankIsSwitchedOnForTheLoadAndOffForTheCharger) {
  board.set_cell_mV(3, 3650);
  board.run_until(6 * s);
  ASSERT_FALSE(board.level(charge_pin));
  board.set_current_mA(-3000);
  board.run_until(6 * s + 32 * ms);
  EXPECT_TRUE(board.level(charge_pin));
  board.set_current_mA(25);
  board.run_until(6 * s + 64 * ms);
  EXPECT_FALSE(board.level(charge_pin));
  EXPECT_TRUE(board.level(discharge_pin));
}

TEST_F(AppTest, UserSwitchesBlockTheirGate) {
  start_with(Setting::charge_enabled, 0);
  board.run_until(settled_ns);
  EXPECT_FALSE(board.level(charge_pin));
  EXPECT_TRUE(board.level(discharge_pin));
}

TEST_F(AppTest, AnOpenSensorOpensBothGatesUntilItIsBack) {
  for (const std::uint32_t ntc : {26u, 27u, 28u}) {
    board.run_until(board.now_ns() + settled_ns);
    ASSERT_TRUE(both_gates_are_on());
    board.adc[ntc] = 4095;
    board.run_until(board.now_ns() + 144 * ms);
    EXPECT_TRUE(both_gates_are_off()) << ntc;
    board.adc[ntc] = 2048;
  }
}

TEST_F(AppTest, AnImplausibleCellOpensBothGates) {
  board.run_until(settled_ns);
  board.set_cell_mV(5, 900);
  board.run_until(settled_ns + 144 * ms);
  EXPECT_TRUE(both_gates_are_off());
}

TEST_F(AppTest, AFailingConverterOpensBothGates) {
  board.run_until(settled_ns);
  board.adc_error = BOARD_EBUSY;
  board.run_until(settled_ns + 16 * ms);
  EXPECT_TRUE(both_gates_are_off());
}

TEST_F(AppTest, ALostScanOpensBothGatesAfter500MsAndTheNextOneClosesThem) {
  board.run_until(960 * ms);  // a scan has just ended, the next one is under way
  board.run_until(1020 * ms);
  board.scans_end = false;  // the one under way is the last
  board.run_until(1024 * ms + 500 * ms);
  EXPECT_TRUE(both_gates_are_on());
  board.run_until(1024 * ms + 512 * ms);
  EXPECT_TRUE(both_gates_are_off());
  board.scans_end = true;
  board.run_until(1024 * ms + 1200 * ms);
  EXPECT_TRUE(both_gates_are_on());
}

TEST_F(AppTest, AFailedPinWriteIsTriedAgain) {
  board.run_until(settled_ns);
  board.gpio_write_error = BOARD_EBUSY;
  board.set_cell_mV(3, 3650);
  board.run_until(settled_ns + 6 * s);
  EXPECT_TRUE(board.level(charge_pin));
  board.gpio_write_error = 0;
  board.run_until(settled_ns + 6 * s + 16 * ms);
  EXPECT_FALSE(board.level(charge_pin));
}

TEST_F(AppTest, PowerOffIsSilentAndOff) {
  for (std::uint32_t cell = 1; cell <= 8; ++cell) board.set_cell_mV(cell, 2490);
  board.run_until(6 * s);
  EXPECT_TRUE(both_gates_are_off());
  board.receive(7 * s, captures::bytes(captures::read_all_venus));
  board.run_until(8 * s);
  EXPECT_TRUE(board.sent.empty());
}

constexpr std::uint64_t tested_ns = 1500 * ms;  // the self-test of eight leads takes 16 scans

class Balancing : public AppOnFakeBoard {
 protected:
  Balancing() { board.set_cell_mV(6, 3400), board.set_cell_mV(2, 3250); }
  [[nodiscard]] unsigned selected_cell() const {
    unsigned cell = 0;
    for (std::uint32_t i = 0; i < 5; ++i) cell |= board.level(select_pin + i) ? 1u << i : 0u;
    return cell;
  }
};

TEST_F(Balancing, DischargesTheHighestCellIntoTheStore) {
  board.run_until(tested_ns);
  EXPECT_TRUE(board.level(run_pin));
  EXPECT_FALSE(board.level(direction_pin));
  EXPECT_EQ(selected_cell(), 5u);
  EXPECT_EQ(board.duty_ppm, 1'000'000u);
}

TEST_F(Balancing, ChargesTheLowestCellFromAFullStore) {
  board.adc[29] = 2212;  // 2.7 V
  board.run_until(tested_ns);
  EXPECT_TRUE(board.level(run_pin));
  EXPECT_TRUE(board.level(direction_pin));
  EXPECT_EQ(selected_cell(), 1u);
}

TEST_F(Balancing, StandsStillForEveryScanOncePer1424Ms) {
  board.run_until(tested_ns);
  board.scan_starts_ns.clear();
  board.edges.clear();
  board.run_until(10 * s);
  ASSERT_GE(board.scan_starts_ns.size(), 5u);
  for (std::size_t i = 2; i < board.scan_starts_ns.size(); ++i) {
    EXPECT_EQ(board.scan_starts_ns[i] - board.scan_starts_ns[i - 1], 1424 * ms);
  }
  bool is_running = false;
  std::size_t scan = 0;
  for (const fake::Edge& edge : board.edges) {
    for (; scan < board.scan_starts_ns.size() && board.scan_starts_ns[scan] < edge.t_ns; ++scan)
      EXPECT_FALSE(is_running);
    if (edge.pin == run_pin) is_running = edge.level == 1;
  }
  EXPECT_TRUE(both_gates_are_on()) << "a scan of 1424 ms is fresh while balancing";
}

TEST_F(Balancing, PausesWhileAProtectionDelayRunsAndScansWithoutABreak) {
  board.run_until(3 * s);
  board.set_current_mA(250'000);
  board.run_until(3 * s + 32 * ms);
  EXPECT_FALSE(board.level(run_pin));
  EXPECT_TRUE(both_gates_are_on());
  const std::size_t before = board.scan_starts_ns.size();
  board.run_until(4 * s);
  EXPECT_GE(board.scan_starts_ns.size(), before + 14);
  EXPECT_FALSE(board.level(run_pin));
}

TEST_F(Balancing, StopsAtMosOverTemperature) {
  board.run_until(3 * s);
  board.adc[28] = 600;  // 1716 ohm, 79 degC
  board.run_until(6 * s);
  EXPECT_FALSE(board.level(run_pin));
}

TEST_F(Balancing, GoesOnDuringTheOverVoltageAlarm) {
  board.set_cell_mV(6, 3650);
  board.run_until(8 * s);
  EXPECT_FALSE(board.level(charge_pin));
  EXPECT_TRUE(board.level(run_pin));
}

TEST_F(Balancing, ChangesTheCellOnlyWhileStandingStill) {
  board.run_until(2500 * ms);  // in the middle of a run
  ASSERT_TRUE(board.level(run_pin));
  board.set_cell_mV(7, 3450);
  board.adc[29] = 2212;
  board.run_until(6 * s);
  std::array<std::uint32_t, 10> levels{};
  for (const fake::Edge& edge : board.edges) {
    if (edge.pin >= direction_pin) {
      EXPECT_EQ(levels[run_pin], 0u) << "pin " << edge.pin << " at " << edge.t_ns;
    }
    levels[edge.pin] = edge.level;
  }
}

class Telemetry : public AppOnFakeBoard {
 protected:
  void ask(std::uint64_t t_ns, const std::string& hex = captures::read_all_venus) {
    board.sent.clear();
    board.receive(t_ns, captures::bytes(hex));
    board.run_until(t_ns + 16 * ms);
  }
  [[nodiscard]] unsigned at(std::size_t offset) const {
    return board.sent.at(offset) * 256u + board.sent.at(offset + 1);
  }
};

TEST_F(Telemetry, AnswersAtOnceWith267BytesForEightCells) {
  board.receive(settled_ns, captures::bytes(captures::read_all_opendtu));
  board.run_until(settled_ns);
  ASSERT_EQ(board.sent.size(), 267u);
  EXPECT_EQ(at(2), 0x109u);
}

TEST_F(Telemetry, ShowsWhatWasMeasured) {
  board.set_cell_mV(1, 3301);
  board.adc[26] = 2731;  // 20.0 kohm, 7.4 degC
  board.adc[27] = 3569;  // -20 degC
  ask(settled_ns);
  ASSERT_EQ(board.sent.size(), 267u);
  EXPECT_EQ(at(14), 3301u);                // cell 1
  EXPECT_EQ(at(37 + 1), 25u);              // MOS
  EXPECT_EQ(at(37 + 4), 7u);               // T1, nearest degree
  EXPECT_EQ(at(37 + 7), 120u);             // T2, -20
  EXPECT_EQ(at(37 + 10), 2640u);           // pack, 26.40 V
  EXPECT_EQ(board.sent.at(37 + 16), 43u);  // SOC: 3.300 V on the LiFePO4 curve
}

TEST_F(Telemetry, CurrentIsPositiveWhileCharging) {
  board.set_current_mA(20'000);
  ask(settled_ns);
  EXPECT_EQ(at(37 + 13), 0x87D0u);
  board.set_current_mA(-20'000);
  ask(settled_ns + s);
  EXPECT_EQ(at(37 + 13), 0x07D0u);
}

constexpr std::size_t alarms = 37 + 31, status = 37 + 34;

TEST_F(Telemetry, ReportsTheOverVoltageAlarmAndFullCharge) {
  ask(settled_ns);
  EXPECT_EQ(at(alarms), 0x0000u);
  EXPECT_EQ(at(status), 0x0003u);
  for (std::uint32_t cell = 1; cell <= 8; ++cell) board.set_cell_mV(cell, 3650);
  ask(8 * s);
  EXPECT_EQ(at(alarms), 0x0404u);  // cells, and with all of them the pack
  EXPECT_EQ(at(status), 0x0002u);
  EXPECT_EQ(board.sent.at(37 + 16), 100u);
}

TEST_F(Telemetry, ReportsTheUnderVoltageAlarmAsTheCaptureShowsIt) {
  for (std::uint32_t cell = 1; cell <= 8; ++cell) board.set_cell_mV(cell, 2590);
  ask(8 * s);
  EXPECT_EQ(at(alarms), 0x0009u);  // and SOC low
  EXPECT_EQ(at(status), 0x0001u);
  EXPECT_EQ(board.sent.at(37 + 16), 0u);
}

TEST_F(Telemetry, SaysWhenItBalancesAndWhenCellsStrayByThreeTenthsOfAVolt) {
  board.set_cell_mV(1, 3560);
  board.set_cell_mV(2, 3250);
  ask(8 * s);  // after the self-test of the leads, and the delay
  EXPECT_EQ(at(status), 0x0007u);
  EXPECT_EQ(at(alarms), 0x0080u);
}

TEST_F(Telemetry, ABadSumIsNotAnswered) {
  ask(settled_ns, "4E 57 00 13 00 00 00 00 06 03 00 00 00 00 00 00 68 00 00 01 2A");
  EXPECT_TRUE(board.sent.empty());
}

TEST_F(Telemetry, AnswersSingleReadsActivationAndWrites) {
  ask(settled_ns, captures::activate);
  EXPECT_EQ(board.sent.size(), 21u);
  ask(2 * settled_ns, captures::read_soc);
  EXPECT_EQ(board.sent.size(), 22u);
  ask(3 * settled_ns, captures::write_ovp);  // 3650 mV
  EXPECT_EQ(board.sent.size(), 21u);
  EXPECT_EQ(app->bms().settings()[core::Setting::cell_ovp], 3650);
}

TEST_F(Telemetry, ARequestInTwoPartsIsAnswered) {
  const auto request = captures::bytes(captures::read_all_venus);
  board.receive(settled_ns, {request.begin(), request.begin() + 9});
  board.receive(settled_ns + 50 * ms, {request.begin() + 9, request.end()});
  board.run_until(2 * s);
  EXPECT_EQ(board.sent.size(), 267u);
}

TEST_F(Telemetry, AnUnfinishedRequestIsForgottenAfter100Ms) {
  board.receive(settled_ns, {0x4E, 0x57, 0x00, 0x3E, 0x00});
  board.receive(settled_ns + 101 * ms, captures::bytes(captures::read_all_venus));
  board.run_until(2 * s);
  EXPECT_EQ(board.sent.size(), 267u);
}

TEST_F(Telemetry, AReplyThatDoesNotFitTheQueueIsFinishedLater) {
  board.tx_room = 200;
  board.receive(settled_ns, captures::bytes(captures::read_all_venus));
  board.at(settled_ns + 20 * ms, [this] { board.tx_room = 512; });
  board.run_until(2 * s);
  EXPECT_EQ(board.sent.size(), 267u);
}

TEST_F(Telemetry, NamesTheModel) {
  ask(settled_ns);
  const std::string frame(board.sent.begin(), board.sent.end());
  EXPECT_NE(frame.find("Input UserdaJK_B2A8S20P"), std::string::npos);
}

}  // namespace
}  // namespace jk::app
