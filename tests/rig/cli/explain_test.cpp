// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/explain.hpp"

#include <gmock/gmock.h>

namespace rig::cli {
namespace {

using scenario::Dimension;

scenario::Scenario sample() {
  scenario::Scenario s;
  s.name = "overcharge_opens_the_charge_fet";
  s.about = "Cell 3 is ahead.";
  s.shows = {"PROT-OVP-1"};
  s.labels = {"quick"};
  s.position = {"a.yaml", 1, 1};
  s.board.name = "JK-B2A8S20P";
  s.board.firmware = "jk";
  s.board.position = {"boards/b.yaml", 3, 1};
  s.board.settings = {{"cell_ovp", Dimension::voltage, 0.001, 3.65}, {"cell_ovp_delay", Dimension::time, 0.001, 5}};
  s.pack.cells = 8;
  s.pack.cell.name = "LFP 280 Ah";
  s.pack.cell.capacity_Ah = 280;
  s.pack.position = {"packs/p.yaml", 2, 1};
  s.settings = {{"cell_ovp", 3.6}};
  s.start = {{"soc", 0.94}, {"ambient", -20}};
  scenario::Action charge;
  charge.target = "charger";
  charge.values = {{"current", {84, Dimension::current}}, {"voltage", {32.1, Dimension::voltage}}};
  scenario::Action stop;
  stop.at_s = 60;
  stop.target = "ntc";
  stop.cell = 2;
  stop.values = {{"open", {1, Dimension::boolean}}};
  scenario::Action off = charge;
  off.at_s = 90;
  off.values = {{"off", {1, Dimension::boolean}}};
  s.actions = {charge, stop, off};
  s.run_for_s = 1200;
  scenario::Claim claim;
  claim.text = "always max(cell.voltage) < 3.8 V";
  claim.limit = scenario::LimitSource::derived;
  claim.limit_note = "delay + scan";
  claim.protection = "cell_overvoltage";
  claim.shows = {"IEC 62619:2022/8.2.2"};
  claim.position = {"a.yaml", 17, 7};
  s.claims = {claim};
  return s;
}

TEST(Explain, SaysEverythingInWords) {
  EXPECT_EQ(explain(sample()), R"(overcharge_opens_the_charge_fet   a.yaml:1
  Cell 3 is ahead.
  shows: PROT-OVP-1
  labels: quick

Under test
  board  JK-B2A8S20P, firmware jk   boards/b.yaml:3
  pack   8 cells in series, LFP 280 Ah, 280.0 Ah   packs/p.yaml:2

Settings
  cell_ovp        3.600 V
  cell_ovp_delay  5.000 s

Starts with
  ambient  -20.00 degC
  soc      94.00 %

What is done
  at 0 s           charger: current 84.00 A, voltage 32.10 V
  at 60.00 s       ntc[2]: open
  at 90.00 s       charger: off
  until 20.00 min  then the run ends

What must hold
  1. always max(cell.voltage) < 3.8 V
     limit: derived, delay + scan
     timeline of: cell_overvoltage
     shows: IEC 62619:2022/8.2.2
     a.yaml:17
)");
}

}  // namespace
}  // namespace rig::cli
