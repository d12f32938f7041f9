// SPDX-License-Identifier: Apache-2.0
#include "rig/live/console.hpp"

#include <gmock/gmock.h>

#include "rig/scenario/setup.hpp"

namespace rig::live {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

class ConsoleTest : public testing::Test {
 protected:
  ConsoleTest() {
    std::vector<std::string> mistakes;
    setup = *scenario::read_setup({"jk_b2a8s20p", {}, {}}, CELLRIG_SCENARIOS, mistakes);
    console.emplace(std::vector<Console::Place>{{"", setup}}, CELLRIG_SCENARIOS);
  }
  Command good(const std::string& line) {
    std::vector<std::string> mistakes;
    const auto command = console->read(line, mistakes);
    for (const std::string& mistake : mistakes) ADD_FAILURE() << line << ": " << mistake;
    return command.value_or(Command{});
  }
  std::vector<std::string> meaning(const std::string& line) { return good(line).meaning; }
  std::string wrong(const std::string& line) {
    std::vector<std::string> mistakes;
    EXPECT_FALSE(console->read(line, mistakes)) << line;
    return mistakes.empty() ? "" : mistakes.front();
  }
  scenario::Scenario setup;
  std::optional<Console> console;
};

TEST_F(ConsoleTest, AnythingThatAScenarioDoesCanBeTypedWithOrWithoutTheColon) {
  for (const char* line : {"charger: {current: 20 A, voltage: 29.2 V}", "charger {current: 20 A, voltage: 29.2 V}",
                           "  charger :  {current: 20 A, voltage: 29.2 V}  # a comment"}) {
    const Command command = good(line);
    ASSERT_THAT(command.actions, SizeIs(1)) << line;
    EXPECT_EQ(command.kind, Command::Kind::act);
    EXPECT_EQ(command.actions[0].target, "charger");
    EXPECT_EQ(command.actions[0].values.at("current").value, 20);
    EXPECT_EQ(command.actions[0].values.at("voltage").value, 29.2);
  }
  EXPECT_EQ(good("ambient -5 degC").actions.at(0).values.at("temperature").value, -5);
  EXPECT_EQ(good("ntc[1] open").actions.at(0).words.at("state"), "open");
  EXPECT_EQ(good("cell[3].soc 99 %").actions.at(0).values.at("soc").value, 0.99);
  EXPECT_EQ(good("cell[3].temperature 60 degC").actions.at(0).cell, 3);
  EXPECT_EQ(good("link[2] 2 mohm").actions.at(0).target, "link");
  EXPECT_EQ(good("cell[3] {internal_short: 2 ohm}").actions.at(0).target, "cell");
  EXPECT_EQ(good("discharge_bank stuck on").actions.at(0).words.at("state"), "stuck on");
  EXPECT_EQ(good("reset firmware").actions.at(0).words.at("do"), "reset");
  EXPECT_EQ(good("lead[0] open").actions.at(0).target, "lead");
  EXPECT_EQ(good("profile {file: data/a123_udds_25degC.csv, positive: charge}").actions.at(0).target, "profile");
}

TEST_F(ConsoleTest, TheShortFormsMeanActionsOfAScenario) {
  EXPECT_THAT(meaning("port.charge 20 A"), ElementsAre("charger: {current: 20 A, voltage: 29.2 V}"))
      << "8 x (3.60 V + 50 mV)";
  EXPECT_THAT(meaning("port.charge 20A 28.8V"), ElementsAre("charger: {current: 20A, voltage: 28.8V}"));
  EXPECT_THAT(meaning("charger 0.2 C"), ElementsAre("charger: {current: 0.2 C, voltage: 29.2 V}"));
  EXPECT_THAT(meaning("port.load 50 A"), ElementsAre("load: {current: 50 A}"));
  EXPECT_THAT(meaning("port.load 500 W"), ElementsAre("load: {power: 500 W}"));
  EXPECT_THAT(meaning("load 1 ohm"), ElementsAre("load: {resistance: 1 ohm}"));
  EXPECT_THAT(meaning("short 10 mohm"), ElementsAre("short: {resistance: 10 mohm}"));
  EXPECT_THAT(meaning("short 10 mohm 2 uH"), ElementsAre("short: {resistance: 10 mohm, inductance: 2 uH}"));
  EXPECT_THAT(meaning("port.charge off"), ElementsAre("charger: off"));
  EXPECT_THAT(meaning("port.rest"),
              ElementsAre("charger: off", "load: off", "inverter: off", "motor: off", "short: off", "profile: off"));
  EXPECT_THAT(good("soc 80 %").actions, SizeIs(8));
}

TEST_F(ConsoleTest, GoodTakesAnyFaultAway) {
  EXPECT_THAT(meaning("ntc[1] good"), ElementsAre("ntc[1]: normal"));
  EXPECT_THAT(meaning("lead[3] good"), ElementsAre("lead[3]: normal"));
  EXPECT_THAT(meaning("balancer good"), ElementsAre("balancer: normal"));
  EXPECT_THAT(meaning("cell[3] good"), ElementsAre("cell[3]: healthy"));
  EXPECT_THAT(meaning("charge_bank good"), ElementsAre("charge_bank: healthy"));
  EXPECT_THAT(meaning("adc good"), ElementsAre("adc: run"));
  EXPECT_THAT(meaning("supply good"), ElementsAre("supply: on"));
}

TEST_F(ConsoleTest, WordsAboutTheSession) {
  EXPECT_EQ(good("status").kind, Command::Kind::status);
  EXPECT_EQ(good("").kind, Command::Kind::status);
  EXPECT_EQ(good("   # nothing").kind, Command::Kind::status);
  EXPECT_EQ(good("help").kind, Command::Kind::help);
  EXPECT_EQ(good("quit").kind, Command::Kind::quit);
  EXPECT_EQ(good("speed 10").speed, 10);
  EXPECT_EQ(good("speed 10").kind, Command::Kind::speed);
  EXPECT_EQ(good("wait 10 min").wait_s, 600);
  EXPECT_EQ(good("wait 10 min").kind, Command::Kind::wait);
}

TEST_F(ConsoleTest, AWrongLineGetsASentence) {
  EXPECT_EQ(wrong("port.lod 3 A"), "port.lod is not something that can be done here. Near: port.load");
  EXPECT_EQ(wrong("sped 3"), "sped is not something that can be done here. Near: speed");
  EXPECT_EQ(wrong("cell[9].soc 3 %"),
            "cell[9].soc is not something that can be done here. Near: cell[1].soc, cell[2].soc, cell[3].soc");
  EXPECT_EQ(wrong("frobnicate"), "frobnicate is not something that can be done here. `help` lists what can");
  EXPECT_EQ(wrong("port.load 3"), "port.load: \"3\" is no quantity with a unit, such as 50 A, 500 W or 20 mohm");
  EXPECT_EQ(wrong("port.load"), "port.load: a value is due; `help` shows examples");
  EXPECT_EQ(wrong("port.rest now"), "port.rest stands alone; \"now\" means nothing here");
  EXPECT_EQ(wrong("quit now"), "quit stands alone; \"now\" means nothing here");
  EXPECT_EQ(wrong("speed"), "speed: \"\" is not a number from 0.01 to 1000000");
  EXPECT_EQ(wrong("speed 0"), "speed: \"0\" is not a number from 0.01 to 1000000");
  EXPECT_EQ(wrong("speed 1 s"), "speed: \"1 s\" is not a number from 0.01 to 1000000");
  EXPECT_EQ(wrong("wait 5"), "wait: \"5\" is not a time, such as 5 s or 10 min");
  EXPECT_EQ(wrong("wait -5 s"), "wait: \"-5 s\" is not a time, such as 5 s or 10 min");
  EXPECT_EQ(wrong("ambient 5"), "ambient: \"5\" needs a unit of temperature, such as 5 degC");
  EXPECT_EQ(wrong("cell[3].soc 101 %"), "cell[3].soc: \"101 %\" is outside 0 % to 100 %");
  EXPECT_THAT(wrong("ntc[1] opn"), HasSubstr("open"));
  EXPECT_THAT(wrong("charger {current: 20 A"), StartsWith("")) << "YAML that is not finished";
  EXPECT_THAT(wrong("port.load 3 A 4 V"), HasSubstr("voltage"));
  EXPECT_THAT(wrong("precharge on"), HasSubstr("has none"));
}

TEST_F(ConsoleTest, HelpNamesWhatCanBeTyped) {
  EXPECT_THAT(console->help(), AllOf(HasSubstr("port.charge 20 A"), HasSubstr("speed 10"), HasSubstr("quit")));
}

TEST_F(ConsoleTest, WithSeveralBoardsAWordSaysWhichWorldChanges) {
  Console two({{"a", setup}, {"b", setup}}, CELLRIG_SCENARIOS);
  std::vector<std::string> mistakes;
  EXPECT_EQ(two.read("b.port.load 50 A", mistakes)->station, 1u);
  EXPECT_EQ(two.read("a.cell[3].soc 99 %", mistakes)->station, 0u);
  EXPECT_EQ(two.read("status", mistakes)->kind, Command::Kind::status);
  EXPECT_EQ(two.read("b.send {to: jk_4e57, bytes: 01}", mistakes)->station, 1u);
  EXPECT_EQ(two.read("send {to: jk_modbus, bytes: 01}", mistakes)->actions.size(), 1u) << "to the bus of both";
  EXPECT_THAT(mistakes, SizeIs(0));
}

TEST_F(ConsoleTest, WithSeveralBoardsAWrongLineGetsASentenceToo) {
  Console two({{"a", setup}, {"b", setup}}, CELLRIG_SCENARIOS);
  Console four({{"a", setup}, {"b", setup}, {"c", setup}, {"d", setup}}, CELLRIG_SCENARIOS);
  const auto said = [](Console& of_several, const std::string& line) {
    std::vector<std::string> mistakes;
    EXPECT_FALSE(of_several.read(line, mistakes)) << line;
    EXPECT_THAT(mistakes, SizeIs(1)) << line;
    return mistakes.front();
  };
  EXPECT_EQ(said(two, "port.load 50 A"), "port.load: which board? a.port.load or b.port.load");
  EXPECT_EQ(said(four, "port.load 50 A"), "port.load: which board? a.port.load to d.port.load");
  EXPECT_EQ(said(two, "c.soc 3 %"), "c.soc: no board is called c; a or b");
  EXPECT_EQ(said(two, "b.send {to: jk_modbus, bytes: 01}"),
            "b.send: the Modbus ports of all boards share one bus; type send without a board");
  EXPECT_EQ(said(two, "send {to: jk_4e57, bytes: 01}"), "send: jk_4e57 is a port of each board; type a.send");
  EXPECT_EQ(said(four, "e.soc 3 %"), "e.soc: no board is called e; a to d");
  EXPECT_EQ(said(two, "sped 3"), "sped is not something that can be done here. Near: speed");
  EXPECT_EQ(said(two, "b.port.lod 3 A"), "b.port.lod is not something that can be done here. Near: port.load");
  EXPECT_EQ(said(two, "b.port.load"), "b.port.load: a value is due; `help` shows examples");
  EXPECT_EQ(said(two, "a.ambient 5"), "a.ambient: \"5\" needs a unit of temperature, such as 5 degC");
  EXPECT_EQ(said(two, "a.cell[3].soc 101 %"), "a.cell[3].soc: \"101 %\" is outside 0 % to 100 %");
  EXPECT_THAT(two.help(), AllOf(HasSubstr("a.port.charge 20 A"), HasSubstr("Boards: a b;")));
}

}  // namespace
}  // namespace rig::live
