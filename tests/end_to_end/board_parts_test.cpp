// SPDX-License-Identifier: Apache-2.0
// Parts of a board that its firmware switches by pins of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/program.hpp"

namespace {

/// A board whose firmware has the precharge resistor on a pin and measures both sides of the discharge bank.
constexpr const char* kBoard = R"(based_on: boards/jk_8s_with_parts.yaml
name: with precharge
pins:
  - {gpio: 0, is: charge_gate, direction: out, reset_level: 0}
  - {gpio: 1, is: discharge_gate, direction: out, reset_level: 0}
  - {gpio: 2, is: short_circuit_comparator, direction: in}
  - {gpio: 10, is: precharge, direction: out, reset_level: 0}
adc:
  - {first: 0, is: pack_voltage, bits: 14, full_scale: 65.536 V}
  - {first: 1, is: port_voltage, bits: 14, full_scale: 65.536 V}
scans: []
uarts: []
)";

/// 10 mF behind 30 ohm: nine tenths after 2.3 time constants, 0.69 s; what is left, 2.6 V, drives 150 to 300 A, the
/// whole voltage ten times as much.
constexpr const char* kScenario = R"(firmware_precharges:
  board: boards/with_precharge.yaml
  pack: packs/lfp_8s_280ah.yaml
  start: {soc: 50 %}
  do:
    - at: 0 s
      inverter: {power: 0 W, capacitance: 10 mF}
  run_for: 3 s
  expect:
    - always: port.current > -1 A
      until: 0.6 s
    - always: port.current > -400 A
    - always: discharge_fet is on
      after: 0.9 s
)";

TEST(BoardParts, AFirmwarePrechargesByItsOwnPins) {
  const tests::TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "boards");
  std::ofstream(folder.path() / "boards/with_precharge.yaml") << kBoard;
  std::ofstream(folder.path() / "precharge.yaml") << kScenario;
  const auto ran = tests::run(tests::cellrig() + " run " + folder.text() + "/precharge.yaml --firmware '" +
                              CELLRIG_CONFORMANCE_DIR "/precharges.so' --out " + folder.text() + "/out");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
}

TEST(BoardParts, APinWithoutItsPartIsAMistake) {
  const tests::TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "boards");
  std::string board = kBoard;
  board.replace(board.find("jk_8s_with_parts"), 16, "jk_b2a8s20p");
  std::ofstream(folder.path() / "boards/with_precharge.yaml") << board;
  std::ofstream(folder.path() / "precharge.yaml") << kScenario;
  const auto ran =
      tests::run(tests::cellrig() + " run " + folder.text() + "/precharge.yaml --out " + folder.text() + "/out");
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.output, testing::HasSubstr("precharge: is missing; a pin switches it: precharge: {resistance: …}"));
}

}  // namespace
