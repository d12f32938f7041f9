// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/model_pages.hpp"

#include <algorithm>

#include "models/afe/visit.hpp"
#include "models/balancing_converter/visit.hpp"
#include "models/cell/visit.hpp"
#include "models/flash/visit.hpp"
#include "models/mosfet/visit.hpp"
#include "models/ntc/visit.hpp"
#include "models/pack/visit.hpp"
#include "models/port/visit.hpp"
#include "rig/scenario/model_number.hpp"
#include "rig/scenario/parts.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

using models::math::Choice;
using models::math::Parameter;

std::string in_group(const char* group, const char* key) {
  return (*group == '\0' ? "" : std::string(group) + ".") + key;
}

std::string standard_of(const Parameter& p, double standard) {
  return p.required ? "required" : p.allows(standard) ? amount_of(p, standard) : "none";
}

/// Collects what a visit list names; the target holds the default.
class Keys {
 public:
  explicit Keys(std::string where) { section_.where = std::move(where); }

  void operator()(const Parameter& p, double standard) {
    const bool one_way = p.low == 0 && p.open;
    const std::string low = one_way ? "above 0" : amount_of(p, p.low);
    section_.keys.push_back({in_group(p.group, p.key), p.unit, standard_of(p, standard),
                             low + (one_way ? ", at most " : " to ") + amount_of(p, p.high), p.meaning, p.source});
  }
  void operator()(const Parameter& p, const models::cell::Lattice& standard) {
    const auto linear = models::cell::OverTemperature::linear;
    (*this)(p, standard.empty() ? p.standard : standard.at(0, 25, 0, linear));
  }
  Keys& add(const Parameter& p, double standard = 0) {
    (*this)(p, standard);
    return *this;
  }
  Keys& add(const Choice& c) {
    const std::vector<std::string> words = words_of(c);
    section_.keys.push_back({in_group(c.group, c.key), words.empty() ? "file" : "word",
                             c.required ? "required" : words.front(), joined(words), c.meaning, ""});
    return *this;
  }
  /// What is no number: a name, a reference to a file, the place of a wire.
  Keys& text(const char* key, const char* meaning, bool required = false, const char* unit = "text") {
    section_.keys.push_back({key, unit, required ? "required" : "", "", meaning, ""});
    return *this;
  }
  Keys& source() { return text("source", "where the numbers come from"); }
  template <class Params>
  Keys& all() {
    Params standard;
    visit(*this, standard);
    return *this;
  }
  operator ModelSection() { return section_; }  // NOLINT: what it is for

 private:
  ModelSection section_;
};

ModelSection cell_numbers() {
  Keys keys("cell file (scenarios/packs/cells/*.yaml), named by `cell:` of a pack file");
  keys.text("name", "for people", true).text("source", "where the numbers come from", true);
  keys.text("validity", "where they hold");
  for (const auto& t : models::cell::parameter_tables)
    keys.text(in_group(t.group, t.key).c_str(), (std::string(t.meaning) + "; columns " + t.columns).c_str(), true,
              "file");
  keys.all<models::cell::CellParams>();
  keys.add(models::cell::over_temperature_choice)
      .add(models::cell::shifts_voltage_choice)
      .add(models::cell::rc_heat_choice);
  for (const Parameter& p : models::cell::end_slopes) keys.add(p);
  for (const char* group : {"hysteresis", "entropy", "self_discharge", "heat", "end_slopes"})
    keys.text(in_group(group, "source").c_str(), "where these numbers come from");
  return keys;
}

ModelPage cell_page() {
  return {"cell",
          {},
          "One lithium-ion cell: open-circuit voltage, hysteresis, R0 and two RC pairs, heat",
          "docs/models/cell.md",
          {cell_numbers(), Keys("action `cell[n]:`, any of these, or healthy")
                               .all<models::cell::CellFaults>()
                               .add(models::cell::open_weld_choice)
                               .add(models::cell::reversed_choice)}};
}

ModelPage pack_page() {
  Keys board("board file: what the current of the pack meets on the board, and what the board draws");
  board.all<models::pack::BoardParams>();
  for (const char* group : {"supply", "mos_thermal", "precharge", "charge_limiter", "heater"})
    board.text(in_group(group, "source").c_str(), "where these numbers come from");
  return {"pack",
          {},
          "Cells in series with their links, the board in their loop",
          "docs/models/pack.md",
          {Keys("pack file (scenarios/packs/*.yaml), named by `pack:` of a scenario")
               .text("name", "for people", true)
               .add(cells_of_a_pack)
               .text("cell", "the cell file", true, "file")
               .all<models::pack::WiringParams>()
               .all<models::cell::SpreadParams>()
               .add(seed_of_a_spread)
               .text("spread.source", "where these numbers come from")
               .all<models::cell::CellSpread>()
               .source(),
           board}};
}

ModelPage mosfet_page() {
  return {
      "mosfet",
      {"charge_bank", "discharge_bank"},
      "The two banks of parallel MOSFETs in the main path",
      "docs/models/mosfet.md",
      {Keys("board file, `charge_bank:` and `discharge_bank:`").all<models::mosfet::BankParams>().source(),
       Keys("action `charge_bank:` or `discharge_bank:` and one of the words").add(models::mosfet::bank_state_choice)}};
}

ModelPage port_page() {
  return {"port",
          {"charger", "load", "inverter", "motor", "short", "profile"},
          "What hangs on the terminals of the pack; several at once",
          "docs/models/port.md",
          {Keys("action `charger:`, or off").all<models::port::Charger>().add(models::port::polarity_choice),
           Keys("action `load:`, or off; one of the three").all<models::port::Load>(),
           Keys("action `inverter:`, or off").all<models::port::Inverter>().all<models::port::InverterStart>(),
           Keys("action `motor:`, or off").all<models::port::Motor>(),
           Keys("action `short:`, or off").all<models::port::Short>(),
           Keys("action `profile:`, or off")
               .text("file", "CSV with the columns time_s, current_A", true, "file")
               .add(models::port::positive_choice)
               .add(models::port::interpolation_choice)}};
}

ModelPage converter_page() {
  return {"balancing_converter",
          {"converter", "balancer"},
          "The active balancer: one cell at a time against a super-capacitor store",
          "docs/models/balancing_converter.md",
          {Keys("board file, `converter:`").all<models::balancing_converter::ConverterParams>().source(),
           Keys("action `balancer:`, one of these, or normal").all<models::balancing_converter::ConverterFaults>()}};
}

ModelPage ntc_page() {
  return {
      "ntc",
      {},
      "Temperature sensors: thermistor, divider, bead",
      "docs/models/ntc.md",
      {Keys("board file, `ntc:`").all<models::ntc::SensorParams>().add(models::ntc::curve_choice).source(),
       Keys("action `ntc[n]:`, or open, short, detached (hangs in the air), normal").add(models::ntc::curve_choice)}};
}

Keys& input_of(Keys& keys) {
  models::afe::InputParams standard;
  visit(keys, standard, "V");
  return keys.add(models::afe::bipolar_choice);
}

ModelPage afe_page() {
  Keys adc("board file, `adc:`, each entry; A in place of V for port_current, % for the sensors");
  adc.text("first", "number of the first channel", true, "").text("count", "so many channels in a row; 1", false, "");
  adc.text("is", "what it measures", true);
  Keys input("board file, `inputs:` of an entry of `spi:`, channel 0 first; A or % in place of V as in `adc:`");
  input.text("is", "what it measures", true);
  return {
      "afe",
      {"measuring", "adc", "lead"},
      "The measuring chain: sense leads, multiplexer, input filter, converter",
      "docs/models/afe.md",
      {input_of(adc),
       Keys("board file, `scans:`, each entry")
           .text("group", "number of the scan", true, "")
           .text("is", "what it scans", true)
           .all<models::afe::ScanParams>()
           .text("order", "channels from 1 in the order of the scan; as numbered when not said"),
       Keys("board file, `sense_leads:`").all<models::afe::LeadParams>().source(),
       Keys("board file, `spi:`, each entry")
           .text("bus", "number of the bus", true, "")
           .text("is", "the chip: mcp3208", true)
           .text("select_gpio", "pin of its chip select", true, "")
           .all<models::afe::SpiParams>()
           .text("inputs", "what its channels measure, a list", true),
       input_of(input),
       Keys("action `lead[n]:` (0 = B-, n = plus of cell n), one of these, or open, normal")
           .add(models::afe::corroded)
           .text("swapped_with", "the lead that sits in its place", false, ""),
       Keys("action `measuring:`")
           .text("of", ("the input: " + joined(place_of("do.measuring").at("of").words) + ", cell_voltage[n]").c_str(),
                 true)
           .text("offset", "in the unit of the input; 0 takes it away", false, "V or A")
           .add(models::afe::gain_fault)}};
}

ModelPage flash_page() {
  return {"flash",
          {"nv"},
          "Flash of the microcontroller: what outlives the supply, and what a cut in the middle leaves",
          "docs/models/flash.md",
          {Keys("board file, `nv:`; without it there are 4096 bytes that can be written at any time, at once")
               .all<models::flash::FlashParams>()
               .source()}};
}

}  // namespace

const std::vector<ModelPage>& model_pages() {
  static const std::vector<ModelPage> pages{cell_page(),      pack_page(), mosfet_page(), port_page(),
                                            converter_page(), ntc_page(),  afe_page(),    flash_page()};
  return pages;
}

const ModelPage* find_model(std::string_view name) {
  const auto is_called = [&](const ModelPage& page) {
    return page.name == name || std::ranges::find(page.also, name) != page.also.end();
  };
  const auto found = std::ranges::find_if(model_pages(), is_called);
  return found == model_pages().end() ? nullptr : &*found;
}

std::vector<std::string> model_names() {
  std::vector<std::string> names;
  for (const ModelPage& page : model_pages()) {
    names.push_back(page.name);
    names.insert(names.end(), page.also.begin(), page.also.end());
  }
  return names;
}

}  // namespace rig::scenario
