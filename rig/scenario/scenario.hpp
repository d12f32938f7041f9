// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/afe/params.hpp"
#include "models/balancing_converter/params.hpp"
#include "models/cell/params.hpp"
#include "models/flash/params.hpp"
#include "models/mosfet/bank.hpp"
#include "models/ntc/visit.hpp"
#include "models/pack/params.hpp"
#include "rig/scenario/claim.hpp"

namespace rig::scenario {

/// Uniform or non-uniform table read from CSV in the project's own folders; x strictly increasing.
struct Curve {
  std::vector<double> x, y;
};

/// packs/cells/*.yaml: one kind of cell. The keys: models/cell/visit.hpp.
struct CellSpec {
  std::string name, source, validity;
  double capacity_Ah = 0;  // nominal
  models::cell::CellParams params;
  SourcePosition position;
};

/// packs/*.yaml
struct PackSpec : models::pack::WiringParams {
  std::string name;
  int cells = 0;
  CellSpec cell;
  models::cell::SpreadParams spread;
  int spread_seed = 0;
  std::map<int, models::cell::CellSpread> cell_spread;  // given cell by cell, from 1; 0 = not given
  SourcePosition position;
};

using AdcSpec = models::afe::InputParams;  // one channel kind of the board's measuring chain

/// boards/*.yaml: what is wired to which number of board.h, and the parts on the board.
struct BoardSpec : models::pack::BoardParams {
  std::string name, firmware;  // "JK-B2A8S20P", "jk" (the .so built beside the rig)
  int min_cells = 0, max_cells = 0;
  struct Pin {
    std::uint32_t number = 0;
    std::string is;
    bool output = false;
    int reset_level = 0;
  };
  std::vector<Pin> pins;  // is: charge_gate discharge_gate short_circuit_comparator balance_run balance_direction
                          // balance_select_0…4 watchdog_kick …
  struct Adc {
    std::uint32_t first = 0;
    std::uint32_t count = 1;
    std::string is;
    AdcSpec spec;
  };
  std::vector<Adc> adc;  // is: cell_voltage port_current pack_voltage port_voltage ntc_1 ntc_2 ntc_mos balance_store
  struct Scan : models::afe::ScanParams {
    std::uint32_t group = 0;
    std::string is;
    std::vector<int> order;  // of the channels, from 0; empty = as they are numbered
  };
  std::vector<Scan> scans;  // is: cell_voltage
  struct Uart {
    std::uint32_t port = 0;
    std::string is;
    double baud = 115200;
    std::uint32_t queue_bytes = 512;
  };
  std::vector<Uart> uarts;  // is: jk_4e57 jk_modbus jk_display, the client of the rig that speaks there; each once
  struct Can {
    std::uint32_t bus = 0;
    double bit_per_s = 500e3;
    std::uint32_t queue_frames = 16;  // of the controller, in each direction
  };
  std::vector<Can> can;
  double telemetry_poll_s = 0.2;
  /// A chip on an SPI bus whose chip select is a GPIO (driven by spi_xfer's hold_cs or bit-banged by the firmware).
  struct SpiDevice : models::afe::SpiParams {
    std::uint32_t bus = 0;
    std::string is;
    std::uint32_t select_gpio = 0;
    std::vector<std::pair<std::string, AdcSpec>> inputs;
  };  // is: mcp3208; inputs: "cell_voltage[1]", "port_current", "ntc_1", …
  std::vector<SpiDevice> spi;
  std::optional<models::flash::FlashParams> nv;  // none: plain bytes
  double watchdog_s = 0;                         // 0 = none
  double start_up_s = 0.05;                      // from release of reset to create()
  using Bank = models::mosfet::BankParams;
  Bank charge_bank, discharge_bank;
  struct Ntc : models::ntc::SensorParams {
    Curve r_ohm_over_degC;
  };
  Ntc ntc;
  models::balancing_converter::ConverterParams converter;
  models::afe::LeadParams leads;
  /// Every setting the firmware knows: name -> unit of its integer and value (base unit) in each preset.
  struct Setting {
    std::string name;
    Dimension dimension = Dimension::none;
    double unit_size = 1; /* e.g. 0.001 for mV */
    double value = 0;
    std::optional<double> min = {}, max = {};  // base unit; not given: whatever fits the firmware's integer
  };
  std::map<std::string, std::map<std::string, double>> presets;  // preset -> setting -> value in the base unit
  std::vector<Setting> settings;
  SourcePosition position;
};

/// `when: P` in `do:`: comes once, at the first instant with P true from its start on, which is that of the entry
/// before.
struct Cue {
  Expression when;
  int after_cue = -1;  // its start: from_s after this one came; -1 = of the run
  double from_s = 0;
  bool may_not_happen = false;
  SourcePosition position;
};

/// One entry of `do:`.
struct Action {
  double at_s = 0;  // of the run; with a cue: after that came
  int cue = -1;     // index of Scenario::cues
  int times = 1;    // done again `every_s` after each other
  double every_s = 0;
  std::size_t board = 0;  // whose: index of setups_of()
  std::string target;     // charger load short profile ambient supply firmware cell hold ntc lead balancer measuring
  std::map<std::string, Quantity> values;    // current, voltage, resistance, inductance, power, …; bits: off = 1
  std::map<std::string, std::string> words;  // e.g. profile file (absolute path), column names
  Curve series;  // profile: time [s], current [A, charging positive], as read from the file; ntc: degC, ohm
  int cell = 0;  // 1-based for cell[n], ntc[n]; 0 = all; lead[n] as it is
  SourcePosition position;
};

/// A board, the pack it protects, and how they begin.
struct BoardSetup {
  std::string called;  // "a" of `boards:`; empty: the only one
  BoardSpec board;
  PackSpec pack;
  std::map<std::string, double> settings;  // every setting of the board, resolved: preset, then overrides; base units
  std::map<std::string, double>
      start;  // "soc", "cell[3].soc", "ambient", "temperature", "cell[2].temperature"; base units

  /// In front of the names of its signals and actions: "a.", or nothing.
  [[nodiscard]] std::string prefix() const { return called.empty() ? called : called + "."; }
};

/// A file as it was read.
struct InputFile {
  std::filesystem::path path;
  std::shared_ptr<const std::string> bytes;
};

/// One scenario = one claim about a board, with everything needed to run it. Of several (`boards:`) it is the first,
/// and the others stand behind; their Modbus ports share one RS485 bus.
struct Scenario : BoardSetup {
  std::string name, about;
  std::string template_name;  // of which it is an instance; of a family without a template its name; "" = of none
  std::vector<std::string> shows, labels;
  std::vector<BoardSetup> others;
  std::vector<Action> actions;  // in order of time; behind them those with a cue, as they stand in the file
  std::vector<Cue> cues;
  double run_for_s = 0;
  double trace_interval_s = 0;  // 0 = chosen from run_for
  std::vector<Claim> claims;
  std::vector<Claim> invariants;  // what holds in every run, for each board; not armed is no failure
  std::filesystem::path file;
  SourcePosition position;
  std::string sha256;             // of the scenario file's bytes and of every file it refers to, in order
  std::vector<InputFile> inputs;  // those files
};

/// All boards of a scenario, in order.
[[nodiscard]] inline std::vector<const BoardSetup*> setups_of(const Scenario& scenario) {
  std::vector<const BoardSetup*> setups{&scenario};
  for (const BoardSetup& other : scenario.others) setups.push_back(&other);
  return setups;
}

}  // namespace rig::scenario
