// SPDX-License-Identifier: Apache-2.0
// Scenarios with `boards:`: each board is the one that it would be alone, and only the bus lies between them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"

namespace {

using nlohmann::json;

json result_of(const std::string& scenario, int exit_code = 0) {
  const tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "one.yaml") << scenario;
  const auto ran =
      tests::run(tests::cellrig() + " run '" + folder.text() + "/one.yaml' --out '" + folder.text() + "/out'");
  EXPECT_EQ(ran.exit_code, exit_code) << ran.output;
  return json::parse(tests::slurp(folder.path() / "out" / "result.json"))["scenarios"][0];
}

std::string setup(const std::string& indent, const std::string& more) {
  return indent + "board: boards/jk_b2a8s20p.yaml\n" + indent + "pack: packs/lfp_8s_a123_lot.yaml\n" + more;
}

// A protection trips, is released by its timer, and trips again; what is claimed are times and voltages.
const std::string charged_alone = "alone:\n" +
                                  setup("  ",
                                        "  settings: {preset: LiFePO4, device_address: 1}\n"
                                        "  start: {soc: 99 %}\n") +
                                  R"(  do:
    - {at: 1 s, charger: {current: 4 A, voltage: 32.1 V}}
    - {at: 100 s, charger: off}
    - {at: 101 s, load: {current: 5 A}}
  run_for: 3 min
  expect:
    - when: max(cell.voltage) > 3.6 V
      then: charge_gate is off
      within: 5.3 s
      protection: cell_overvoltage
    - always: port.current < 4.1 A
    - always: min(cell.voltage) > 3 V
    - always: max(bms.cell.voltage) - min(bms.cell.voltage) < 1 V
      after: 1 s
)";

std::string charged_as_one_of_two(const std::string& what_b_does) {
  return "together:\n  boards:\n    a:\n" +
         setup("      ", "      settings: {preset: LiFePO4, device_address: 1}\n      start: {soc: 99 %}\n") +
         "    b:\n" +
         setup("      ", "      settings: {preset: LiFePO4, device_address: 2}\n      start: {soc: 30 %}\n") +
         R"(  do:
    - {at: 1 s, a.charger: {current: 4 A, voltage: 32.1 V}}
    - {at: 100 s, a.charger: off}
    - {at: 101 s, a.load: {current: 5 A}}
)" + what_b_does +
         R"(  run_for: 3 min
  expect:
    - when: max(a.cell.voltage) > 3.6 V
      then: a.charge_gate is off
      within: 5.3 s
      protection: a.cell_overvoltage
    - always: a.port.current < 4.1 A
    - always: min(a.cell.voltage) > 3 V
    - always: max(a.bms.cell.voltage) - min(a.bms.cell.voltage) < 1 V
      after: 1 s
)";
}

void expect_same_verdicts(const json& alone, const json& together) {
  ASSERT_EQ(alone["claims"].size(), together["claims"].size());
  for (std::size_t i = 0; i < alone["claims"].size(); ++i) {
    const json &one = alone["claims"][i], &other = together["claims"][i];
    for (const char* key : {"result", "measured", "margin", "t_worst_ns", "occurrences", "timeline"})
      EXPECT_EQ(one.value(key, json()), other.value(key, json())) << i << " " << key;
  }
}

TEST(SeveralBoards, EachIsWhatItWouldBeAlone) {
  const json alone = result_of(charged_alone);
  ASSERT_EQ(alone["claims"][0]["occurrences"], 1) << "something must happen";
  expect_same_verdicts(alone, result_of(charged_as_one_of_two("")));
}

// Both plants change at the same instants, b also between and while a counts its delay.
TEST(SeveralBoards, WhateverTheOtherDoes) {
  expect_same_verdicts(result_of(charged_alone), result_of(charged_as_one_of_two(
                                                     R"(    - {at: 1 s, b.charger: {current: 4 A, voltage: 32.1 V}}
    - {at: 20 s, b.short: {resistance: 20 mohm}}
    - {at: 30 s, b.short: off}
    - {at: 100 s, b.reset: firmware}
    - {at: 101 s, b.load: {current: 3 A}}
)")));
}

TEST(SeveralBoards, AreNamedInTheResult) {
  const json together = result_of(charged_as_one_of_two("    - {at: 20 s, b.short: {resistance: 20 mohm}}\n"));
  EXPECT_EQ(together["board"], "a: JK-B2A8S20P, b: JK-B2A8S20P");
  EXPECT_EQ(together["settings"]["a.device_address"], "1.000");
  EXPECT_EQ(together["settings"]["b.device_address"], "2.000");
  const json &high = together["figures"]["a: highest discharge current"],
             &higher = together["figures"]["b: highest discharge current"];
  EXPECT_LT(high["number"], 6);
  EXPECT_GT(higher["number"], 100) << "b was shorted";
  EXPECT_LT(together["figures"]["b: highest charge current"]["number"], 0.1) << "a was charged, not b";
  EXPECT_NE(together["figures"]["a: smallest cell capacity"], together["figures"]["b: smallest cell capacity"])
      << "another lot";
}

TEST(SeveralBoards, AFindingSaysWhose) {
  const json together = result_of(charged_as_one_of_two("    - {at: 20 s, b.firmware: hang}\n"), 1);
  EXPECT_THAT(together["reason"].get<std::string>(), testing::StartsWith("b: reset by watchdog"));
}

// b reports no more, and only what is claimed of b is in doubt.
TEST(SeveralBoards, ASilentOneIsDoubtedAlone) {
  std::string scenario = charged_as_one_of_two("    - {at: 5 s, b.supply: off}\n");
  scenario += "    - always: b.bms.soc < 90 %\n      after: 1 s\n";
  const json claims = result_of(scenario, 1)["claims"];
  EXPECT_EQ(claims[3]["result"], "pass");
  EXPECT_EQ(claims[4]["result"], "fail");
  EXPECT_THAT(claims[4]["reason"].get<std::string>(), testing::HasSubstr("the bus was silent"));
}

// What a client said into another board's answer was not heard; a run that is green for that reason says so.
TEST(SeveralBoards, ACommandLostInACollisionIsNoGreen) {
  const std::string lost =
      "    - {at: 5 s, send: {to: jk_modbus, bytes: 01 03 12 00 00 70 41 56}}\n"
      "    - {at: 5.010 s, send: {to: jk_modbus, bytes: 02 10 10 70 00 02 04 00 00 00 00 36 0F}}\n";
  const json together = result_of(charged_as_one_of_two(lost), 1);
  EXPECT_EQ(together["result"], "fail");
  EXPECT_THAT(
      together["reason"].get<std::string>(),
      testing::MatchesRegex("[0-9]+ bytes lost, several talked at once; only a scenario labelled faults may do that"));
  for (const json& claim : together["claims"]) EXPECT_EQ(claim["result"], "pass");
}

}  // namespace
