// SPDX-License-Identifier: Apache-2.0
// Cell files: what the shipped ones say, and what is refused, with file, line and column.
#include "rig/scenario/cell_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "models/cell/row.hpp"
#include "models/cell/visit.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

class CellFile : public testing::Test {
 public:
  CellFile() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write("ocv.csv", "soc,ocv_V\n0,3\n1,4\n");
    write("r.csv", "r0_ohm,r1_ohm,tau1_s,r2_ohm,tau2_s\n0.01,0.01,10,0,1\n");
  }
  ~CellFile() override { fs::remove_all(folder_); }
  CellFile(const CellFile&) = delete;
  CellFile& operator=(const CellFile&) = delete;

 protected:
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  std::string said(const std::string& more, const std::string& resistances = "r.csv") {
    write("cell.yaml", "name: x\nsource: y\ncapacity: 2 Ah\nocv: ocv.csv\nresistances: " + resistances +
                           "\nheat: {capacity: 70 J/K, to_ambient: 0.1 W/K}\n" + more);
    Problems problems;
    Files files(folder_);
    const auto file = files.open_path(folder_ / "cell.yaml", problems);
    spec_ = read_cell(*file, files, problems);
    std::string all;
    for (const auto& error : problems.sorted()) {
      const SourcePosition& at = error.position();
      all += fs::path(at.file).filename().string() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) +
             " " + error.sentence() + "\n";
    }
    return all;
  }

  fs::path folder_ = fs::temp_directory_path() / ("cellrig_cell_file_" + std::to_string(::getpid()));
  CellSpec spec_;
};

TEST_F(CellFile, WithoutAnAxisHoldsEverywhere) {
  EXPECT_EQ(said(""), "");
  EXPECT_DOUBLE_EQ(spec_.params.r0_ohm.at(0.9, -40, 100, models::cell::OverTemperature::arrhenius), 0.01);
}

TEST_F(CellFile, WithAHoleInItsGridIsRefused) {
  write("grid.csv",
        "soc,temperature_degC,r0_ohm,r1_ohm,tau1_s,r2_ohm,tau2_s\n0,0,1,1,1,0,1\n1,0,1,1,1,0,1\n"
        "0,25,1,1,1,0,1\n");
  EXPECT_EQ(said("", "grid.csv"), "grid.csv:1:1 the grid has no row for soc 1 temperature_degC 25\n");
}

TEST_F(CellFile, WithARowTwiceIsRefused) {
  write("grid.csv", "temperature_degC,r0_ohm,r1_ohm,tau1_s,r2_ohm,tau2_s\n0,1,1,1,0,1\n0,1,1,1,0,1\n");
  EXPECT_EQ(said("", "grid.csv"), "grid.csv:3:1 the same point of the grid as in line 2\n");
}

TEST_F(CellFile, WithAnUnknownKeyIsRefused) {
  EXPECT_EQ(said("hysteresis: {rat: 5}\n"), "cell.yaml:7:14 hysteresis: rat is not a key here. Near: rate\n");
}

TEST_F(CellFile, WithANumberOutOfRangeIsRefused) {
  EXPECT_EQ(said("coulombic_efficiency: 101 %\n"),
            "cell.yaml:7:23 coulombic_efficiency: \"101 %\" lies outside 50 % to 100 %\n");
}

TEST_F(CellFile, WithAWrongWordIsRefused) {
  EXPECT_EQ(said("over_temperature: cubic\n"),
            "cell.yaml:7:19 over_temperature: \"cubic\" is not one of arrhenius, linear\n");
}

TEST_F(CellFile, WithCapacityOverStateOfChargeIsRefused) {
  write("grid.csv", "soc,r0_ohm,r1_ohm,tau1_s,r2_ohm,tau2_s,capacity_Ah\n0,1,1,1,0,1,2\n1,1,1,1,0,1,2\n");
  EXPECT_EQ(said("", "grid.csv"), "grid.csv:1:1 column capacity_Ah needs a table over temperature alone\n");
}

TEST_F(CellFile, WithAWordThatIsNoAnswerIsRefused) {
  EXPECT_EQ(said("entropy: {shifts_voltage: maybe}\n"),
            "cell.yaml:7:27 shifts_voltage: \"maybe\" is neither on nor off\n");
}

TEST(ShippedCells, AreAllWellFormedAndSayWhereTheyComeFrom) {
  const fs::path folder = fs::path(CELLRIG_SCENARIOS) / "packs/cells";
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    Problems problems;
    Files files(CELLRIG_SCENARIOS);
    const auto file = files.open_path(entry.path(), problems);
    const CellSpec cell = read_cell(*file, files, problems);
    EXPECT_FALSE(problems.any()) << entry.path();
    EXPECT_FALSE(cell.source.empty()) << entry.path();
    EXPECT_TRUE(!cell.validity.empty() || cell.source == "definition") << entry.path();
  }
}

TEST(ShippedCells, AreWatchedForThermalRunawayOrSayWhyNot) {
  for (const auto& entry : fs::directory_iterator(fs::path(CELLRIG_SCENARIOS) / "packs/cells")) {
    if (entry.path().extension() != ".yaml") continue;
    Problems problems;
    Files files(CELLRIG_SCENARIOS);
    const auto file = files.open_path(entry.path(), problems);
    const bool says_why = file->bytes->find("# No runaway limit: ") != std::string::npos;
    const bool is_watched =
        read_cell(*file, files, problems).params.runaway_degC < models::cell::CellParams().runaway_degC;
    EXPECT_NE(is_watched, says_why) << entry.path();
  }
}

/// docs/models/pack.md says so.
TEST(ShippedCells, TakeTheShortWayOfThePlantOnlyWhenIdeal) {
  int others = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(CELLRIG_SCENARIOS) / "packs/cells")) {
    if (entry.path().extension() != ".yaml") continue;
    Problems problems;
    Files files(CELLRIG_SCENARIOS);
    const auto file = files.open_path(entry.path(), problems);
    const bool is_ideal = entry.path().filename() == "ideal_0m20.yaml";
    others += is_ideal ? 0 : 1;
    EXPECT_EQ(models::cell::Row::suits(models::cell::CellType(read_cell(*file, files, problems).params)), is_ideal)
        << entry.path();
  }
  EXPECT_GE(others, 7);
}

/// What the visit list allows for `runaway` is a limit, never "none".
struct RunawayRange {
  void operator()(const models::math::Parameter& p, double none) const {
    if (std::string_view(p.key) == "runaway") {
      EXPECT_FALSE(p.allows(none));
    }
  }
  void operator()(const models::math::Parameter&, const models::cell::Lattice&) const {}
};

TEST(RunawayLimit, ThatAFileMayGiveNeverMeansNotWatched) {
  models::cell::CellParams standard;
  visit(RunawayRange(), standard);
}

}  // namespace
}  // namespace rig::scenario
