// SPDX-License-Identifier: Apache-2.0
// What `cellrig explain` says of the models is what the readers accept and what the program uses.
#include "rig/scenario/model_pages.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "models/afe/visit.hpp"
#include "models/balancing_converter/visit.hpp"
#include "models/cell/visit.hpp"
#include "models/flash/visit.hpp"
#include "models/mosfet/visit.hpp"
#include "models/ntc/visit.hpp"
#include "models/pack/visit.hpp"
#include "models/port/visit.hpp"
#include "rig/scenario/model_number.hpp"
#include "rig/scenario/reader.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;
using models::math::Parameter;
using ::testing::IsSupersetOf;
using Names = std::set<std::string>;

constexpr const char* unknown = "qqqqqqqqqqqqqqqqqqqqqqqq";  // near to no key

struct Texts {
  std::string board = "based_on: boards/jk_8s.yaml\n";
  std::string pack = "name: x\ncells: 8\ncell: cell.yaml\nbusbar: 0.06 mohm\n";
  std::string cell =
      "name: x\nsource: y\ncapacity: 2 Ah\nocv: ocv.csv\nresistances: r.csv\nheat: {capacity: 70 J/K, to_ambient: 0.1 "
      "W/K}\n";
  std::string action = "load: {current: 1 A}";
};

class ModelPages : public testing::Test {
 public:
  ModelPages() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write("ocv.csv", "soc,ocv_V\n0,3\n1,4\n");
    write("r.csv", "r0_ohm,r1_ohm,tau1_s,r2_ohm,tau2_s\n0.01,0.01,10,0,1\n");
    write("ntc.csv", "temperature_degC,r_ohm\n0,30000\n25,10000\n50,4000\n");
  }
  ~ModelPages() override { fs::remove_all(folder_); }
  ModelPages(const ModelPages&) = delete;
  ModelPages& operator=(const ModelPages&) = delete;

 protected:
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  std::vector<Scenario> read(const Texts& files) {
    write("board.yaml", files.board);
    write("pack.yaml", files.pack);
    write("cell.yaml", files.cell);
    write("s.yaml", "s:\n  board: board.yaml\n  pack: pack.yaml\n  run_for: 10 s\n  do:\n    - at: 0 s\n      " +
                        files.action + "\n  expect:\n    - always: charge_gate is off\n");
    errors_.clear();
    return read_scenarios(folder_ / "s.yaml", CELLRIG_SCENARIOS, errors_);
  }

  /// What the reader of the mapping that holds the unknown key says that it knows.
  Names known(const Texts& files) {
    (void)read(files);
    for (const ScenarioError& error : errors_) {
      const std::string sentence = error.sentence(), start = std::string(unknown) + " is not a key here. Known: ";
      const std::size_t at = sentence.find(start);
      if (at != std::string::npos) return split(sentence.substr(at + start.size()));
    }
    ADD_FAILURE() << "nobody refused " << unknown;
    return {};
  }

  static Names split(const std::string& list) {
    Names names;
    for (std::size_t at = 0; at < list.size();) {
      const std::size_t comma = std::min(list.find(", ", at), list.size());
      names.insert(list.substr(at, comma - at));
      at = comma + 2;
    }
    return names;
  }

  /// Keys of a section that stand in `group`; "": those at its top, groups included.
  static Names explained(const char* model, std::size_t section, const std::string& group = "") {
    Names names;
    for (const ModelKey& key : find_model(model)->sections.at(section).keys) {
      const std::size_t dot = key.key.find('.');
      if (group.empty()) names.insert(key.key.substr(0, dot));
      if (!group.empty() && key.key.starts_with(group + ".")) names.insert(key.key.substr(dot + 1));
    }
    return names;
  }

  fs::path folder_ = fs::temp_directory_path() / ("cellrig_model_pages_" + std::to_string(::getpid()));
  std::vector<ScenarioError> errors_;
};

std::string in_braces(const std::string& key) { return key + ": {" + unknown + ": 1}\n"; }
std::string in_list(const std::string& key) { return key + ":\n  - {" + unknown + ": 1}\n"; }

TEST_F(ModelPages, NameEveryKeyOfABoardsParts) {
  struct Part {
    const char *model, *where;
    std::size_t section;
    std::string text;
  };
  for (const Part& part :
       {Part{"mosfet", "charge_bank", 0, in_braces("charge_bank")}, Part{"ntc", "ntc", 0, in_braces("ntc")},
        Part{"balancing_converter", "converter", 0, in_braces("converter")}, Part{"afe", "adc", 0, in_list("adc")},
        Part{"afe", "scans", 1, in_list("scans")}, Part{"afe", "sense_leads", 2, in_braces("sense_leads")},
        Part{"afe", "spi", 3, in_list("spi")}, Part{"flash", "nv", 0, in_braces("nv")},
        Part{"afe", "inputs", 4, "spi:\n  - {inputs: [{" + std::string(unknown) + ": 1}]}\n"}}) {
    Texts files;
    files.board += part.text;
    EXPECT_EQ(known(files), explained(part.model, part.section)) << part.where;
  }
}

TEST_F(ModelPages, NameEveryKeyOfTheLoop) {
  Texts pack;
  pack.pack += std::string(unknown) + ": 1\n";
  Names names = known(pack);
  for (int n = 1; n <= 8; ++n) EXPECT_EQ(names.erase("cell[" + std::to_string(n) + "]"), 1U);
  names.insert("cell[n]");
  EXPECT_EQ(names, explained("pack", 0));
  Texts spread;
  spread.pack += in_braces("spread");
  EXPECT_EQ(known(spread), explained("pack", 0, "spread"));
  Texts cell;
  cell.pack += in_braces("cell[3]");
  EXPECT_EQ(known(cell), explained("pack", 0, "cell[n]"));
  for (const char* group : {"supply", "mos_thermal", "precharge", "charge_limiter", "heater"}) {
    Texts files;
    files.board += in_braces(group);
    EXPECT_EQ(known(files), explained("pack", 1, group)) << group;
  }
  Texts top;
  top.board += std::string(unknown) + ": 1\n";
  EXPECT_THAT(known(top), IsSupersetOf(explained("pack", 1)));
}

TEST_F(ModelPages, NameEveryKeyOfACellFile) {
  Texts top;
  top.cell += std::string(unknown) + ": 1\n";
  EXPECT_EQ(known(top), explained("cell", 0));
  for (const char* group : {"hysteresis", "entropy", "self_discharge", "end_slopes"}) {
    Texts files;
    files.cell += in_braces(group);
    EXPECT_EQ(known(files), explained("cell", 0, group)) << group;
  }
  Texts heat;
  heat.cell.replace(heat.cell.find("heat: {"), 7, "heat: {" + std::string(unknown) + ": 1, ");
  EXPECT_EQ(known(heat), explained("cell", 0, "heat"));
}

TEST_F(ModelPages, NameEveryKeyOfAnAction) {
  struct Part {
    const char *model, *action;
    std::size_t section;
  };
  for (const Part& part :
       {Part{"port", "charger", 0}, Part{"port", "load", 1}, Part{"port", "inverter", 2}, Part{"port", "motor", 3},
        Part{"port", "short", 4}, Part{"port", "profile", 5}, Part{"balancing_converter", "balancer", 1},
        Part{"ntc", "ntc[1]", 1}, Part{"cell", "cell[3]", 1}, Part{"afe", "lead[1]", 5}, Part{"afe", "measuring", 6}}) {
    Texts files;
    files.action = in_braces(part.action);
    EXPECT_EQ(known(files), explained(part.model, part.section)) << part.action;
  }
}

TEST_F(ModelPages, NameEveryInputThatMeasuringMayBeOf) {
  Texts files;
  files.action = "measuring: {of: " + std::string(unknown) + ", offset: 1 V}";
  (void)read(files);
  ASSERT_EQ(errors_.size(), 1U);
  const std::string sentence = errors_.front().sentence(), start = " is not one of ";
  const std::string meaning = find_model("measuring")->sections.at(6).keys.front().meaning;
  const Names told = split(meaning.substr(meaning.find(": ") + 2));
  for (const std::string& input : split(sentence.substr(sentence.find(start) + start.size()))) {
    const bool is_cell = input.starts_with("cell_voltage[");
    EXPECT_TRUE(told.contains(is_cell ? "cell_voltage[n]" : input)) << input;
  }
}

/// Holds each number of a struct that was read from a file without it against the page.
class Defaults {
 public:
  Defaults(const char* model, std::size_t section) : section_(find_model(model)->sections.at(section)) {}
  void operator()(const Parameter& p, double value) {
    const std::string name = (*p.group == '\0' ? "" : std::string(p.group) + ".") + p.key;
    const auto key =
        std::find_if(section_.keys.begin(), section_.keys.end(), [&](const ModelKey& k) { return k.key == name; });
    ASSERT_NE(key, section_.keys.end()) << name;
    EXPECT_EQ(key->standard, p.required ? "required" : p.allows(value) ? amount_of(p, value) : "none") << name;
  }
  void operator()(const Parameter& p, const models::cell::Lattice& value) {
    (*this)(p, value.at(0, 25, 0, models::cell::OverTemperature::linear));
  }

 private:
  const ModelSection& section_;
};

TEST_F(ModelPages, PrintTheDefaultsThatAFileWithoutThemGets) {
  Texts files;
  files.board =
      "name: x\nfirmware: jk\ncells: {min: 1, max: 8}\npins:\n  - {gpio: 0, is: charge_gate, direction: out, "
      "reset_level: 0}\nadc:\n  - {first: 0, is: cell_voltage, bits: 12, full_scale: 5 V}\nscans:\n  - {group: 0, is: "
      "cell_voltage, time_per_channel: 8 ms}\nspi:\n  - {bus: 0, is: mcp3208, select_gpio: 1, inputs: []}\n"
      "charge_bank: {on_resistance: 1 mohm}\ndischarge_bank: {on_resistance: 1 mohm}\nntc: {curve: ntc.csv}\n"
      "supply: {}\nmos_thermal: {}\nconverter: {}\nsense_leads: {}\nnv: {sectors: 2, sector_bytes: 4096}\nsettings: "
      "{}\n";
  files.cell += "entropy: {}\nhysteresis: {}\nself_discharge: {}\n";
  const std::vector<Scenario> read = this->read(files);
  for (const ScenarioError& error : errors_) ADD_FAILURE() << error.what();
  ASSERT_EQ(read.size(), 1U);
  BoardSpec board = read.front().board;
  PackSpec pack = read.front().pack;
  visit(Defaults("cell", 0), pack.cell.params);
  models::pack::visit(Defaults("pack", 0), pack);
  models::pack::visit(Defaults("pack", 1), board);
  visit(Defaults("mosfet", 0), board.discharge_bank);
  visit(Defaults("balancing_converter", 0), board.converter);
  models::ntc::visit(Defaults("ntc", 0), board.ntc);
  visit(Defaults("afe", 0), board.adc.front().spec, "V");
  models::afe::visit(Defaults("afe", 1), board.scans.front());
  visit(Defaults("afe", 2), board.leads);
  models::afe::visit(Defaults("afe", 3), board.spi.front());
  models::flash::visit(Defaults("flash", 0), *board.nv);
}

/// Reads back what a page prints.
class ReadBack {
 public:
  void operator()(const Parameter& p, double value) {
    std::string text = amount_of(p, value);
    const bool compound = !dimension_of(p);
    if (compound) text.resize(text.size() - std::string(p.unit).size());
    const auto read = parse_quantity(text);
    ASSERT_TRUE(read) << p.key << " " << text;
    EXPECT_NEAR(read->value, value, 1e-8 * std::abs(value)) << p.key << " " << text;
    EXPECT_EQ(read->dimension, dimension_of(p).value_or(Dimension::none)) << p.key;
  }
};

TEST(ModelPage, AmountsReadBackAsTheyAre) {
  models::port::Charger charger;
  models::mosfet::BankParams bank;
  models::balancing_converter::ConverterParams converter;
  models::pack::BoardParams board;
  models::ntc::SensorParams sensor;
  visit(ReadBack(), charger);
  visit(ReadBack(), bank);
  visit(ReadBack(), converter);
  visit(ReadBack(), board);
  visit(ReadBack(), sensor);
}

TEST(ModelPage, EveryNumberHasMeaningRangeAndSource) {
  for (const ModelPage& page : model_pages()) {
    for (const ModelSection& section : page.sections) {
      for (const ModelKey& key : section.keys) {
        EXPECT_FALSE(key.meaning.empty()) << key.key;
        const bool is_number = !key.range.empty() && key.unit != "word" && key.unit != "file";
        EXPECT_EQ(is_number, !key.source.empty()) << key.key;
      }
    }
  }
}

}  // namespace
}  // namespace rig::scenario
