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
    {"modbus.cell[{n}].voltage", Dimension::voltage, SignalKind::telemetry, 1e-3,
     "cell voltage as the board reports it (0x1200)"},
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

constexpr Row traffic_rows[] = {
    {"traffic.jk_4e57.requests", Dimension::none, SignalKind::traffic, 1,
     "messages that clients have sent to the port 4E 57: polls, and each `send`"},
    {"traffic.jk_4e57.replies", Dimension::none, SignalKind::traffic, 1, "whole frames with a good sum that came back"},
    {"traffic.jk_4e57.bad_frames", Dimension::none, SignalKind::traffic, 1,
     "polls after which bytes came that belong to no good frame"},
    {"traffic.jk_4e57.bytes", Dimension::none, SignalKind::traffic, 1, "bytes that came back"},
    {"traffic.jk_modbus.requests", Dimension::none, SignalKind::traffic, 1,
     "messages that clients have sent to the Modbus port: each `send`, and those of a `poll`"},
    {"traffic.jk_modbus.replies", Dimension::none, SignalKind::traffic, 1,
     "frames with a good checksum that came back, refusals too"},
    {"traffic.jk_modbus.refusals", Dimension::none, SignalKind::traffic, 1, "those of them that are exceptions"},
    {"traffic.jk_modbus.bad_frames", Dimension::none, SignalKind::traffic, 1,
     "other bytes that came back, counted once a silence"},
    {"traffic.jk_modbus.bytes", Dimension::none, SignalKind::traffic, 1, "bytes that came back"},
    {"traffic.jk_modbus.age", Dimension::time, SignalKind::plant, 1e-3,
     "time since the last good frame of the board, or since the start"},
    {"traffic.can.frames", Dimension::none, SignalKind::traffic, 1, "frames of the board that went through"},
    {"traffic.can.errors", Dimension::none, SignalKind::traffic, 1,
     "frames on the bus that ended in an error frame, whoever sent them"},
    {"traffic.can.age", Dimension::time, SignalKind::plant, 1e-3,
     "time since the last frame of the board, or since the start"},
};

constexpr Row modbus_rows[] = {
    {"modbus.voltage", Dimension::voltage, SignalKind::telemetry, 1e-3, "pack voltage (0x1290)"},
    {"modbus.current", Dimension::current, SignalKind::telemetry, 1e-3, "current, + = charging (0x1298)"},
    {"modbus.power", Dimension::power, SignalKind::telemetry, 1e-3, "power, without sign (0x1294)"},
    {"modbus.soc", Dimension::ratio, SignalKind::telemetry, 1e-2, "state of charge (0x12A7)"},
    {"modbus.temperature[1]", Dimension::temperature, SignalKind::telemetry, 0.1, "battery sensor 1 (0x129C)"},
    {"modbus.temperature[2]", Dimension::temperature, SignalKind::telemetry, 0.1, "battery sensor 2 (0x129E)"},
    {"modbus.mos_temperature", Dimension::temperature, SignalKind::telemetry, 0.1, "MOSFET temperature (0x128A)"},
    {"modbus.difference", Dimension::voltage, SignalKind::telemetry, 1e-3, "highest less lowest cell (0x1246)"},
    {"modbus.highest_cell", Dimension::none, SignalKind::telemetry, 1, "number of the highest cell, from 1 (0x1248)"},
    {"modbus.lowest_cell", Dimension::none, SignalKind::telemetry, 1, "number of the lowest cell, from 1 (0x1249)"},
    {"modbus.balancing_current", Dimension::current, SignalKind::telemetry, 1e-3,
     "balancing, + = into a cell (0x12A4)"},
    {"modbus.remaining", Dimension::charge, SignalKind::telemetry, 1e-3, "charge left (0x12A8)"},
    {"modbus.capacity", Dimension::charge, SignalKind::telemetry, 1e-3, "learned capacity (0x12AC)"},
    {"modbus.cycles", Dimension::none, SignalKind::telemetry, 1, "number of cycles (0x12B0)"},
    {"modbus.discharged", Dimension::charge, SignalKind::telemetry, 1e-3, "charge taken out in all (0x12B4)"},
    {"modbus.run_time", Dimension::time, SignalKind::telemetry, 1, "run time (0x12BC)"},
    {"modbus.charge_mos", Dimension::boolean, SignalKind::telemetry_bit, 1, "charge MOSFETs are on (0x12C0)"},
    {"modbus.discharge_mos", Dimension::boolean, SignalKind::telemetry_bit, 1, "discharge MOSFETs are on (0x12C1)"},
};

/// By the bits of the alarm word 0x12A0.
constexpr const char* modbus_alarms[] = {"lead_resistance",
                                         "mos_overtemperature",
                                         "cell_count",
                                         "current_sensor",
                                         "cell_overvoltage",
                                         "pack_overvoltage",
                                         "charge_overcurrent",
                                         "charge_short_circuit",
                                         "charge_overtemperature",
                                         "charge_undertemperature",
                                         "auxiliary_cpu",
                                         "cell_undervoltage",
                                         "pack_undervoltage",
                                         "discharge_overcurrent",
                                         "discharge_short_circuit",
                                         "discharge_overtemperature",
                                         "charge_mos",
                                         "discharge_mos",
                                         "gps_lost",
                                         "factory_password",
                                         "discharge_switch",
                                         "battery_overtemperature",
                                         "temperature_sensor",
                                         "current_limiter",
                                         "short_circuit_stays",
                                         "discharge_overcurrent_2",
                                         "discharge_overcurrent_3",
                                         "discharge_undertemperature",
                                         "gps_lock"};

constexpr Row can_rows[] = {
    {"can.voltage", Dimension::voltage, SignalKind::telemetry, 1e-2, "pack voltage (2F4, or 356)"},
    {"can.current", Dimension::current, SignalKind::telemetry, 0.1, "current, + = charging (2F4, or 356)"},
    {"can.soc", Dimension::ratio, SignalKind::telemetry, 1e-2, "state of charge (2F4, or 355)"},
    {"can.highest_cell_voltage", Dimension::voltage, SignalKind::telemetry, 1e-3, "highest cell (4F4)"},
    {"can.lowest_cell_voltage", Dimension::voltage, SignalKind::telemetry, 1e-3, "lowest cell (4F4)"},
    {"can.highest_cell", Dimension::none, SignalKind::telemetry, 1, "number of the highest cell, from 1 (4F4)"},
    {"can.lowest_cell", Dimension::none, SignalKind::telemetry, 1, "number of the lowest cell, from 1 (4F4)"},
    {"can.highest_temperature", Dimension::temperature, SignalKind::telemetry, 1, "warmer battery sensor (5F4)"},
    {"can.lowest_temperature", Dimension::temperature, SignalKind::telemetry, 1, "colder battery sensor (5F4)"},
    {"can.charge_voltage_limit", Dimension::voltage, SignalKind::telemetry, 0.1, "what a charger may give (351)"},
    {"can.charge_current_limit", Dimension::current, SignalKind::telemetry, 0.1, "what a charger may give (351)"},
    {"can.discharge_current_limit", Dimension::current, SignalKind::telemetry, 0.1, "what a load may take (351)"},
    {"can.charge_mos", Dimension::boolean, SignalKind::telemetry_bit, 1, "charge MOSFETs are on (18F528F4)"},
    {"can.discharge_mos", Dimension::boolean, SignalKind::telemetry_bit, 1, "discharge MOSFETs are on (18F528F4)"},
    {"can.may_charge", Dimension::boolean, SignalKind::telemetry_bit, 1, "charging is allowed (35C, bit 7)"},
    {"can.may_discharge", Dimension::boolean, SignalKind::telemetry_bit, 1, "discharging is allowed (35C, bit 6)"},
    {"can.alarm_word", Dimension::none, SignalKind::telemetry, 1, "bits 0 … 17 of the alarms (18F328F4)"},
    {"can.warning_word", Dimension::none, SignalKind::telemetry, 1, "two bits a warning (7F4); 0 when it is not sent"},
    {"can.protection_word", Dimension::none, SignalKind::telemetry, 1, "bytes 0 and 1 of the protections (359)"},
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
  add_all(traffic_rows);
  add_all(modbus_rows);
  for (std::size_t bit = 0; bit < std::size(modbus_alarms); ++bit) {
    catalogue.add({owner.prefix + "modbus.alarm." + modbus_alarms[bit], Dimension::boolean, SignalKind::telemetry_bit,
                   1, "alarm word, bit " + std::to_string(bit) + " (0x12A0)", owner.board});
  }
  add_all(can_rows);
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
