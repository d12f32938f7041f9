// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/spice/bench_pack.hpp"

namespace tests::spice {

/// What ngspice is asked for.
struct Transient {
  double output_step_s = 1;  // TSTEP of `tran`; it also bounds ngspice's own step
  double stop_s = 3600;
  double relative_tolerance = 1e-3;  // ngspice's default
  std::filesystem::path raw_file;    // empty: the result stays in ngspice's memory
};

/// The case as a netlist: a cell is R0 and two RC pairs above a source whose voltage is the OCV table, linear between
/// its points, of the charge in a capacitor of Q. Gear and abstol 1e-5: with the default abstol ngspice stops at the
/// kinks of the table.
///
///   port ─ Rpath ─ t<n> [ busbar ─ cell n ] … t1 [ busbar ─ cell 1 ] ─ 0        t<k> top of busbar k, c<k> of cell k
[[nodiscard]] std::string netlist(const Case& c, const Transient& transient);

struct NgspiceRun {
  double cpu_s = 0;        // user and system time of the process, start-up and reading of the netlist included
  double transient_s = 0;  // ngspice's own "Transient analysis time" (elapsed)
  long points = 0;         // accepted time points
};

/// True when ngspice is on the PATH.
[[nodiscard]] bool has_ngspice();

/// Runs a netlist; std::runtime_error with ngspice's words when it does not get to its end.
[[nodiscard]] NgspiceRun run_ngspice(const std::string& netlist, const std::filesystem::path& folder);

/// Contents of a binary raw file.
struct Raw {
  std::vector<std::string> names;           // "time", "v(c1)" …
  std::vector<std::vector<double>> values;  // one vector a name
  [[nodiscard]] const std::vector<double>& of(const std::string& name) const;
};
[[nodiscard]] Raw read_raw(const std::filesystem::path& file);

}  // namespace tests::spice
