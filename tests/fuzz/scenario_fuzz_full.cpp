// SPDX-License-Identifier: Apache-2.0
// A whole scenario file, with the boards and packs that are shipped. Either scenarios or mistakes, never an exception.
// Mistakes are said in order, each at a place of the file that it is about. A scenario that was read has all a run
// needs.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "rig/scenario/reader.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/memory_file.hpp"

using namespace rig::scenario;

namespace {

using tests::fuzz::require;

void judge(const Scenario& scenario) {
  require(!scenario.name.empty() && scenario.sha256.size() == 64, "a scenario has a name and a hash");
  require(scenario.run_for_s > 0 && std::isfinite(scenario.run_for_s), "a run has a length");
  require(scenario.pack.cells >= scenario.board.min_cells && scenario.pack.cells <= scenario.board.max_cells,
          "the pack fits the board");
  require(!scenario.claims.empty(), "a scenario claims something");
  for (const auto& [name, value] : scenario.settings) require(std::isfinite(value), "a setting is finite");
  for (const auto& [name, value] : scenario.start) require(std::isfinite(value), "a start is finite");
  const auto earlier = [](const Action& a, const Action& b) { return a.at_s < b.at_s; };
  require(std::is_sorted(scenario.actions.begin(), scenario.actions.end(), earlier), "actions stand in order of time");
  for (const Action& action : scenario.actions)
    require(action.at_s >= 0 && action.cell <= scenario.pack.cells, "an action is of this run");
}

void judge(const std::vector<ScenarioError>& errors, const std::string& file, std::ptrdiff_t lines) {
  for (const ScenarioError& error : errors) {
    const SourcePosition& at = error.position();
    require(!at.file.empty() && at.line >= 1 && at.column >= 1, "a mistake has its place");
    require(at.file != file || at.line <= lines, "a mistake is in the file");
    require(!error.sentence().empty(), "a mistake is said");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const tests::fuzz::MemoryFile file(data, size);
  std::vector<ScenarioError> errors;
  const std::vector<Scenario> scenarios = read_scenarios(file.path(), CELLRIG_SOURCE_DIR "/scenarios", errors);
  require(scenarios.empty() || errors.empty(), "nothing of a file with a mistake is used");
  require(!scenarios.empty() || !errors.empty(), "a file holds a scenario or a mistake");
  judge(errors, file.path(), 1 + std::count(data, data + size, '\n'));
  for (const Scenario& scenario : scenarios) judge(scenario);
  return 0;
}
