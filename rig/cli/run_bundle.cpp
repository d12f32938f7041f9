// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/run_bundle.hpp"

#include <algorithm>

#include "rig/cli/output_folder.hpp"

namespace rig::cli {

namespace fs = std::filesystem;

RunBundle::RunBundle(const Selection& selection, const std::vector<campaign::Task>& tasks, const Call& call)
    : places_(selection.scenarios, call.places.scenarios) {
  recorded_.tool_version = CELLRIG_VERSION;
  recorded_.seed = call.arguments.seed;
  recorded_.strict = call.arguments.strict;
  recorded_.csv = call.arguments.csv;
  recorded_.vcd = call.arguments.vcd;
  recorded_.fail_fast = call.arguments.fail_fast;
  recorded_.bench = "sim";
  for (const Selected& selected : selection.scenarios)
    recorded_.scenarios.push_back({selected.scenario->name, places_.place_of(*selected.scenario)});
  if (call.arguments.bench != "sim") add_bench(call.arguments.bench, call.places.scenarios);
  for (const campaign::Task& task : tasks) {
    const std::string name = call.arguments.firmware ? "" : task.scenario->board.firmware;
    if (!recorded_.firmware.contains(name)) add_firmware(name, task.firmware);
  }
}

void RunBundle::add_firmware(const std::string& name, const fs::path& file) {
  const std::string stem = "inputs/firmware/";
  std::string path = stem + file.filename().string();
  for (int n = 2; std::ranges::find(others_, path, &Input::path) != others_.end(); ++n)
    path = stem + std::to_string(n) + "_" + file.filename().string();
  others_.push_back({path, file.string(), read_file(file)});
  recorded_.firmware[name] = path;
}

void RunBundle::add_bench(const std::string& file, const fs::path& shipped) {
  recorded_.bench = "inputs/bench/" + fs::path(file).filename().string();
  others_.push_back({recorded_.bench, file, read_file(fs::exists(file) ? fs::path(file) : shipped / file)});
}

void RunBundle::write(const reports::RunResult& run, const std::vector<std::string>& written,
                      const fs::path& folder) const {
  Bundle bundle(folder);
  bundle.add("result.json");
  for (const std::string& name : written) bundle.add(name);
  bundle.add_files_of(run.scenarios, recorded_.csv, recorded_.vcd);
  for (const InputPlaces::Copy& copy : places_.copies())
    bundle.add_input(copy.path, for_people(copy.file->path).generic_string(), *copy.file->bytes);
  for (const Input& input : others_) bundle.add_input(input.path, input.was, input.bytes);
  bundle.close(recorded_);
}

}  // namespace rig::cli
