// SPDX-License-Identifier: Apache-2.0
#include "models/afe/visit.hpp"
#include "models/balancing_converter/visit.hpp"
#include "models/cell/visit.hpp"
#include "models/mosfet/visit.hpp"
#include "models/ntc/visit.hpp"
#include "models/port/visit.hpp"
#include "rig/scenario/key_tables.hpp"

namespace rig::scenario {
namespace {

using namespace key_table;
namespace port = models::port;
using D = Dimension;

std::vector<Key> moments() {
  return {
      quantity("at", D::time, "so long after the start of the run", "5 s").in(0, longest_s),
      quantity("after", D::time,
               "so long after the entry before, whatever that waited for, after its last time when it is repeated; "
               "beside `when`, so long after that",
               "5 s")
          .in(0, longest_s),
      condition("when",
                "the instant at which the condition or edge is true for the first time from the entry before on; one "
                "that never comes fails the run",
                "charge_fet turns off"),
      bit("may not happen", "the condition of `when` need not come", "yes").only_beside("when"),
      mapping("repeat", "do.repeat", "the action several times")};
}

Key charge_or(const char* name, const char* words, const char* meaning, const char* example) {
  return word(name, words, meaning).shown_as(example);
}

Key device(const char* name, const char* meaning) {
  return mapping(name, (std::string("do.") + name).c_str(), meaning).or_words("off");
}

Key switched(const char* name) {
  return bit(name, "a part of the board, switched from outside of its firmware; the board must have it, on no pin");
}

std::vector<Key> actions() {
  return {
      device("charger", "a charger on the port"),
      device("load", "a load on the port; one of its three kinds"),
      device("inverter",
             "a power load behind a DC-link capacitor, empty when not said otherwise; the power starts later"),
      device("motor", "draws and gives back in turn"),
      device("short", "a short circuit across the port"),
      device("profile", "the current of a file; its time 0 is the moment of the action"),
      quantity("ambient", D::temperature, "of the air", "40 degC").in(-60, 150),
      mapping("cell[n]", "do.cell[n]",
              "what goes wrong in cell n from now on; what is not named stays, healthy takes all of it away")
          .or_words("healthy"),
      quantity("cell[n].temperature", D::temperature, "of cell n, brought there at once", "60 degC").in(-60, 150),
      quantity("cell[n].soc", D::ratio, "state of charge of cell n, brought there from outside, at once", "98 %")
          .in(0, 1),
      quantity("link[n]", D::resistance, "contact resistance added to the link of cell n", "5 mohm").at_least(0),
      charge_or("charge_bank", models::mosfet::bank_state_choice.words, models::mosfet::bank_state_choice.meaning,
                "stuck on"),
      charge_or("discharge_bank", models::mosfet::bank_state_choice.words, models::mosfet::bank_state_choice.meaning,
                "stuck on"),
      switched("precharge"),
      switched("charge_limiter"),
      switched("heater"),
      bit("supply", "the supply lead of the board", "off"),
      word("firmware", "stall|hang", "the controller's clock stops; its main loop never comes back, interrupts go on"),
      word("reset", "firmware", "the controller starts anew"),
      word("adc", "stop|run", "scans of the cells start but never end; they do again"),
      word("button", "pressed|released", "the board's button"),
      mapping("send", "do.send", "a client sends these bytes: whole frames with their checksum, or garbage"),
      mapping("poll", "do.poll", "a Modbus client reads the block 0x1200 at that period, as `modbus.…`")
          .or_words("off"),
      mapping("flood", "do.flood",
              "somebody fills this share of the time of the wire; CAN frames have the highest rank, or `id`"),
      mapping("line", "do.line",
              "how good the wire is, in both directions, by chance of the run's seed; what is not given is sound"),
      mapping("hold", "do.hold",
              "ideal sources in place of cells, as on a bench: voltage whatever the current, state frozen; marked "
              "imposed, only in a scenario labelled threshold; off gives all cells back")
          .or_words("off"),
      mapping("ntc[n]", "do.ntc[n]", "sensor 1 or 2; detached: it hangs in the air")
          .or_words("open|short|detached|normal"),
      mapping("lead[n]", "do.lead[n]", "sense lead, 0 is B-, n the plus of cell n").or_words("open|normal"),
      mapping("balancer", "do.balancer", "what is wrong with the balancer; one of these").or_words("normal"),
      mapping("measuring", "do.measuring", "an error of one input's chain"),
  };
}

/// The limit of a current may be a multiple of the capacity, too.
std::vector<Key> with_rate(std::vector<Key> keys) {
  for (Key& key : keys) {
    if (key.name == "current") key = key.or_unit("C");
  }
  return keys;
}

std::vector<Key> or_off(std::vector<Key> keys) {
  for (Key& key : keys) key = key.or_words("off");
  return keys;
}

std::vector<Place> device_places() {
  const Key interpolation = of(port::interpolation_choice), positive = of(port::positive_choice);
  return {{"do.charger",
           "a charger",
           all_of({shown(shown(with_rate(numbers_of<port::Charger>()), "current", "84 A"), "voltage", "29.2 V"),
                   {of(port::polarity_choice)}}),
           {},
           {}},
          {"do.load", "a load", with_rate(numbers_of<port::Load>()), {}, {"current", "resistance", "power"}},
          {"do.inverter",
           "an inverter",
           all_of({shown(numbers_of<port::Inverter>(), "power", "500 W"), numbers_of<port::InverterStart>()}),
           {},
           {}},
          {"do.motor",
           "a drive",
           shown(shown(with_rate(numbers_of<port::Motor>()), "current", "40 A"), "regeneration", "20 A"),
           {},
           {}},
          {"do.short", "a short circuit", shown(numbers_of<port::Short>(), "resistance", "20 mohm"), {}, {}},
          {"do.profile",
           "a measured current",
           {file("file", "CSV with the columns time_s, current_A", "data/a123_udds_25degC.csv").required(), positive,
            interpolation},
           {},
           {}},
          {"do.cell[n]",
           "faults of a cell",
           all_of({or_off(numbers_of<models::cell::CellFaults>()),
                   {of(models::cell::open_weld_choice), of(models::cell::reversed_choice)}}),
           {},
           {},
           false,
           {"internal_short", "capacity_loss", "resistance_growth", "open_weld", "reversed"}}};
}

std::vector<Place> wire_places() {
  const char* const wires = "jk_4e57|jk_modbus|can";
  const char* const hex = "pairs of hexadecimal digits; random ones when not said";
  const Key baud =
      quantity("baud", D::bit_rate, "speed of the client; the board's when not said", "9600 bit/s").in(300, 4e6);
  return {
      {"do.send",
       "bytes of a client",
       {word("to", "jk_4e57|jk_modbus", "the UART").required(),
        text("bytes", "pairs of hexadecimal digits", "01 03 0D").required(), baud},
       {},
       {}},
      {"do.poll",
       "a Modbus client",
       {quantity("every", D::time, "its period", "1 s").in(0, longest_s, true).required(),
        whole("address", 1, 247, "of the board; that of the setting device_address when not said", "1"), baud},
       {},
       {}},
      {"do.flood",
       "a busy wire",
       {word("to", wires, "the wire").required(),
        quantity("load", D::ratio, "share of its time; 0 % ends it", "90 %").in(0, 1).required(),
        text("bytes", hex, "55 55"), whole("id", 0, 0x1FFFFFFF, "of CAN frames: 11 bit to 2047, beyond 29 bit", "773")},
       {},
       {}},
      {"do.line",
       "a bad wire",
       {word("of", wires, "the wire").required(),
        quantity("noise", D::ratio, "share of the bits that flip; a CAN frame is sent again", "200 ppm").in(0, 0.5),
        quantity("loss", D::ratio, "share of the bytes (CAN: frames) that get lost", "1 %").in(0, 1),
        quantity("delay", D::time, "how late each byte arrives; not of CAN", "10 ms").in(0, 10),
        bit("cut", "no wire at all")},
       {},
       {},
       false,
       {"noise", "loss", "delay", "cut"}},
  };
}

std::vector<Place> sensing_places() {
  using models::balancing_converter::ConverterFaults;
  const char* const inputs = "port_current|pack_voltage|port_voltage|balance_store";
  Key input = word("of", inputs, "the input; a cell as `cell_voltage[n]`, in quotes inside { }").required();
  input.kind = Key::Kind::text;
  return {
      {"do.hold",
       "voltages by cell",
       {quantity("cell[n].voltage", D::voltage, "of cell n, or off: it is the pack's own again", "3.601 V")
            .in(-20, 20)
            .or_words("off")},
       {},
       {}},
      {"do.ntc[n]",
       "another type of sensor",
       {of(models::ntc::curve_choice).shown_as("boards/data/ntc_10k_b3950.csv")},
       {},
       {}},
      {"do.lead[n]",
       "a sense lead",
       {of(models::afe::corroded),
        whole("swapped_with", 0, 24, "number of the lead with which it changed places", "4")},
       {},
       {"resistance", "swapped_with"}},
      {"do.balancer", "a faulty balancer", numbers_of<ConverterFaults>(), {}, {"stuck_on_cell", "store_leak"}},
      {"do.measuring",
       "an error of a chain",
       {input, amount("offset", "added to the value, in its unit; 0 when not said", "2 A"),
        of(models::afe::gain_fault)},
       {},
       {},
       false,
       {"offset", "gain_error"}},
  };
}

}  // namespace

std::vector<Place> action_keys() {
  std::vector<Place> places{
      {"do", "an action and its moment", all_of({moments(), actions()}), {}, {}, false, {"at", "after", "when"}},
      {"action", "what is done", actions(), {}, {}},
      {"do.repeat",
       "the action several times",
       {quantity("every", D::time, "from one time to the next", "10 s").in(0, longest_s, true).required(),
        whole("times", 2, 1'000'000, "how often in all", "3").required()},
       {},
       {}}};
  for (const auto& some : {device_places(), wire_places(), sensing_places()})
    places.insert(places.end(), some.begin(), some.end());
  return places;
}

}  // namespace rig::scenario
