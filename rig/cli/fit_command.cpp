// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>
#include <ostream>

#include "rig/campaign/exit_code.hpp"
#include "rig/cell_fit/cell_text.hpp"
#include "rig/cell_fit/refusal.hpp"
#include "rig/cli/commands.hpp"
#include "rig/cli/fit_words.hpp"
#include "rig/cli/measurement.hpp"
#include "rig/cli/output_folder.hpp"
#include "rig/cli/text.hpp"
#include "rig/scenario/problems.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
using cell_bench::Positive;
using cell_bench::Profile;
using cell_fit::PulseTest;

struct FitOrders {
  Positive positive = Positive::charge;
  cell_bench::Start start;
  const cell_fit::Chemistry* chemistry = nullptr;
  std::optional<cell_fit::Limits> limits;
  std::optional<double> runaway_degC;
  fs::path slow, out;
};

FitOrders fit_orders_of(const Call& call, std::vector<std::string>& mistakes) {
  FitOrders o;
  o.positive = positive_of(call, mistakes);
  o.start = start_of(call, mistakes);
  if (o.start.hysteresis)
    mistakes.emplace_back("--start: h=…: fit takes every test as on the branch after discharging; leave h out");
  const std::string kind = text_of(call, "chemistry");
  o.chemistry = cell_fit::find_chemistry(kind);
  if (kind.empty())
    mistakes.push_back("--chemistry is missing: one of " + cell_fit::chemistries());
  else if (o.chemistry == nullptr)
    mistakes.push_back("--chemistry: \"" + kind + "\" is none of " + cell_fit::chemistries());
  if (call.arguments.texts.contains("limits")) o.limits = cell_fit::parse_limits(text_of(call, "limits"), mistakes);
  if (call.arguments.texts.contains("runaway"))
    o.runaway_degC = cell_fit::parse_runaway(text_of(call, "runaway"), mistakes);
  o.slow = text_of(call, "ocv");
  if (o.slow.empty()) mistakes.emplace_back("--ocv is missing: a file with a slow discharge from full to empty");
  o.out = call.arguments.out.value_or("");
  if (o.out.extension() != ".yaml") mistakes.emplace_back("--out CELL.yaml: where the cell file goes");
  return o;
}

/// Where everything goes that is written.
struct Targets {
  fs::path cell, ocv, resistances, page;
  explicit Targets(const fs::path& out)
      : cell(out),
        ocv(beside(out, "_ocv.csv")),
        resistances(beside(out, "_resistances.csv")),
        page(fs::path(out).replace_extension(".html")) {}
  [[nodiscard]] std::vector<fs::path> all() const { return {cell, ocv, resistances, page}; }

 private:
  static fs::path beside(const fs::path& out, const char* ending) {
    return fs::path(out).replace_filename(out.stem().string() + ending);
  }
};

bool made_here(const fs::path& there) {
  std::ifstream file(there);
  std::string line;
  for (int k = 0; k < 3 && std::getline(file, line); ++k) {
    if (line.find(cell_fit::made_by) != std::string::npos) return true;
  }
  return false;
}

/// What is there is replaced only when it was made here, and never when it is read; one sentence a target.
void check_the_way(const Call& call, const FitOrders& o, std::vector<std::string>& mistakes) {
  std::vector<std::string> inputs = call.arguments.what;
  inputs.push_back(o.slow.string());
  for (const fs::path& target : Targets(o.out).all()) {
    if (!fs::exists(fs::symlink_status(target))) continue;
    std::error_code none;
    const auto read = std::find_if(inputs.begin(), inputs.end(),
                                   [&](const std::string& input) { return fs::equivalent(target, input, none); });
    if (read != inputs.end())
      mistakes.push_back("--out: " + target.string() + " would be replaced, and is read; name another file");
    else if (!made_here(target))
      mistakes.push_back("--out: " + target.string() + " is there and was not made by cellrig fit; name another file");
  }
}

/// The comment lines at the top of a file, without #.
std::vector<std::string> origin(const fs::path& data) {
  std::vector<std::string> lines;
  std::ifstream file(data);
  for (std::string line; lines.size() < 4 && std::getline(file, line) && line.starts_with("#");)
    lines.push_back(printable(line.substr(std::min(line.find_first_not_of("# "), line.size()))));
  return lines;
}

cell_fit::Words words_of(const Call& call, const FitOrders& o) {
  cell_fit::Words w;
  const Targets targets(o.out);
  w.name = text_of(call, "name").empty() ? o.out.stem().string() : text_of(call, "name");
  w.ocv_file = targets.ocv.filename().string();
  w.resistances_file = targets.resistances.filename().string();
  w.runaway_degC = o.runaway_degC;
  std::vector<std::string> files = call.arguments.what;
  files.push_back(o.slow.string());
  for (const std::string& file : files) {
    w.data_files.push_back(fs::path(file).filename().string());
    for (const std::string& line : origin(file)) {
      if (std::find(w.origins.begin(), w.origins.end(), line) == w.origins.end()) w.origins.push_back(line);
    }
  }
  return w;
}

struct Data {
  std::vector<PulseTest> tests;
  Profile slow;
};

Data read(const Call& call, const FitOrders& o, std::vector<std::string>& mistakes) {
  Data data;
  scenario::Problems problems;
  for (const std::string& file : call.arguments.what) {
    PulseTest test;
    test.profile = cell_bench::read_profile(file, o.positive, problems);
    test.start_soc = o.start.soc;
    const auto& degC = test.profile.temperature_degC;
    test.temperature_degC = o.start.temperature_degC.value_or(degC.empty() ? 25 : degC.front());
    data.tests.push_back(test);
  }
  data.slow = cell_bench::read_profile(o.slow, o.positive, problems);
  mistakes = sentences(problems);
  if (!mistakes.empty()) return data;
  for (const PulseTest& test : data.tests) {
    if (const std::string wrong = sign_mistake(test.profile, o.positive); !wrong.empty()) mistakes.push_back(wrong);
  }
  if (const std::string wrong = sign_mistake(data.slow, o.positive); !wrong.empty()) mistakes.push_back(wrong);
  return data;
}

void write_all(const Call& call, const FitOrders& o, const Data& data, const cell_fit::Fitted& fitted,
               const cell_fit::SlowRun& slow) {
  const cell_fit::Words words = words_of(call, o);
  const Targets targets(o.out);
  const FitWords report{words.name, data.tests, data.slow.file, slow, fitted};
  write_file(targets.ocv, cell_fit::ocv_csv(fitted, words));
  write_file(targets.resistances, cell_fit::resistances_csv(fitted, words));
  write_file(targets.cell, cell_fit::cell_yaml(fitted, data.tests, *o.chemistry, words));
  write_file(targets.page, report.page());
  call.host.out << report.text() << targets.cell.string() << "\n" << targets.page.string() << "\n";
}

}  // namespace

int fit_command(const Call& call) {
  std::vector<std::string> mistakes;
  const FitOrders o = fit_orders_of(call, mistakes);
  if (mistakes.empty()) check_the_way(call, o, mistakes);
  if (!mistakes.empty()) return malformed(call.host, mistakes);
  const Data data = read(call, o, mistakes);
  if (!mistakes.empty()) return malformed(call.host, mistakes);
  try {
    const cell_fit::SlowRun slow = cell_fit::slow_run(data.slow, *o.chemistry, o.start.temperature_degC, o.limits);
    write_all(call, o, data, cell_fit::fit(data.tests, data.slow, slow, *o.chemistry), slow);
  } catch (const cell_fit::Refusal& refusal) {
    return malformed(call.host, {refusal.what()});
  }
  return campaign::kExitPass;
}

}  // namespace rig::cli
