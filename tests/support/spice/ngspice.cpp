// SPDX-License-Identifier: Apache-2.0
#include "tests/support/spice/ngspice.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "tests/support/program.hpp"

namespace tests::spice {
namespace {

double children_cpu_s() {
  rusage u{};
  getrusage(RUSAGE_CHILDREN, &u);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(u.ru_utime) + seconds(u.ru_stime);
}

void write_table(std::ostream& out, const models::math::Table& ocv) {
  const auto points = [&](double x) { out << "," << x << "," << ocv(x); };
  out << ocv.x().front() - 1 << "," << ocv(ocv.x().front() - 1);
  for (const double x : ocv.x()) points(x);
  points(ocv.x().back() + 1);
}

void write_cell(std::ostream& out, const Case& c, int k) {
  const auto& type = *c.params.type;
  const auto& spread = c.params.spread[static_cast<std::size_t>(k - 1)];
  const auto circuit = type.circuit(0.5, 25, 0);
  const auto pair = [&](int number, const char* from, const char* to, double ohm, double tau_s) {
    out << "R" << number << "_" << k << " " << from << k << " " << to << k << " " << ohm * spread.resistance << "\n"
        << "C" << number << "_" << k << " " << from << k << " " << to << k << " " << tau_s / (ohm * spread.resistance)
        << " IC=0\n";
  };
  const std::string below = k == 1 ? "0" : "t" + std::to_string(k - 1);
  out << "Rb_" << k << " t" << k << " c" << k << " " << c.params.busbar_ohm << "\n"
      << "Vi_" << k << " c" << k << " m" << k << " 0\n"
      << "R0_" << k << " m" << k << " n" << k << " " << circuit.r0_ohm * spread.resistance << "\n";
  pair(1, "n", "o", circuit.r1_ohm, circuit.tau1_s);
  pair(2, "o", "q", circuit.r2_ohm, circuit.tau2_s);
  out << "B_" << k << " q" << k << " " << below << " V=pwl(V(s" << k << "),";
  write_table(out, type.params().ocv_V);
  out << ")\n"
      << "F_" << k << " 0 s" << k << " Vi_" << k << " 1\n"
      << "Cs_" << k << " s" << k << " 0 " << 3600 * type.capacity_Ah() * spread.capacity
      << " IC=" << c.start_soc[static_cast<std::size_t>(k - 1)] << "\n";
}

void write_drive(std::ostream& out, const Case& c) {
  if (c.drive == Drive::cc_cv) {
    out << "B_port 0 p I=min(" << c.charger.current_A << ",max(0,(" << c.charger.voltage_V << "-V(p))/"
        << c.charger.resistance_ohm << "))\n";
    return;
  }
  out << "I_port 0 p PWL(\n";
  for (std::size_t i = 0; i < c.profile.time_s.size(); ++i)
    out << "+ " << c.profile.time_s[i] << " " << c.profile.current_A[i] << "\n";
  out << "+ )\n";
}

[[noreturn]] void stopped_early(const std::string& text) {
  throw std::runtime_error("ngspice did not get to its end:\n" + text.substr(0, 2000));
}

double number_after(const std::string& text, const std::string& words) {
  std::smatch found;
  if (!std::regex_search(text, found, std::regex(words + " = ([-+.eE0-9]+)"))) stopped_early(text);
  return std::stod(found[1].str());
}

}  // namespace

std::string netlist(const Case& c, const Transient& t) {
  std::ostringstream out;
  out << std::setprecision(12) << "* " << c.cells
      << " cells in series\n.options method=gear abstol=1e-5 reltol=" << t.relative_tolerance << "\n";
  write_drive(out, c);
  out << "R_path p t" << c.cells << " " << path_ohm(c) << "\n"
      << "I_supply t" << c.cells << " 0 " << c.params.supply_current_A << "\n";
  for (int k = 1; k <= c.cells; ++k) write_cell(out, c, k);
  out << ".control\nsave";
  for (int k = 1; k <= c.cells; ++k) out << " c" << k << " t" << k;
  out << "\ntran " << t.output_step_s << " " << t.stop_s << " uic\nrusage all\n";
  if (!t.raw_file.empty()) out << "set filetype=binary\nwrite " << t.raw_file.string() << "\n";
  out << "quit\n.endc\n.end\n";
  return out.str();
}

bool has_ngspice() { return run("command -v ngspice").exit_code == 0; }

NgspiceRun run_ngspice(const std::string& netlist, const std::filesystem::path& folder) {
  const auto file = folder / "pack.cir";
  std::ofstream(file) << netlist;
  const double before = children_cpu_s();
  const Ran ran = tests::run("OMP_NUM_THREADS=1 exec ngspice -b '" + file.string() + "'");
  NgspiceRun r;
  r.cpu_s = children_cpu_s() - before;
  // it then still tells its times and exits with 0
  if (ran.exit_code != 0 || ran.output.find("aborted") != std::string::npos) stopped_early(ran.output);
  r.transient_s = number_after(ran.output, "Transient analysis time");
  r.points = static_cast<long>(number_after(ran.output, "Accepted timepoints"));
  return r;
}

const std::vector<double>& Raw::of(const std::string& name) const {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) throw std::runtime_error("the raw file has no " + name);
  return values[static_cast<std::size_t>(found - names.begin())];
}

Raw read_raw(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  Raw raw;
  std::size_t variables = 0, points = 0;
  for (std::string line; std::getline(in, line) && line != "Binary:";) {
    std::istringstream words(line);
    std::string first, second;
    words >> first >> second;
    if (line.starts_with("No. Variables:")) words >> variables;
    if (line.starts_with("No. Points:")) words >> points;
    if (line.starts_with("\t") && raw.names.size() < variables) raw.names.push_back(second);
  }
  if (raw.names.empty() || raw.names.size() != variables) throw std::runtime_error("not a raw file: " + file.string());
  raw.values.assign(variables, std::vector<double>(points));
  for (std::size_t i = 0; i < points; ++i) {
    for (auto& column : raw.values) in.read(reinterpret_cast<char*>(&column[i]), sizeof(double));
  }
  if (!in) throw std::runtime_error(file.string() + " ends early");
  return raw;
}

}  // namespace tests::spice
