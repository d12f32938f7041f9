// SPDX-License-Identifier: Apache-2.0
// The buses of a whole simulated board, with a firmware that sends back what it hears.
#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "rig/bench/sim/sim_board.hpp"
#include "rig/bench/sim/sim_build.hpp"
#include "rig/scenario/reader.hpp"

namespace rig::bench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t bus_ms = 1'000'000, bus_bit_ns = 4000;  // 250 kbit/s

class SimBuses : public testing::Test {
 protected:
  SimBuses() {
    sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
    std::vector<scenario::ScenarioError> errors;
    const std::filesystem::path shipped = CELLRIG_SCENARIOS;
    scenario_ = scenario::read_scenarios(shipped / "protection/overcharge.yaml", shipped, errors).at(0);
    RunOptions options;
    options.firmware = std::string(CONFORMANCE_DIR) + "/echo_buses.so";
    loop_ = std::make_unique<PlantLoop>("plant", plant_params(scenario_, 1), 25);
    loop_->before = loop_->leaving = loop_->breaking = [](std::int64_t) {};
    loop_->after = [] {};
    loop_->happened = [this](models::pack::PlantEvent event) { board_->plant_event(event); };
    set_start(scenario_, loop_->plant_for_start());
    loop_->begin();
    const SimBoard::Observer observer{[](const char*, bool) {},
                                      [this](std::uint32_t, const char* text) { log_.emplace_back(text); },
                                      [](std::int64_t, const char*, double) {}};
    board_ = std::make_unique<SimBoard>("board", scenario_.board, scenario_.pack.cells, 1, *loop_, observer);
    FirmwareConfig config = firmware_config(scenario_, options);
    config.watchdog_ns = 0;  // it sleeps for ever
    firmware_ = std::make_unique<FirmwareModule>("firmware", config, *board_);
    board_->connect(*firmware_);
    for (const char* is : {"jk_4e57", "jk_modbus"}) board_->serial(is)->sent = [](std::int64_t) {};
    run(100 * bus_ms);  // it has started
  }
  void run(std::int64_t until_ns) { Agenda::of_this_process().run_until(until_ns); }
  static std::vector<std::uint8_t> bytes(const std::string& text) { return {text.begin(), text.end()}; }
  std::string heard(const char* is) {
    const auto got = board_->serial(is)->client_receives();
    return {got.begin(), got.end()};
  }

  scenario::Scenario scenario_;
  std::unique_ptr<PlantLoop> loop_;
  std::unique_ptr<SimBoard> board_;
  std::unique_ptr<FirmwareModule> firmware_;
  std::vector<std::string> log_;
};

TEST_F(SimBuses, EachUartHasItsOwnWireAndItsOwnInterrupt) {
  board_->serial("jk_4e57")->client_sends(bytes("to 4e57"));
  run(110 * bus_ms);
  board_->serial("jk_modbus")->client_sends(bytes("and to modbus"));
  run(200 * bus_ms);
  EXPECT_EQ(heard("jk_4e57"), "0to 4e57");
  EXPECT_EQ(heard("jk_modbus"), "1and to modbus");
  EXPECT_THAT(log_, ElementsAre("irq 200 1", "irq 201 1"));
}

TEST_F(SimBuses, ARequestAndItsReplyTakeTheTimeOfTheirBytes) {
  const std::int64_t byte_ns = 86'806;  // ten bits at 115200 baud
  EXPECT_EQ(board_->serial("jk_modbus")->client_sends(bytes("abcd")), 100 * bus_ms + 4 * byte_ns);
  run(100 * bus_ms + 5 * byte_ns - 1);
  EXPECT_EQ(heard("jk_modbus"), "");
  run(100 * bus_ms + 7 * byte_ns + 1);
  EXPECT_EQ(heard("jk_modbus"), "1ab");
  run(100 * bus_ms + 9 * byte_ns + 1);
  EXPECT_EQ(heard("jk_modbus"), "cd");
}

TEST_F(SimBuses, TheLineIsIdleOnceWhenMoreIsSentBeforeItsEnd) {
  board_->serial("jk_4e57")->client_sends(bytes("ab"));
  run(100 * bus_ms + 100'000);
  board_->serial("jk_4e57")->client_sends(bytes("cd"));
  run(200 * bus_ms);
  EXPECT_EQ(heard("jk_4e57"), "0abcd");
  EXPECT_THAT(log_, ElementsAre("irq 200 1"));
}

TEST_F(SimBuses, WhatNobodyTakesDoesNotPileUp) {
  board_->serial("jk_4e57")->sent = nullptr;
  board_->serial("jk_4e57")->client_sends(bytes("first"));
  run(150 * bus_ms);
  board_->serial("jk_4e57")->client_sends(bytes("second"));
  run(200 * bus_ms);
  EXPECT_EQ(heard("jk_4e57"), "0second");
}

TEST_F(SimBuses, ACanFrameInterruptsAndTheAnswerIsHeardAtItsEnd) {
  std::vector<std::pair<std::uint32_t, std::int64_t>> answers;
  board_->can(0)->listen([&](const CanFrame& f) { answers.emplace_back(f.frame.id, now_ns()); });
  CanFrame f;
  f.frame.id = 0x7FE;
  board_->can(0)->outside_sends(f);
  run(200 * bus_ms);
  EXPECT_THAT(log_, ElementsAre("irq 300 1"));
  const std::int64_t request_ns = can_frame_bits(f) * bus_bit_ns;
  ++f.frame.id;
  EXPECT_THAT(answers, ElementsAre(std::pair(0x7FFu, 100 * bus_ms + request_ns + can_frame_bits(f) * bus_bit_ns)));
}

TEST_F(SimBuses, FramesThatComeBackToBackAreTakenOneByOne) {
  std::vector<std::uint32_t> answers;
  board_->can(0)->listen([&](const CanFrame& frame) { answers.push_back(frame.frame.id); });
  for (std::uint32_t id = 0x100; id < 0x105; ++id) {
    CanFrame f;
    f.frame.id = id;
    board_->can(0)->outside_sends(f);
  }
  run(200 * bus_ms);
  EXPECT_THAT(answers, ElementsAre(0x101, 0x102, 0x103, 0x104, 0x105));
  EXPECT_EQ(log_.size(), 5u);
}

TEST_F(SimBuses, AResetLosesWhatWasUnderWay) {
  std::vector<std::uint32_t> answers;
  board_->can(0)->listen([&](const CanFrame& frame) { answers.push_back(frame.frame.id); });
  board_->serial("jk_4e57")->client_sends(bytes("abcdefgh"));
  CanFrame f;
  f.frame.id = 0x7FE;
  board_->can(0)->outside_sends(f);
  run(100 * bus_ms + can_frame_bits(f) * bus_bit_ns + 10'000);  // the answer is on the bus
  firmware_->reset(BOARD_RESET_PIN);
  run(200 * bus_ms);
  EXPECT_THAT(answers, IsEmpty());
  EXPECT_EQ(heard("jk_4e57"), "") << "the rest of the bytes came while it started";
}

TEST_F(SimBuses, ABoardWithoutABusRefuses) {
  board_can_frame frame{};
  EXPECT_EQ(board_->can(1), nullptr);
  EXPECT_EQ(board_->can_send(0, 1, frame), BOARD_EINVAL);
  EXPECT_EQ(board_->can_recv(0, 1, frame), BOARD_EINVAL);
  EXPECT_EQ(board_->can_configure(0, 1, 250'000), BOARD_EINVAL);
  EXPECT_EQ(board_->can_configure(0, 0, 125'000), BOARD_OK);
  EXPECT_EQ(board_->can(0)->bit_per_s(), 125e3);
  EXPECT_EQ(board_->uart_write(0, 9, frame.data, 1), BOARD_EINVAL);
  EXPECT_EQ(board_->uart_read(0, 9, frame.data, 1), BOARD_EINVAL);
  EXPECT_EQ(board_->serial("nobody"), nullptr);
}

}  // namespace
}  // namespace rig::bench
