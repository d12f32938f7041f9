// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <fstream>

#include "models/cell/cell_type.hpp"
#include "rig/campaign/exit_code.hpp"
#include "rig/cell_bench/replay.hpp"
#include "rig/cli/commands.hpp"
#include "rig/cli/measurement.hpp"
#include "rig/cli/text.hpp"
#include "rig/scenario/cell_file.hpp"
#include "rig/scenario/quantity.hpp"
#include "rig/scenario/text.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
using cell_bench::Errors;
using cell_bench::Held;
using cell_bench::Profile;
using cell_bench::Replay;
using scenario::Dimension;

/// CELL is a file, or the name of one of the shipped cells, with or without .yaml.
fs::path cell_file(const std::string& word, const fs::path& scenarios, std::vector<std::string>& mistakes) {
  if (fs::exists(word)) return word;
  const fs::path folder = scenarios / "packs/cells";
  for (const char* ending : {"", ".yaml"}) {
    if (fs::exists(folder / (word + ending))) return folder / (word + ending);
  }
  std::vector<std::string> shipped;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") shipped.push_back(entry.path().stem());
  }
  std::sort(shipped.begin(), shipped.end());
  mistakes.push_back(word + " is neither a file nor one of the shipped cells: " + scenario::joined(shipped));
  return {};
}

std::string line_of(const char* what, const Errors& e, Dimension dimension) {
  const auto amount = [&](double value) { return scenario::format({value, dimension}); };
  return std::string(what) + ": " + amount(e.rms) + " RMS, worst " + amount(e.worst) + " at " +
         scenario::format({e.worst_at_s, Dimension::time}, 6) + "\n";
}

void print(const Call& call, const scenario::CellSpec& cell, const Profile& profile, const Replay& r) {
  auto& out = call.host.out;
  out << cell.name << "\n"
      << counted(profile.time_s.size(), "row") << " of " << profile.file << ", " << r.voltage_V.rows << " scored\n"
      << "start: soc " << scenario::fixed(r.start.soc, 5) << (r.soc_was_fitted ? " (fitted)" : "") << ", h "
      << scenario::fixed(r.start.hysteresis, 2) << ", "
      << scenario::format({r.start.temperature_degC, Dimension::temperature}) << "; end: soc "
      << scenario::fixed(r.end.soc, 5) << "\n"
      << "current of a row taken as flowing " << (r.held == Held::before ? "up to it" : "from it on")
      << ", which fits better\n"
      << line_of("voltage", r.voltage_V, Dimension::voltage);
  if (r.temperature_degC.rows > 0) out << line_of("temperature", r.temperature_degC, Dimension::temperature_difference);
}

void write(const fs::path& file, const Profile& p, const Replay& r) {
  std::ofstream out(file);
  out.precision(10);
  out << "# positive current charges; row by row: measured, model, and the state of the model\n"
      << "time_s,current_A,voltage_V,model_V,error_V,soc,v1_V,v2_V,hysteresis,core_degC,surface_degC\n";
  for (std::size_t k = 0; k < p.time_s.size(); ++k) {
    const auto& s = r.states[k];
    out << p.time_s[k] << ',' << p.current_A[k] << ',' << p.voltage_V[k] << ',' << r.model_V[k] << ','
        << r.model_V[k] - p.voltage_V[k] << ',' << s.soc << ',' << s.v1_V << ',' << s.v2_V << ',' << s.hysteresis << ','
        << s.temperature_degC << ',' << s.surface_degC << '\n';
  }
  out.flush();
  if (!out) throw std::runtime_error(file.string() + " cannot be written");
}

struct Orders {
  cell_bench::Positive positive = cell_bench::Positive::charge;
  cell_bench::Start start;
  cell_bench::Score score;
  std::optional<double> max_rms_V;
};

Orders orders_of(const Call& call, std::vector<std::string>& mistakes) {
  Orders o;
  o.positive = positive_of(call, mistakes);
  o.start = start_of(call, mistakes);
  const auto& texts = call.arguments.texts;
  if (texts.contains("score")) o.score = cell_bench::parse_score(texts.at("score"), mistakes);
  if (texts.contains("max-rms")) o.max_rms_V = cell_bench::parse_voltage("max-rms", texts.at("max-rms"), mistakes);
  return o;
}

}  // namespace

int replay_command(const Call& call) {
  std::vector<std::string> mistakes;
  const Orders orders = orders_of(call, mistakes);
  const fs::path cell_path = cell_file(call.arguments.what[0], call.places.scenarios, mistakes);
  if (!mistakes.empty()) return malformed(call.host, mistakes);
  scenario::Problems problems;
  scenario::Files files(call.places.scenarios);
  scenario::CellSpec cell;
  Profile profile;
  try {
    const auto file = files.open_path(cell_path, problems);
    if (file) cell = scenario::read_cell(*file, files, problems);
    profile = cell_bench::read_profile(call.arguments.what[1], orders.positive, problems);
  } catch (const scenario::ScenarioError& error) {
    problems.add(error);
  }
  if (problems.any()) return malformed(call.host, sentences(problems));
  const std::string wrong_sign = sign_mistake(profile, orders.positive);
  if (!wrong_sign.empty()) return malformed(call.host, {wrong_sign});
  const Replay r =
      cell_bench::replay(std::make_shared<models::cell::CellType>(cell.params), profile, orders.start, orders.score);
  if (r.voltage_V.rows == 0) return malformed(call.host, {"--score: no row lies in this range of soc"});
  print(call, cell, profile, r);
  if (call.arguments.out) write(*call.arguments.out, profile, r);
  if (!orders.max_rms_V || r.voltage_V.rms <= *orders.max_rms_V) return campaign::kExitPass;
  call.host.out << "above --max-rms " << millivolts(*orders.max_rms_V) << "\n";
  return campaign::kExitFail;
}

}  // namespace rig::cli
