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
  fs::path slow, out;
};

FitOrders fit_orders_of(const Call& call, std::vector<std::string>& mistakes) {
  FitOrders o;
  o.positive = positive_of(call, mistakes);
  o.start = start_of(call, mistakes);
  const std::string kind = text_of(call, "chemistry");
  o.chemistry = cell_fit::find_chemistry(kind);
  if (kind.empty())
    mistakes.push_back("--chemistry is missing: one of " + cell_fit::chemistries());
  else if (o.chemistry == nullptr)
    mistakes.push_back("--chemistry: \"" + kind + "\" is none of " + cell_fit::chemistries());
  o.slow = text_of(call, "ocv");
  if (o.slow.empty()) mistakes.emplace_back("--ocv is missing: a file with a slow discharge from full to empty");
  o.out = call.arguments.out.value_or("");
  if (o.out.extension() != ".yaml") mistakes.emplace_back("--out CELL.yaml: where the cell file goes");
  return o;
}

/// A file that is there is replaced only when it was made here.
std::string in_the_way(const fs::path& out) {
  if (!fs::exists(out)) return "";
  std::ifstream file(out);
  std::string line;
  for (int k = 0; k < 3 && std::getline(file, line); ++k) {
    if (line.find(cell_fit::made_by) != std::string::npos) return "";
  }
  return "--out: " + out.string() + " is there and was not made by cellrig fit; name another file";
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
  const std::string stem = o.out.stem().string();
  w.name = text_of(call, "name").empty() ? stem : text_of(call, "name");
  w.ocv_file = stem + "_ocv.csv";
  w.resistances_file = stem + "_resistances.csv";
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
  const fs::path folder = o.out.has_parent_path() ? o.out.parent_path() : ".",
                 page = fs::path(o.out).replace_extension(".html");
  const FitWords report{words.name, data.tests, data.slow.file, slow, fitted};
  write_file(folder / words.ocv_file, cell_fit::ocv_csv(fitted, words));
  write_file(folder / words.resistances_file, cell_fit::resistances_csv(fitted, words));
  write_file(o.out, cell_fit::cell_yaml(fitted, data.tests, *o.chemistry, words));
  write_file(page, report.page());
  call.host.out << report.text() << o.out.string() << "\n" << page.string() << "\n";
}

}  // namespace

int fit_command(const Call& call) {
  std::vector<std::string> mistakes;
  const FitOrders o = fit_orders_of(call, mistakes);
  if (mistakes.empty()) {
    if (const std::string wrong = in_the_way(o.out); !wrong.empty()) mistakes.push_back(wrong);
  }
  if (!mistakes.empty()) return malformed(call.host, mistakes);
  const Data data = read(call, o, mistakes);
  if (!mistakes.empty()) return malformed(call.host, mistakes);
  try {
    const cell_fit::SlowRun slow = cell_fit::slow_run(data.slow, *o.chemistry, o.start.temperature_degC);
    write_all(call, o, data, cell_fit::fit(data.tests, data.slow, slow, *o.chemistry), slow);
  } catch (const cell_fit::Refusal& refusal) {
    return malformed(call.host, {refusal.what()});
  }
  return campaign::kExitPass;
}

}  // namespace rig::cli
