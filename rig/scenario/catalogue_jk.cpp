// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>
#include <vector>

#include "rig/scenario/catalogue.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::scenario {
namespace {

struct Row {
  const char* name;  // {n} stands for the number of the cell
  Dimension dimension;
  SignalKind kind;
  double resolution;
  const char* meaning;
};

constexpr Row cell_rows[] = {
    {"cell[{n}].voltage", Dimension::voltage, SignalKind::plant, 1e-6, "voltage at the terminals of the cell"},
    {"cell[{n}].soc", Dimension::ratio, SignalKind::plant, 1e-6, "state of charge of the cell"},
    {"cell[{n}].temperature", Dimension::temperature, SignalKind::plant, 1e-3, "temperature inside the cell"},
    {"cell[{n}].current", Dimension::current, SignalKind::plant, 1e-3, "current into the cell, balancing included"},
    {"cell[{n}].ocv", Dimension::voltage, SignalKind::plant, 1e-6,
     "open-circuit voltage of the cell at its state of charge"},
    {"bms.cell[{n}].voltage", Dimension::voltage, SignalKind::telemetry, 1e-3,
     "cell voltage as the board reports it (id 79)"},
};

constexpr Row plant_rows[] = {
    {"pack.voltage", Dimension::voltage, SignalKind::plant, 1e-5,
     "voltage between the first and the last cell terminal, 0 while a weld is open"},
    {"port.voltage", Dimension::voltage, SignalKind::plant, 1e-5,
     "voltage at the terminals where charger and load are"},
    {"port.current", Dimension::current, SignalKind::plant, 1e-3, "current through the port, + = charging"},
    {"port.dc_link_voltage", Dimension::voltage, SignalKind::plant, 1e-4,
     "voltage of the DC-link capacitor of an inverter on the port, 0 without one"},
    {"ambient", Dimension::temperature, SignalKind::plant, 1e-3, "temperature of the air"},
    {"ntc[1].temperature", Dimension::temperature, SignalKind::plant, 1e-3,
     "temperature of the bead of battery sensor 1"},
    {"ntc[2].temperature", Dimension::temperature, SignalKind::plant, 1e-3,
     "temperature of the bead of battery sensor 2"},
    {"mos.temperature", Dimension::temperature, SignalKind::plant, 1e-3, "temperature of the MOSFET heat plate"},
    {"mos.junction_temperature", Dimension::temperature, SignalKind::plant, 1e-2, "hottest junction of both banks"},
    {"mos.avalanche_energy", Dimension::energy, SignalKind::plant, 1e-3,
     "energy taken in avalanche by the bank that took most, since the start"},
    {"balancer.current", Dimension::current, SignalKind::plant, 1e-3,
     "balance current, + = into a cell, - = out of a cell"},
    {"balancer.cell", Dimension::none, SignalKind::plant, 1, "number of the cell that is being balanced, 0 = none"},
    {"balancer.store_voltage", Dimension::voltage, SignalKind::plant, 1e-4, "voltage of the super-capacitor store"},
    {"supply.voltage", Dimension::voltage, SignalKind::plant, 1e-4, "supply voltage of the controller board"},
    {"supply.current", Dimension::current, SignalKind::plant, 1e-5, "current that the board draws from the pack"},
    {"heater.current", Dimension::current, SignalKind::plant, 1e-3, "current of the board's heater from the pack"},
    {"charge_fet", Dimension::boolean, SignalKind::plant_bit, 1, "the charge MOSFET bank conducts"},
    {"discharge_fet", Dimension::boolean, SignalKind::plant_bit, 1, "the discharge MOSFET bank conducts"},
    {"charge_gate", Dimension::boolean, SignalKind::plant_bit, 1, "the pin commands the charge bank on"},
    {"discharge_gate", Dimension::boolean, SignalKind::plant_bit, 1, "the pin commands the discharge bank on"},
    {"buzzer", Dimension::boolean, SignalKind::plant_bit, 1, "the board sounds its buzzer"},
    {"led", Dimension::boolean, SignalKind::plant_bit, 1, "the board lights its LED"},
    {"dry_contact_1", Dimension::boolean, SignalKind::plant_bit, 1, "dry contact 1 is closed"},
    {"dry_contact_2", Dimension::boolean, SignalKind::plant_bit, 1, "dry contact 2 is closed"},
    {"button", Dimension::boolean, SignalKind::plant_bit, 1, "somebody presses the button"},
    {"firmware.running", Dimension::boolean, SignalKind::plant_bit, 1, "the controller is out of reset and alive"},
    {"firmware.erasing", Dimension::boolean, SignalKind::plant_bit, 1,
     "the controller erases a sector of its flash and runs no code meanwhile"},
    {"short_circuit_comparator", Dimension::boolean, SignalKind::plant_bit, 1,
     "the port current is beyond the level of the hardware comparator"},
    {"thermal_runaway", Dimension::boolean, SignalKind::plant_bit, 1,
     "the core of a cell has passed the runaway limit of its type; stays on"},
};

constexpr Row telemetry_rows[] = {
    {"bms.voltage", Dimension::voltage, SignalKind::telemetry, 1e-2, "pack voltage as reported (id 83)"},
    {"bms.current", Dimension::current, SignalKind::telemetry, 1e-2, "current as reported, + = charging (id 84)"},
    {"bms.soc", Dimension::ratio, SignalKind::telemetry, 1e-2, "state of charge as reported (id 85)"},
    {"bms.temperature[1]", Dimension::temperature, SignalKind::telemetry, 1, "battery sensor 1 as reported (id 81)"},
    {"bms.temperature[2]", Dimension::temperature, SignalKind::telemetry, 1, "battery sensor 2 as reported (id 82)"},
    {"bms.mos_temperature", Dimension::temperature, SignalKind::telemetry, 1, "MOSFET temperature as reported (id 80)"},
    {"bms.cycles", Dimension::none, SignalKind::telemetry, 1, "number of cycles as reported (id 87)"},
    {"bms.poll_age", Dimension::time, SignalKind::plant, 1e-3,
     "time since the last good reply; grows between replies, so a silent board is seen"},
    {"bms.charge_mos", Dimension::boolean, SignalKind::telemetry_bit, 1, "status word, bit 0 (id 8C)"},
    {"bms.discharge_mos", Dimension::boolean, SignalKind::telemetry_bit, 1, "status word, bit 1 (id 8C)"},
    {"bms.balancing", Dimension::boolean, SignalKind::telemetry_bit, 1, "status word, bit 2 (id 8C)"},
    {"bms.online", Dimension::boolean, SignalKind::telemetry_bit, 1, "status word, bit 3 (id 8C)"},
    {"bms.alarm.low_capacity", Dimension::boolean, SignalKind::telemetry_bit, 1, "alarm word, bit 0 (id 8B)"},
    {"bms.alarm.mos_overtemperature", Dimension::boolean, SignalKind::telemetry_bit, 1, "alarm word, bit 1 (id 8B)"},
    {"bms.alarm.pack_overvoltage", Dimension::boolean, SignalKind::telemetry_bit, 1, "alarm word, bit 2 (id 8B)"},
    {"bms.alarm.undervoltage", Dimension::boolean, SignalKind::telemetry_bit, 1, "alarm word, bit 3 (id 8B)"},
    {"bms.alarm.battery_overtemperature", Dimension::boolean, SignalKind::telemetry_bit, 1,
     "alarm word, bit 4 (id 8B)"},
    {"bms.alarm.charge_overcurrent", Dimension::boolean, SignalKind::telemetry_bit, 1, "alarm word, bit 5 (id 8B)"},
    {"bms.alarm.discharge_overcurrent", Dimension::boolean, SignalKind::telemetry_bit, 1, "alarm word, bit 6 (id 8B)"},
    {"bms.alarm.cell_difference", Dimension::boolean, SignalKind::telemetry_bit, 1, "alarm word, bit 7 (id 8B)"},
    {"bms.alarm.box_overtemperature", Dimension::boolean, SignalKind::telemetry_bit, 1, "alarm word, bit 8 (id 8B)"},
    {"bms.alarm.battery_low_temperature", Dimension::boolean, SignalKind::telemetry_bit, 1,
     "alarm word, bit 9 (id 8B)"},
    {"bms.alarm.cell_overvoltage", Dimension::boolean, SignalKind::telemetry_bit, 1, "alarm word, bit 10 (id 8B)"},
    {"bms.alarm.cell_undervoltage", Dimension::boolean, SignalKind::telemetry_bit, 1, "alarm word, bit 11 (id 8B)"},
    {"bms.alarm.any", Dimension::boolean, SignalKind::telemetry_bit, 1, "any bit of the alarm word (id 8B)"},
};

std::string with_number(std::string name, const std::string& number) {
  return name.replace(name.find("{n}"), 3, number);
}

/// Whose signals are added.
struct SignalOwner {
  std::size_t board;
  std::string prefix;
};

void add_cells(Catalogue& catalogue, const Row& row, const SignalOwner& owner, int cells) {
  std::vector<SignalId> elements;
  for (int n = 1; n <= cells; ++n) {
    elements.push_back(catalogue.add({owner.prefix + with_number(row.name, std::to_string(n)), row.dimension, row.kind,
                                      row.resolution, row.meaning, owner.board}));
  }
  std::string vector_name = owner.prefix + row.name;
  catalogue.add_vector(vector_name.erase(vector_name.find("[{n}]"), 5), std::move(elements));
}

void add_board(Catalogue& catalogue, const SignalOwner& owner, int cells) {
  for (const Row& row : cell_rows) add_cells(catalogue, row, owner, cells);
  const auto add_all = [&](const auto& rows) {
    for (const Row& row : rows)
      catalogue.add({owner.prefix + row.name, row.dimension, row.kind, row.resolution, row.meaning, owner.board});
  };
  add_all(plant_rows);
  add_all(telemetry_rows);
}

}  // namespace

Catalogue make_catalogue(int cells) {
  Catalogue catalogue;
  add_board(catalogue, {0, ""}, cells);
  return catalogue;
}

Catalogue make_catalogue(const Scenario& scenario) {
  Catalogue catalogue;
  std::vector<std::string> prefixes;
  for (const BoardSetup* setup : setups_of(scenario)) {
    const SignalOwner owner{prefixes.size(), setup->prefix()};
    add_board(catalogue, owner, setup->pack.cells);
    prefixes.push_back(owner.prefix);
  }
  catalogue.set_prefixes(std::move(prefixes));
  return catalogue;
}

}  // namespace rig::scenario
