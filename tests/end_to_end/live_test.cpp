// SPDX-License-Identifier: Apache-2.0
// `cellrig live` as people and clients meet it.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "rig/telemetry/jk_4e57.hpp"
#include "tests/support/live_process.hpp"

namespace tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

namespace fs = std::filesystem;

const std::string echo = CELLRIG_CONFORMANCE_DIR "/echo_buses.so";

/// One read-all over 4E57.
std::optional<rig::telemetry::JkReport> read_all(const LiveProcess& live, const std::string& name = "4e57") {
  const DeviceClient client(live.device(name));
  const auto request = rig::telemetry::read_all_request();
  client.say({request.begin(), request.end()});
  const std::string reply = client.hears([](const std::string& heard) {
    if (heard.size() < 4) return false;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(heard[i]); };
    return heard.size() >= 2u + (byte(2) << 8 | byte(3));
  });
  return rig::telemetry::decode_read_all({reinterpret_cast<const std::uint8_t*>(reply.data()), reply.size()});
}

TEST(Live, TellsWhereToConnectAndAnswersThere) {
  LiveProcess live({"jk_b2a8s20p"});
  EXPECT_TRUE(live.says("JK-B2A8S20P, firmware jk "));
  EXPECT_TRUE(live.says(live.device("4e57") + " -> /dev/pts/"));
  EXPECT_TRUE(live.says(live.device("modbus") + " -> /dev/pts/"));
  EXPECT_TRUE(live.says(live.device("can") + " -> /dev/pts/"));
  ASSERT_TRUE(live.says("discharge_fet on"));
  const auto report = read_all(live);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->cell_mV.size(), 8u);
  EXPECT_NEAR(report->cell_mV[0], 3300, 50);
}

TEST(Live, TypedCommandsChangeTheWorldAndClientsSeeIt) {
  LiveProcess live({"jk_b2a8s20p", "--speed", "20"});
  ASSERT_TRUE(live.says("discharge_fet on"));
  live.type("cell[3].soc 100 %");
  live.type("port.charge 140 A");
  EXPECT_TRUE(live.says("charger: {current: 140 A, voltage: 29.2 V}"));
  EXPECT_TRUE(live.says("charge_fet off")) << live.said();
  const auto report = read_all(live);
  ASSERT_TRUE(report);
  EXPECT_GT(report->cell_mV[2], report->cell_mV[0]);
  EXPECT_NE(report->alarms, 0);
  live.type("status");
  EXPECT_TRUE(live.says("charge off  discharge on"));
}

TEST(Live, AWrongCommandGetsASentenceAndChangesNothing) {
  LiveProcess live({"jk_b2a8s20p"});
  live.type("port.lod 50 A");
  EXPECT_TRUE(live.says("port.lod is not something that can be done here. Near: port.load"));
  live.type("wait 1 s");
  live.type("status");
  EXPECT_TRUE(live.says("+0.00 A")) << live.said();
}

TEST(Live, PipedCommandsWaitInSimulatedTime) {
  LiveProcess live({"jk_b2a8s20p", "--speed", "1000"});
  for (const char* line : {"soc 20 %", "port.load 28 A", "wait 1 h", "status", "quit"}) live.type(line);
  live.end_of_input();
  EXPECT_TRUE(live.says("soc 10.0 %")) << live.said();  // 28 Ah of 280 are gone
  EXPECT_EQ(live.end(), 0);
}

TEST(Live, TheEndOfInputEndsNothingAndASignalLeavesNothingBehind) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    LiveProcess live({"jk_b2a8s20p"});
    live.end_of_input();
    ASSERT_TRUE(live.says("discharge_fet on"));
    EXPECT_TRUE(read_all(live)) << "it goes on";
    const fs::path device = fs::read_symlink(live.device("4e57"));
    EXPECT_TRUE(fs::exists(device));
    EXPECT_EQ(live.end_by(signal), 0) << signal;
    EXPECT_FALSE(fs::exists(device));
    EXPECT_FALSE(fs::exists(fs::symlink_status(live.links())));
  }
}

TEST(Live, QuitLeavesNothingBehind) {
  LiveProcess live({"jk_b2a8s20p"});
  live.type("quit");
  EXPECT_EQ(live.end(), 0);
  EXPECT_FALSE(fs::exists(fs::symlink_status(live.links())));
}

TEST(Live, BeingLateIsSaid) {
  LiveProcess live({"jk_b2a8s20p", "--speed", "1000000"});
  EXPECT_TRUE(live.says("late by ")) << live.said();
  EXPECT_TRUE(live.says("this computer did not keep up"));
  live.type("quit");
  EXPECT_EQ(live.end(), 0);
  EXPECT_THAT(live.said(), HasSubstr(" at most\n"));
}

TEST(Live, CanFramesPassAsSlcan) {
  LiveProcess live({"jk_b2a8s20p", "--firmware", echo});
  ASSERT_TRUE(live.says("the firmware runs"));
  const DeviceClient client(live.device("can"));
  client.say("C\rS5\rO\rt1003ABCDEF\rT1234567820102\r");
  const std::string heard = client.hears(
      [](const std::string& text) { return text.find("T12345679") != std::string::npos && text.back() == '\r'; });
  EXPECT_THAT(heard, AllOf(StartsWith("\a\r\rz\rZ\r"), HasSubstr("t1013ABCDEF\r"), HasSubstr("T1234567920102\r")));
}

TEST(Live, TheBoardSendsItsCanFrames) {
  LiveProcess live({"jk_b2a8s20p"});
  ASSERT_TRUE(live.says("discharge_fet on"));
  const DeviceClient client(live.device("can"));
  client.say("O\r");
  const auto has_voltage = [](const std::string& heard) { return heard.find("t2F58") != std::string::npos; };
  EXPECT_THAT(client.hears(has_voltage), HasSubstr("t2F58")) << "JK V2, 2F4 plus the device address";
}

TEST(Live, BothUartsHaveTheirOwnDevice) {
  LiveProcess live({"jk_b2a8s20p", "--firmware", echo});
  ASSERT_TRUE(live.says("the firmware runs"));
  for (const auto& [name, answer] : {std::pair("4e57", "0abc"), std::pair("modbus", "1abc")}) {
    const DeviceClient client(live.device(name));
    client.say("abc");
    EXPECT_EQ(client.hears([](const std::string& heard) { return heard.size() >= 4; }), answer);
  }
}

TEST(Live, AFirmwareThatCrashesIsAFindingAndTheSessionGoesOn) {
  LiveProcess live({"jk_b2a8s20p", "--firmware", CELLRIG_CONFORMANCE_DIR "/crash.so"});
  EXPECT_TRUE(live.says("firmware crashed: segmentation fault")) << live.said();
  live.type("status");
  EXPECT_TRUE(live.says("the firmware is dead"));
  live.type("quit");
  EXPECT_EQ(live.end(), 0);
}

TEST(Live, AFirmwareThatRefusesItsSettingsEndsTheSession) {
  const auto live = [](const std::string& setting) {
    return run("printf 'wait 5 s\\nquit\\n' | " + cellrig() + " live jk_b2a8s20p --set '" + setting + "'");
  };
  const Ran order = live("cell_ovp=3.3 V");
  EXPECT_EQ(order.exit_code, 2);
  EXPECT_THAT(order.output, HasSubstr("firmware refused to start: settings: cell_ovpr must be below cell_ovp"));
  const Ran range = live("cell_ovp=9 V");
  EXPECT_EQ(range.exit_code, 3);
  EXPECT_THAT(range.output, HasSubstr("cell_ovp: \"9 V\" is outside 1.200 V to 4.350 V"));
}

TEST(Live, AFirmwareThatBlocksRunsInRealTimeToo) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "patient.yaml") << "based_on: boards/jk_b2a8s20p.yaml\nname: Patient\nwatchdog: 0 s\n";
  LiveProcess live({folder.text() + "/patient.yaml", "--firmware", CELLRIG_CONFORMANCE_DIR "/run.so"});
  ASSERT_TRUE(live.says("the firmware runs")) << live.said();
  live.type("wait 100 ms");  // until it listens
  live.type("status");
  ASSERT_TRUE(live.says("nobody"));
  const DeviceClient client(live.device("4e57"));
  client.say("x");
  EXPECT_EQ(client.hears([](const std::string& heard) { return !heard.empty(); }), "x");
  live.type("quit");
  EXPECT_EQ(live.end(), 0);
}

TEST(Live, WhatIsWrongOnTheCommandLineIsToldAndNothingRuns) {
  const auto live = [](const std::string& words) { return run("echo quit | " + cellrig() + " live " + words); };
  for (const auto& [words, sentence] :
       {std::pair("", "live takes a BOARD"),
        std::pair("jk_b2a8s20p jk_b2a8s20p --pack a --pack b --pack c", "--pack: one for all boards or one for each"),
        std::pair("jk_b2a8s20p:0", "jk_b2a8s20p:0: \"0\" is not an address from 1 to 247"),
        std::pair("jk_b2a8s20p jk_b2a8s20p:248", "\"248\" is not an address from 1 to 247"),
        std::pair("jk_b2a8s20p:-1", "\"-1\" is not an address from 1 to 247"),
        std::pair("jk_b2a8s20p:1.5", "\"1.5\" is not an address from 1 to 247"),
        std::pair("jk_b2a8s20p:99999999999", "\"99999999999\" is not an address from 1 to 247"),
        std::pair("jk_b2a8s20p:", "\"\" is not an address from 1 to 247"),
        std::pair("jk_b2a8s20p:2 jk_b2a8s20p", "boards a and b both have the address 2; BOARD:ADDRESS gives another"),
        std::pair("jk_b2a8s20p jk_b2a8s20p --set device_address=4", "here BOARD:ADDRESS says it"),
        std::pair("jk_b2a8s20p:3 --set device_address=4", "here BOARD:ADDRESS says it"),
        std::pair("jk_b2a8s20p jk_b2a8s20p --pack nothing", "pack nothing is neither a file nor a pack"),
        std::pair("jk_b2a8s20",
                  "board jk_b2a8s20 is neither a file nor a board that comes with Cellrig. Near: jk_b2a8s20p"),
        std::pair("nowhere/board.yaml", "board nowhere/board.yaml: no such file"),
        std::pair("jk_b2a8s20p --pack lfp_24s_280ah", "24 cells; JK-B2A8S20P takes 3 to 8"),
        std::pair("jk_b2a8s20p --pack nothing", "pack nothing is neither a file nor a pack that comes with Cellrig"),
        std::pair("jk_b2a8s20p --set cell_ovp", "setting \"cell_ovp\" is not NAME=VALUE, such as \"cell_ovp=3.65 V\""),
        std::pair("jk_b2a8s20p --set 'cell_opv=3.65 V'", "cell_opv is not a setting of JK-B2A8S20P. Near: cell_ovp"),
        std::pair("jk_b2a8s20p --set cell_ovp=3.65", "cell_ovp: \"3.65\" needs a unit of voltage"),
        std::pair("jk_b2a8s20p --speed 0", "--speed: \"0\" is not a number from 0.01 to 1000000"),
        std::pair("jk_b2a8s20p --firmware nothing.so", "firmware nothing.so: no such file")}) {
    const Ran ran = live(words);
    EXPECT_EQ(ran.exit_code, 3) << words;
    EXPECT_THAT(ran.output, HasSubstr(sentence)) << words;
    EXPECT_EQ(std::ranges::count(ran.output, '\n'), 1) << ran.output;
  }
  const Ran refused = live("jk_b2a8s20p --firmware " CELLRIG_CONFORMANCE_DIR "/no_symbol.so");
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.output, HasSubstr("exports no symbol cellrig_get_api"));
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "can") << "a file";
  const Ran taken = live("jk_b2a8s20p --link '" + folder.text() + "'");
  EXPECT_EQ(taken.exit_code, 3);
  EXPECT_THAT(taken.output, HasSubstr("is there already and is no link"));
  EXPECT_FALSE(fs::exists(fs::symlink_status(folder.path() / "4e57")));
}

TEST(Live, TheFirmwareStartsWithTheSettingsAskedFor) {
  LiveProcess live({"jk_b2a8s20p", "--set", "cell_ovp=3.55 V", "--set", "cell_ovpr=3.45 V"});
  ASSERT_TRUE(live.says("discharge_fet on"));
  live.type("port.charge 20 A");
  EXPECT_TRUE(live.says("voltage: 28.8 V")) << "8 x (3.55 V + 50 mV)";
}

TEST(Live, TakesTheBoardAndPackFilesOfSomebodyElse) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "mine.yaml") << "based_on: boards/jk_b2a8s20p.yaml\nname: JK-B1A8S10P\n";
  fs::copy_file(fs::path(CELLRIG_SOURCE_DIR) / "scenarios/packs/lfp_4s_280ah.yaml", folder.path() / "four.yaml");
  LiveProcess live({folder.text() + "/mine.yaml", "--pack", folder.text() + "/four.yaml"});
  EXPECT_TRUE(live.says("JK-B1A8S10P")) << live.said();
  ASSERT_TRUE(live.says("discharge_fet on"));
  const auto report = read_all(live);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->cell_mV.size(), 4u);
}

TEST(Live, SeveralBoardsHaveNamesPacksAndAddressesOfTheirOwnAndOneModbus) {
  LiveProcess live({"jk_b2a8s20p", "jk_b2a8s20p:5", "--pack", "lfp_8s_280ah", "--pack", "lfp_4s_280ah"});
  EXPECT_TRUE(live.says("a  JK-B2A8S20P, firmware jk 0.1.0, pack 8S 280 Ah LFP, address 1, 1 x real time\n"));
  EXPECT_TRUE(live.says("b  JK-B2A8S20P, firmware jk 0.1.0, pack 4S 280 Ah LFP, address 5, 1 x real time\n"));
  for (int board = 0; board < 2; ++board) ASSERT_TRUE(live.says("discharge_fet on")) << live.said();
  for (const char* name : {"a.4e57", "a.can", "a.display", "b.4e57", "b.can", "b.display", "modbus"})
    EXPECT_THAT(live.said(), HasSubstr(live.device(name) + " -> /dev/pts/"));
  EXPECT_EQ(std::distance(fs::directory_iterator(live.links()), {}), 7);
  const auto a = read_all(live, "a.4e57"), b = read_all(live, "b.4e57");
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->cell_mV.size(), 8u);
  EXPECT_EQ(b->cell_mV.size(), 4u);
  live.type("port.load 50 A");
  EXPECT_TRUE(live.says("port.load: which board? a.port.load or b.port.load")) << live.said();
  live.type("b.port.load 50 A");
  live.type("wait 100 ms");
  live.type("status");
  EXPECT_TRUE(live.says("b  ") && live.says("load: {current: 50 A}")) << live.said();
  EXPECT_TRUE(live.says("+0.00 A") && live.says("b  ") && live.says("-50.00 A")) << live.said();
  live.type("quit");
  EXPECT_EQ(live.end(), 0);
  EXPECT_FALSE(fs::exists(fs::symlink_status(live.links())));
}

TEST(Live, OnePackServesAllBoardsAndTheLastAddressIs247) {
  LiveProcess live({"jk_b2a8s20p:247", "jk_b2a8s20p", "--pack", "lfp_4s_280ah"});
  EXPECT_TRUE(live.says("a  JK-B2A8S20P") && live.says("4S 280 Ah LFP, address 247, ")) << live.said();
  EXPECT_TRUE(live.says("b  JK-B2A8S20P") && live.says("4S 280 Ah LFP, address 2, ")) << live.said();
}

TEST(Live, ABoardAloneMayHaveAnAddress) {
  LiveProcess live({"jk_b2a8s20p:7"});
  EXPECT_TRUE(live.says("modbus ")) << "its name needs no board";
  ASSERT_TRUE(live.says("discharge_fet on")) << live.said();
  const DeviceClient client(live.device("can"));
  client.say("O\r");
  const auto has_voltage = [](const std::string& heard) { return heard.find("t2FB8") != std::string::npos; };
  EXPECT_THAT(client.hears(has_voltage), HasSubstr("t2FB8")) << "JK V2, 2F4 plus the device address";
}

TEST(Live, BoardsOfDifferentSpeedsCannotShareABus) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "slow.yaml") << "based_on: boards/jk_b2a8s20p.yaml\nname: Slow\nuarts:\n  - {port: 1, "
                                                "is: jk_modbus, baud: 9600, queue: 512}\n";
  const Ran ran = run("echo quit | " + cellrig() + " live jk_b2a8s20p '" + folder.text() + "/slow.yaml'");
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.output, HasSubstr("the Modbus port of Slow runs at 9600 baud, the bus at 115200"));
}

TEST(Live, ABoardOfAnotherFirmwareHasNoAddress) {
  const TemporaryFolder folder;
  std::ifstream shared(CELLRIG_SOURCE_DIR "/scenarios/boards/jk_8s.yaml");
  std::ofstream other(folder.path() / "other.yaml");
  for (std::string line; std::getline(shared, line) && !line.starts_with("settings:");) {
    if (line.starts_with("based_on: ")) continue;  // the other settings
    const std::size_t data = line.find("data/");
    other << (data == std::string::npos ? line : line.insert(data, "boards/")) << "\n";
  }
  other.close();
  const std::string board = folder.text() + "/other.yaml";
  const Ran ran = run("echo quit | " + cellrig() + " live '" + board + ":3'");
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_EQ(ran.output, board + ":3: JK 8S board has no setting device_address\n");
  LiveProcess live({board, board, "--pack", "lfp_8s_280ah", "--firmware", echo});
  EXPECT_TRUE(live.says("pack 8S 280 Ah LFP, 1 x real time")) << live.said();
  EXPECT_TRUE(live.says("b  JK 8S board")) << live.said();
  live.type("quit");
  EXPECT_EQ(live.end(), 0);
}

}  // namespace
}  // namespace tests
