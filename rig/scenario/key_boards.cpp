// SPDX-License-Identifier: Apache-2.0
#include "models/afe/visit.hpp"
#include "models/balancing_converter/visit.hpp"
#include "models/flash/visit.hpp"
#include "models/mosfet/visit.hpp"
#include "models/ntc/visit.hpp"
#include "models/pack/visit.hpp"
#include "rig/scenario/board_settings.hpp"
#include "rig/scenario/board_wiring.hpp"
#include "rig/scenario/key_tables.hpp"

namespace rig::scenario {
namespace {

using namespace key_table;
using D = Dimension;

const char* const pin_roles =
    "charge_gate|discharge_gate|short_circuit_comparator|balance_run|balance_direction|balance_select_0|"
    "balance_select_1|balance_select_2|balance_select_3|balance_select_4|precharge|charge_limiter|heater|"
    "watchdog_kick|spi_select|buzzer|led|dry_contact_1|dry_contact_2|button";

/// A mapping of numbers that may be completed by the board that this one is based on.
Place part(const char* name, const char* about, std::vector<Key> keys) {
  keys.push_back(source());
  return {name, about, std::move(keys), {}, {}, true};
}

Place top() {
  std::vector<Key> keys{
      file("based_on", "a board that this one overrides key by key; lists are replaced", "boards/jk_8s.yaml"),
      text("name", "what the firmware is told it is", "JK B2A8S20P").required(),
      text("firmware", "the firmware built beside the rig", "jk").required(),
      text("source", "where the numbers come from", "manual of the maker").as_list(Key::List::either),
      mapping("cells", "board.cells", "how many it takes in series").required(),
      mapping("pins", "board.pins", "of the controller").as_list().required(),
      mapping("adc", "board.adc", "inputs of the controller's converter").as_list(),
      mapping("scans", "board.scans", "groups of channels that are measured one after the other").as_list(),
      mapping("uarts", "board.uarts", "serial ports").as_list(),
      mapping("can", "board.can", "CAN buses").as_list(),
      mapping("nv", "board.nv", "flash; without it there are 4096 bytes that can be written at any time"),
      mapping("spi", "board.spi", "chips on SPI buses").as_list(),
      quantity("telemetry_poll", D::time, "how often the rig asks the firmware for its state", "200 ms")
          .in(0, longest_s, true),
      quantity("watchdog", D::time, "without a kick for so long the controller is reset; 0 s: none", "2 s")
          .in(0, longest_s),
      quantity("start_up", D::time, "from the end of a reset to the firmware's first instruction", "50 ms")
          .in(0, longest_s),
      mapping("supply", "board.supply", "the supervisor, and what the board draws"),
      mapping("precharge", "board.precharge", "a resistor across the discharge bank; without it the board has none"),
      mapping("charge_limiter", "board.charge_limiter", "a limiter of the charging current; without it there is none"),
      mapping("heater", "board.heater", "a heater of the pack; without it the board has none"),
      mapping("charge_bank", "board.charge_bank", "the MOSFETs that stop charging").required(),
      mapping("discharge_bank", "board.discharge_bank", "the MOSFETs that stop discharging").required(),
      mapping("mos_thermal", "board.mos_thermal", "the plate that carries the MOSFETs"),
      mapping("ntc", "board.ntc", "the temperature sensors").required(),
      mapping("converter", "board.converter", "the active balancer"),
      mapping("sense_leads", "board.sense_leads", "the leads to the cells"),
      mapping("settings", "board.settings", "settings of the firmware by name"),
      mapping("presets", "board.presets", "settings by name of the preset")};
  return {"board", "a board", all_of({keys, numbers_of<models::pack::BoardParams>()}), {}, {}, true};
}

std::vector<Key> input_numbers() {
  std::vector<Key> keys;
  models::afe::InputParams standard;
  models::afe::visit(FromModel(keys, ""), standard, "V");
  for (Key& key : keys) {
    const bool in_unit = key.dimension == D::voltage;
    if (!in_unit) continue;
    key.kind = Key::Kind::amount;  // V, A of port_current, % of the sensors
    if (key.name == "noise_sigma") key.unit = "LSB";
  }
  keys.push_back(of(models::afe::bipolar_choice));
  return shown(std::move(keys), "full_scale", "5 V");
}

std::vector<Place> wiring() {
  const auto is = [](const char* words, const char* meaning) { return word("is", words, meaning).required(); };
  const auto measured = [](const char* meaning) { return word("is", measured_names(), meaning).required(); };
  Key input_is = measured("what it measures; a cell as `cell_voltage[n]`");
  input_is.kind = Key::Kind::text;
  std::erase(input_is.words, "cell_voltage");
  input_is.example = "cell_voltage[1]";
  return {{"board.cells",
           "how many cells",
           {whole("min", 1, 24, "at least", "3").required(), whole("max", 1, 24, "at most", "8").required()},
           {},
           {},
           true},
          {"board.pins",
           "a pin",
           {whole("gpio", 0, 255, "its number", "40").required(),
            is(pin_roles, "what it is wired to; each on one pin, spi_select on several").shown_as("button"),
            word("direction", "in|out", "of the controller; in for the comparator and the button")
                .required()
                .shown_as("out"),
            whole("reset_level", 0, 1, "of an output while the controller is in reset", "0")},
           {},
           {}},
          {"board.adc",
           "inputs of the converter; the sensors are ratiometric, full scale 100 %",
           all_of({{whole("first", 0, 255, "number of the first channel", "40").required(),
                    whole("count", 1, 64, "so many channels in a row; 1 when not said", "8"),
                    measured("what they measure")},
                   input_numbers()}),
           {},
           {}},
          {"board.scans",
           "a scan",
           all_of({{whole("group", 0, 255, "its number", "0").required(), measured("what it scans")},
                   numbers_of<models::afe::ScanParams>(),
                   {whole("order", 1, 64, "channels from 1, each once; those left out follow", "1").as_list()}}),
           {},
           {}},
          {"board.uarts",
           "a serial port",
           {whole("port", 0, 15, "its number", "7").required(),
            is("jk_4e57|jk_modbus|jk_display", "which client of the rig speaks there, each on one port"),
            quantity("baud", D::none, "bits a second; 115200 when not said", "115200").in(0, 1e9, true),
            whole("queue", 1, 1 << 20, "bytes under way at most; 512 when not said", "512")},
           {},
           {}},
          {"board.can",
           "a CAN bus",
           {whole("bus", 0, 15, "its number", "7").required(),
            quantity("bitrate", D::bit_rate, "until the firmware sets its own", "250 kbit/s").in(10e3, 1e6).required(),
            whole("queue", 1, 1024, "frames under way at most, in each direction; 16 when not said", "16")},
           {},
           {}},
          part("board.nv", "flash", numbers_of<models::flash::FlashParams>()),
          {"board.spi",
           "a chip on a SPI bus",
           all_of({{whole("bus", 0, 15, "number of the bus", "0").required(), is("mcp3208", "its type"),
                    whole("select_gpio", 0, 255, "pin that selects it", "40").required()},
                   numbers_of<models::afe::SpiParams>(),
                   {mapping("inputs", "board.spi.inputs", "at most 8, channel 0 first").as_list().required()}}),
           {},
           {}},
          {"board.spi.inputs", "an input of the chip", all_of({{input_is}, input_numbers()}), {}, {}}};
}

std::vector<Place> parts() {
  using models::mosfet::BankParams;
  using models::pack::BoardParams;
  return {part("board.supply", "supply", numbers_of<BoardParams>("supply")),
          part("board.precharge", "precharge resistor", numbers_of<BoardParams>("precharge")),
          part("board.charge_limiter", "limiter of the charging current", numbers_of<BoardParams>("charge_limiter")),
          part("board.heater", "heater", numbers_of<BoardParams>("heater")),
          part("board.mos_thermal", "plate of the MOSFETs",
               shown(numbers_of<BoardParams>("mos_thermal"), "to_ambient", "3 K/W")),
          part("board.charge_bank", "bank of MOSFETs", numbers_of<BankParams>()),
          part("board.discharge_bank", "bank of MOSFETs", numbers_of<BankParams>()),
          part("board.ntc", "temperature sensors",
               all_of({numbers_of<models::ntc::SensorParams>(),
                       {of(models::ntc::curve_choice).shown_as("boards/data/ntc_10k_b3950.csv")}})),
          part("board.converter", "balancer", numbers_of<models::balancing_converter::ConverterParams>()),
          part("board.sense_leads", "leads to the cells", numbers_of<models::afe::LeadParams>())};
}

std::vector<Place> setting_places() {
  const Key value = scalar("*", "value of the setting of this name", "3.6 V");
  return {{"board.settings", "settings by name", {}, mapping("*", "board.setting", "a setting"), {}, true},
          {"board.setting",
           "a setting",
           {word("unit", setting_units(), "integer unit of the firmware: it takes whole steps of this")
                .required()
                .shown_as("mV"),
            scalar("default", "in a unit of the same kind; on or off of a bit", "3.6 V").required(),
            scalar("min", "what is below is refused", "1.2 V"), scalar("max", "what is above is refused", "4.35 V"),
            source()},
           {},
           {},
           true},
          {"board.presets", "presets by name", {}, mapping("*", "board.preset", "a preset"), {}, true},
          {"board.preset", "values of settings by name", {source()}, value, {}, true}};
}

}  // namespace

std::vector<Place> board_keys() {
  std::vector<Place> places{top()};
  for (const auto& some : {wiring(), parts(), setting_places()}) places.insert(places.end(), some.begin(), some.end());
  return places;
}

}  // namespace rig::scenario
