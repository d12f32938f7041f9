// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/catalogue.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "rig/scenario/scenario.hpp"

namespace rig::scenario {
namespace {

TEST(Catalogue, HoldsTheCellsOfThePackAndNoMore) {
  const Catalogue catalogue = make_catalogue(4);
  EXPECT_TRUE(catalogue.find("cell[4].voltage").has_value());
  EXPECT_FALSE(catalogue.find("cell[5].voltage").has_value());
  EXPECT_FALSE(catalogue.find("cell[0].voltage").has_value());
  ASSERT_NE(catalogue.find_vector("cell.voltage"), nullptr);
  EXPECT_EQ(catalogue.find_vector("cell.voltage")->size(), 4U);
  EXPECT_EQ(catalogue.info(catalogue.find_vector("bms.cell.voltage")->at(2)).name, "bms.cell[3].voltage");
}

TEST(Catalogue, OfSeveralBoardsNamesEachSignalWithItsBoard) {
  Scenario scenario;
  scenario.called = "a";
  scenario.pack.cells = 8;
  scenario.others.resize(1);
  scenario.others[0].called = "b";
  scenario.others[0].pack.cells = 4;
  const Catalogue all = make_catalogue(scenario);
  EXPECT_EQ(all.prefixes(), (std::vector<std::string>{"a.", "b."}));
  EXPECT_FALSE(all.find("port.current"));
  EXPECT_EQ(all.find_vector("b.cell.voltage")->size(), 4U);
  const Catalogue own = all.of("b.");
  EXPECT_EQ(own.find("cell[4].voltage"), all.find("b.cell[4].voltage"));
  EXPECT_FALSE(own.find("cell[5].voltage")) << "a has it";
  EXPECT_EQ(own.find_vector("bms.cell.voltage")->size(), 4U);
  EXPECT_EQ(own.size(), all.size()) << "the numbers stay";
  EXPECT_EQ(own.info(*own.find("charge_gate")).name, "b.charge_gate");
  for (const char* name : {"port.current", "cell[2].voltage", "bms.soc"}) {
    EXPECT_EQ(all.own_name(*own.find(name)), name);
    EXPECT_EQ(all.info(*own.find(name)).board, 1U) << name;
  }
}

TEST(Catalogue, KnowsEverySignalOfTheFamily) {
  const Catalogue catalogue = make_catalogue(8);
  for (const char* name : {"cell[8].soc",
                           "cell[8].temperature",
                           "cell[8].current",
                           "cell[8].ocv",
                           "pack.voltage",
                           "port.voltage",
                           "port.current",
                           "port.dc_link_voltage",
                           "ambient",
                           "ntc[1].temperature",
                           "ntc[2].temperature",
                           "mos.temperature",
                           "mos.junction_temperature",
                           "mos.avalanche_energy",
                           "balancer.current",
                           "balancer.cell",
                           "balancer.store_voltage",
                           "supply.voltage",
                           "supply.current",
                           "heater.current",
                           "charge_fet",
                           "discharge_fet",
                           "charge_gate",
                           "discharge_gate",
                           "firmware.running",
                           "firmware.erasing",
                           "short_circuit_comparator",
                           "bms.voltage",
                           "bms.current",
                           "bms.soc",
                           "bms.temperature[1]",
                           "bms.temperature[2]",
                           "bms.mos_temperature",
                           "bms.cycles",
                           "bms.poll_age",
                           "bms.charge_mos",
                           "bms.discharge_mos",
                           "bms.balancing",
                           "bms.online",
                           "bms.alarm.low_capacity",
                           "bms.alarm.mos_overtemperature",
                           "bms.alarm.pack_overvoltage",
                           "bms.alarm.undervoltage",
                           "bms.alarm.battery_overtemperature",
                           "bms.alarm.charge_overcurrent",
                           "bms.alarm.discharge_overcurrent",
                           "bms.alarm.cell_difference",
                           "bms.alarm.box_overtemperature",
                           "bms.alarm.battery_low_temperature",
                           "bms.alarm.cell_overvoltage",
                           "bms.alarm.cell_undervoltage",
                           "bms.alarm.any",
                           "traffic.jk_4e57.replies",
                           "traffic.jk_modbus.age",
                           "traffic.can.frames",
                           "modbus.cell[8].voltage",
                           "modbus.alarm.gps_lock",
                           "can.warning_word"}) {
    EXPECT_TRUE(catalogue.find(name).has_value()) << name;
  }
  EXPECT_EQ(catalogue.size(), 8U * 7U + 29U + 25U + 13U + 47U + 19U);
}

TEST(Catalogue, EverySignalHasUnitStepAndMeaning) {
  const Catalogue catalogue = make_catalogue(8);
  for (SignalId id = 0; id < static_cast<SignalId>(catalogue.size()); ++id) {
    const SignalInfo& info = catalogue.info(id);
    EXPECT_GT(info.resolution, 0) << info.name;
    EXPECT_FALSE(info.meaning.empty()) << info.name;
    const bool bit = info.kind == SignalKind::plant_bit || info.kind == SignalKind::telemetry_bit;
    EXPECT_EQ(bit, info.dimension == Dimension::boolean) << info.name;
    EXPECT_EQ(catalogue.find(info.name), id);
  }
}

TEST(Catalogue, OffersTheNearestNames) {
  const Catalogue catalogue = make_catalogue(8);
  EXPECT_EQ(catalogue.nearest("cel[3].soc").front(), "cell[3].soc");
  EXPECT_EQ(catalogue.nearest("cells.voltage").front(), "cell.voltage");
  EXPECT_TRUE(catalogue.nearest("qqqqqqqqqqqqqqqqqqqqqqqqqqqq").empty());
}

// docs/signals.md is what people read; it must not drift from the program.
TEST(Catalogue, IsListedInTheDocumentation) {
  std::ifstream stream(std::string(CELLRIG_SOURCE_DIR) + "/docs/signals.md");
  const std::string page{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  const Catalogue catalogue = make_catalogue(1);
  std::size_t rows = 0;
  for (std::size_t at = page.find("\n| `"); at != std::string::npos; at = page.find("\n| `", at + 1)) ++rows;
  EXPECT_EQ(rows, catalogue.size());
  for (SignalId id = 0; id < static_cast<SignalId>(catalogue.size()); ++id) {
    const SignalInfo& info = catalogue.info(id);
    std::string name = info.name;
    if (const std::size_t cell = name.find("cell[1]"); cell != std::string::npos) name.replace(cell, 7, "cell[n]");
    EXPECT_NE(page.find("\n| `" + name + "` |"), std::string::npos) << name;
    EXPECT_NE(page.find(" | " + info.meaning + " |\n"), std::string::npos) << name;
  }
}

TEST(Catalogue, RefusesTheSameNameTwice) {
  Catalogue catalogue;
  catalogue.add({"a", Dimension::none, SignalKind::plant, 1, "x"});
  EXPECT_THROW(catalogue.add({"a", Dimension::none, SignalKind::plant, 1, "x"}), std::logic_error);
  EXPECT_THROW(catalogue.add_vector("a", {}), std::logic_error);
}

}  // namespace
}  // namespace rig::scenario
