// SPDX-License-Identifier: Apache-2.0
// The catalogue against data that nobody here produced. Where a temperature's own row was fitted to the same data, the
// replay without that row is the evidence.
#include "rig/cell_bench/replay.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "models/cell/cell_type.hpp"
#include "rig/scenario/cell_file.hpp"

namespace rig::cell_bench {
namespace {

namespace fs = std::filesystem;
using models::cell::CellParams;
using models::cell::CellType;
using models::cell::Lattice;

CellParams catalogue(const std::string& name) {
  const fs::path shipped = fs::path(CELLRIG_SOURCE_DIR) / "scenarios";
  scenario::Problems problems;
  scenario::Files files(shipped);
  const auto file = files.open_path(shipped / "packs/cells" / name, problems);
  const scenario::CellSpec spec = scenario::read_cell(*file, files, problems);
  for (const auto& error : problems.sorted()) ADD_FAILURE() << error.what();
  return spec.params;
}

Profile measured(const std::string& name, Positive positive = Positive::discharge) {
  scenario::Problems problems;
  Profile p = read_profile(fs::path(CELLRIG_SOURCE_DIR) / "tests/data/cells" / name, positive, problems);
  EXPECT_FALSE(problems.any());
  return p;
}

Lattice without_row(const Lattice& l, double degC) {
  std::vector<double> x, y;
  for (std::size_t i = 0; i < l.axes().degC.size(); ++i) {
    if (l.axes().degC[i] == degC) continue;
    x.push_back(l.axes().degC[i]);
    y.push_back(l.values()[i]);
  }
  return {x, y};
}

CellParams without(CellParams p, double degC) {
  for (auto* l : {&p.r0_ohm, &p.r1_ohm, &p.tau1_s, &p.r2_ohm, &p.tau2_s, &p.capacity_Ah, &p.coulombic_efficiency,
                  &p.hysteresis_rate})
    *l = without_row(*l, degC);
  return p;
}

double a123_rms_mV(const CellParams& p, const std::string& profile, double degC) {
  const Replay r = replay(std::make_shared<CellType>(p), measured(profile), {1, -1, degC}, {0.10, 0.97});
  ::testing::Test::RecordProperty("rms_uV", static_cast<int>(r.voltage_V.rms * 1e6));
  return r.voltage_V.rms * 1e3;
}

void expect_reference(const std::string& name, double soc) {
  const Profile p = measured(name);
  const Replay r = replay(std::make_shared<CellType>(catalogue("thevenin_100ah.yaml")), p, {soc, 0, 25}, {});
  scenario::Problems problems;
  scenario::Files files("");
  const auto file = files.open_path(p.file, problems);
  const scenario::CsvTable reference = scenario::parse_csv(*file->bytes, p.file, problems);
  double off_V = 0, off_K = 0, off_soc = 0, off_jig_K = 0;
  for (std::size_t k = 0; k < p.time_s.size(); ++k) {
    off_V = std::max(off_V, std::abs(r.model_V[k] - p.voltage_V[k]));
    off_K = std::max(off_K, std::abs(r.states[k].temperature_degC - (*reference.column("T_cell_C"))[k]));
    off_jig_K = std::max(off_jig_K, std::abs(r.states[k].surface_degC - (*reference.column("T_jig_C"))[k]));
    off_soc = std::max(off_soc, std::abs(r.states[k].soc - (*reference.column("soc"))[k]));
  }
  EXPECT_LT(off_V, 1e-4);
  EXPECT_LT(off_K, 0.01);
  EXPECT_LT(off_jig_K, 0.01);
  EXPECT_LT(off_soc, 1e-6);
}

}  // namespace

TEST(TheveninReference, IsReproducedUnderAConstantDischarge) {
  expect_reference("thevenin_cc_100A_discharge_25C.csv", 0.5);
}

TEST(TheveninReference, IsReproducedUnderPulses) { expect_reference("thevenin_pulses_25C.csv", 0.6); }

TEST(A123, At25DegCIsReplayedWithoutItsOwnRow) {
  EXPECT_LE(a123_rms_mV(without(catalogue("lfp_a123_26650.yaml"), 25), "a123_dynamic_25degC.csv", 25), 9.5);
}

TEST(A123, At5DegCIsReplayedWithoutItsOwnRow) {
  EXPECT_LE(a123_rms_mV(without(catalogue("lfp_a123_26650.yaml"), 5), "a123_dynamic_05degC.csv", 5), 8.5);
}

TEST(A123, At25DegCHasTheResidualOfItsFit) {
  EXPECT_LE(a123_rms_mV(catalogue("lfp_a123_26650.yaml"), "a123_dynamic_25degC.csv", 25), 9.5);
}

TEST(A123, At5DegCHasTheResidualOfItsFit) {
  EXPECT_LE(a123_rms_mV(catalogue("lfp_a123_26650.yaml"), "a123_dynamic_05degC.csv", 5), 8.5);
}

TEST(LgM50T, HasTheResidualOfItsFit) {
  const Replay r = replay(std::make_shared<CellType>(catalogue("nmc_21700_lgm50t.yaml")),
                          measured("lgm50t_hppc.csv", Positive::charge), {}, {});
  EXPECT_LE(1e3 * r.voltage_V.rms, 4);
}

}  // namespace rig::cell_bench
