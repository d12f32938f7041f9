// SPDX-License-Identifier: Apache-2.0
#include "tests/rig/scenario/library.hpp"

namespace rig::scenario::library {
namespace {

/// "cell_ovp/…" says what a pack of this size and chemistry has been through.
std::string ordeal_of(const std::string& row) {
  static const std::map<std::string, std::string> ordeals{
      {"cell_ovp", "overvoltage"},      {"cell_uvp", "undervoltage"},      {"power_off", "power_off"},
      {"charge_ocp", "over_current"},   {"discharge_ocp", "over_current"}, {"scp", "short"},
      {"charge_otp", "temperature"},    {"charge_utp", "temperature"},     {"discharge_otp", "temperature"},
      {"discharge_utp", "temperature"}, {"balancing", "balancing"},        {"soc", "soc"}};
  const auto at = ordeals.find(row);
  return at == ordeals.end() ? std::string() : at->second;
}

std::string chemistry_of(const PackSpec& pack) {
  for (const auto& [word, chemistry] : {std::pair{"LFP", "lfp"}, std::pair{"NMC", "nmc"}, std::pair{"LTO", "lto"}}) {
    if (pack.cell.name.find(word) != std::string::npos) return chemistry;
  }
  return "other";
}

std::vector<Family> make_families() {
  const std::vector<std::string> phases{"set", "delay", "release", "re-trip", "reset", "power_cut"};
  std::vector<Family> all;
  all.push_back(
      {"Protections",
       phases,
       {"cell_ovp", "cell_uvp", "pack_ovp", "pack_uvp", "charge_ocp", "discharge_ocp", "ocp_2", "ocp_3", "scp",
        "charge_otp", "charge_utp", "discharge_otp", "discharge_utp", "mos_otp", "box_otp", "power_off"},
       {}});
  all.push_back({"What watches the measurement and the MOSFETs",
                 {"set", "delay", "release", "reset"},
                 {"cell_count", "pack_difference", "cell_leads", "scan_age", "sensors", "current_sensor", "charge_mos",
                  "discharge_mos"},
                 {{"cell_count/delay", "a wrong count is there from the first reading on, which has no delay"},
                  {"cell_count/reset", "with a wrong count no gate was ever on"},
                  {"cell_leads/delay", "none"},
                  {"scan_age/delay", "none"},
                  {"sensors/delay", "none"},
                  {"scan_age/reset", "a start scans anew, both gates off until the first scan is there"},
                  {"sensors/reset", "a start reads the sensors anew, both gates off until they are known"},
                  {"cell_leads/reset", "a start scans anew, both gates off until the cells are known"},
                  {"current_sensor/reset", "as of the sensors"},
                  {"pack_difference/reset", "as of the sensors"}}});
  all.push_back({"Warnings",
                 {"set", "release"},
                 {"wire_resistance", "cell_difference", "temperature_difference", "low_soc"},
                 {}});
  all.push_back({"Sensors and wires",
                 {"open", "short", "swapped", "wrong_curve", "detached", "resistance", "offset", "gain", "stale"},
                 {"lead", "ntc", "shunt", "pack_voltage", "cell_channel"},
                 {{"lead/short", "two leads that touch short a cell outside of the board"},
                  {"lead/wrong_curve", "a wire has none"},
                  {"lead/detached", "as open"},
                  {"lead/offset", "a wire has none"},
                  {"lead/gain", "a wire has none"},
                  {"lead/stale", "a wire has no memory"},
                  {"ntc/swapped", "two sensors of one type cannot be told apart, and the firmware treats them alike"},
                  {"ntc/resistance", "as another curve"},
                  {"ntc/offset", "as another curve"},
                  {"ntc/gain", "as another curve"},
                  {"ntc/stale", "read at each use, without a memory"},
                  {"shunt/short", "reads nothing, as an open one does"},
                  {"shunt/swapped", "the sign is the board's layout"},
                  {"shunt/wrong_curve", "as a gain"},
                  {"shunt/detached", "as open"},
                  {"shunt/resistance", "as a gain"},
                  {"shunt/stale", "read at each use, without a memory"},
                  {"pack_voltage/short", "as an offset to 0 V, under open"},
                  {"pack_voltage/swapped", "soldered"},
                  {"pack_voltage/wrong_curve", "as a gain"},
                  {"pack_voltage/detached", "as open"},
                  {"pack_voltage/resistance", "as a gain"},
                  {"pack_voltage/stale", "read at each use, without a memory"},
                  {"cell_channel/open", "as an open lead"},
                  {"cell_channel/short", "as an open lead at the end"},
                  {"cell_channel/swapped", "as swapped leads"},
                  {"cell_channel/wrong_curve", "as a gain"},
                  {"cell_channel/detached", "as an open lead"},
                  {"cell_channel/resistance", "as a lead's"}}});
  all.push_back({"MOSFETs",
                 {"stuck_on", "stuck_off", "one_dead", "slow_gate", "leaking"},
                 {"charge_bank", "discharge_bank"},
                 {{"charge_bank/slow_gate", "the other bank ends the current of a short circuit"},
                  {"discharge_bank/leaking", "as the charge bank's"}}});
  all.push_back(
      {"Balancing converter", {"stuck_selector", "leaking_store", "open_lead", "high_lead"}, {"converter"}, {}});
  all.push_back({"Chargers",
                 {"reversed", "too_high", "too_strong", "ripple", "pulsing", "returns_at_once", "into_short"},
                 {"charger"},
                 {}});
  all.push_back(
      {"Loads",
       {"too_strong", "short", "inrush", "ripple", "regeneration", "constant_power", "pulsing", "worn_contact"},
       {"load"},
       {}});
  all.push_back(
      {"Balancing",
       {"lfp", "nmc", "lto", "at_rest", "under_charge", "under_load", "lead_resistance", "cold", "overnight_8_mV",
        "trigger", "start_voltage", "switch", "current", "alarm", "imbalanced_charge", "after_power_cut"},
       {"balancing"},
       {}});
  all.push_back({"State of charge",
                 {"drift", "full_at_overvoltage", "empty_at_undervoltage", "soc_100", "soc_0", "float",
                  "learned_capacity", "weak_cell", "reset", "power_cut"},
                 {"soc"},
                 {}});
  all.push_back({"The life of a board",
                 {"sleep", "wake", "no_sleep", "emergency", "emergency_bounds", "heating", "heating_stop", "precharge",
                  "precharge_cut", "brown_out", "sag", "shut_down", "activation", "factory_reset", "watchdog", "flash"},
                 {"life"},
                 {}});
  all.push_back({"Several boards",
                 {"bus", "wrong_address", "fault_of_one", "power_loss_of_one", "three", "sizes"},
                 {"boards"},
                 {}});
  all.push_back(
      {"Endurance", {"drive_cycle", "overnight", "storage_30_days", "off_30_days", "cycling"}, {"endurance"}, {}});
  all.push_back(
      {"Packs (from the pack and the labels of the scenario)",
       {"overvoltage", "undervoltage", "over_current", "short", "temperature", "power_off", "balancing", "soc"},
       {"4s", "8s", "16s", "24s", "lfp", "nmc", "lto"},
       {{"nmc/power_off", "no cell in it, only the settings"}, {"nmc/soc", "no cell in it, only the settings"}}});
  return all;
}

std::string counted(const std::set<std::string>& names) { return std::to_string(names.size()); }

std::string table(const Family& family, const std::map<std::string, std::set<std::string>>& covered) {
  std::string text = "| |", line = "\n|---|", below;
  for (const std::string& aspect : family.aspects) {
    text += " " + aspect + " |";
    line += "---|";
  }
  text += line + "\n";
  for (const std::string& row : family.rows) {
    text += "| `" + row + "` |";
    for (const std::string& aspect : family.aspects) {
      const std::string label = row + "/" + aspect;
      const auto at = covered.find(label);
      const bool is_free = family.not_applicable.contains(label);
      text += at != covered.end() ? " " + counted(at->second) + " |" : is_free ? " – |" : " **hole** |";
      if (is_free) below += (below.empty() ? "\n–: " : "; ") + ("`" + label + "` " + family.not_applicable.at(label));
    }
    text += "\n";
  }
  return text + (below.empty() ? "" : below + ".\n");
}

std::string holes(const std::map<std::string, std::set<std::string>>& covered) {
  std::string text;
  for (const Family& family : families()) {
    for (const std::string& row : family.rows) {
      for (const std::string& aspect : family.aspects) {
        const std::string label = row + "/" + aspect;
        if (covered.contains(label) || family.not_applicable.contains(label)) continue;
        text += "- " + family.title + ": `" + label + "`\n";
      }
    }
  }
  return text.empty() ? "None.\n" : text;
}

}  // namespace

const std::vector<Family>& families() {
  static const std::vector<Family> all = make_families();
  return all;
}

std::map<std::string, std::set<std::string>> coverage(const std::vector<Scenario>& scenarios) {
  std::map<std::string, std::set<std::string>> covered;
  for (const Scenario& scenario : scenarios) {
    for (const std::string& label : scenario.labels) {
      const std::size_t stroke = label.find('/');
      if (stroke == std::string::npos) continue;
      covered[label].insert(scenario.name);
      const std::string ordeal = ordeal_of(label.substr(0, stroke));
      if (ordeal.empty()) continue;
      for (const BoardSetup* setup : setups_of(scenario)) {
        covered[std::to_string(setup->pack.cells) + "s/" + ordeal].insert(scenario.name);
        covered[chemistry_of(setup->pack) + "/" + ordeal].insert(scenario.name);
      }
    }
  }
  std::set<std::string> rows;
  for (const std::string& row : families().back().rows) rows.insert(row);
  std::erase_if(covered, [&](const auto& entry) {  // packs of other sizes
    const std::string row = entry.first.substr(0, entry.first.find('/'));
    return row == "other" ||
           (row.back() == 's' && row.find_first_not_of("0123456789") == row.size() - 1 && !rows.contains(row));
  });
  return covered;
}

std::string page(const std::vector<Scenario>& scenarios) {
  const auto covered = coverage(scenarios);
  std::string text = R"(# What the library covers

Made from the labels of the shipped scenarios by `library_page` (`tests/rig/scenario`); a test compares. Figures are
numbers of scenarios; `cellrig run --label cell_ovp/delay` runs those of a field. What a row of the protections does:
[protections.md](protections.md). Aspects: *set* trips at its value and in time, *delay* forgives what is shorter,
*release* comes back, *re-trip* trips again while its cause stays, *reset* and *power_cut* forget nothing.

A test demands at least 120 different pairs of claim and stimulus. A stimulus is the kinds of actions with their keys,
the settings that differ from the board's defaults and its nearest preset, and what the start says; a claim is its
words and signals. Neither knows numbers, cells, times, boards or packs, so a family of scenarios counts once.

## Holes

)";
  text += holes(covered);
  for (const Family& family : families()) text += "\n## " + family.title + "\n\n" + table(family, covered);
  return text;
}

}  // namespace rig::scenario::library
