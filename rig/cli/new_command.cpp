// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "rig/campaign/exit_code.hpp"
#include "rig/cli/commands.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;

const char* const scenario_template =
    R"(# An editor completes the keys below and says what they mean, once you have called
#   cellrig schema scenario > scenario.schema.json
# and put in the first line of this file:  yaml-language-server: $schema=scenario.schema.json  (behind a # and a space).
# Every key: docs/scenarios.md. `cellrig validate` tells mistakes, `cellrig run` runs it.

NAME:
  about: One cell runs ahead while the pack is charged; the charge FET opens before the cell is harmed.
  labels: [mine]                        # cellrig run FOLDER --label mine

  # What is under test. Files are looked for beside this one, then among those that come with Cellrig.
  board: boards/jk_b2a8s20p.yaml
  pack: packs/lfp_8s_280ah.yaml
  settings:
    preset: LiFePO4                     # then single settings, each with its unit
    cell_ovp: 3.60 V

  # How the run begins. `cell[3].soc` overrides `soc` for that cell.
  start:
    soc: 94 %
    cell[3].soc: 98 %
    ambient: 25 degC

  # What is done, each with its moment: at: 5 s (of the run), after: 5 s (the entry before), when: charge_fet turns off.
  do:
    - at: 0 s
      charger: {current: 0.3 C, voltage: 32.1 V}
    - when: charge_fet turns off
      after: 10 s
      charger: off
  run_for: 20 min

  # What must hold. `cellrig explain signals` prints everything that can be named here.
  expect:
    - name: the charge FET opens in time
      when: cell[3].voltage >= 3.61 V   # each time this becomes true …
      then: charge_fet is off           # … this is true …
      within: 5.2 s                     # … no later than so long after it
      protection: cell_overvoltage      # adds a timeline to the report
      limit: declared                   # or standard, derived, marketing
      limit note: setting cell_ovp 3.60 V and its delay of 5 s, 10 mV of measuring error, one scan
    - always: max(cell.voltage) < 3.80 V
    - eventually: bms.alarm.cell_overvoltage is on
      by: 20 min
)";

bool is_name_of_a_scenario(const std::string& name) {
  const auto is_legal = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= 150 && name.front() != '-' && std::ranges::all_of(name, is_legal);
}

std::string filled_template(const std::string& name) {
  std::string text = scenario_template;
  return text.replace(text.find("\nNAME:") + 1, 4, name);
}

/// errno; 0: it is written.
int write_new_file(const fs::path& file, const std::string& text) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "wx"), &std::fclose);
  if (stream == nullptr) return errno;
  const bool is_whole = std::fwrite(text.data(), 1, text.size(), stream.get()) == text.size();
  return is_whole && std::fflush(stream.get()) == 0 ? 0 : errno;
}

}  // namespace

int new_command(const Call& call) {
  fs::path file = call.arguments.what.front();
  if (file.extension() != ".yaml") file += ".yaml";
  const std::string name = file.stem().string();
  if (!is_name_of_a_scenario(name))
    return malformed(call.host,
                     {"new: \"" + name +
                      "\" cannot be the name of a scenario; it is made of letters, digits, _ and -, at most 150"});
  std::error_code failed;
  if (file.has_parent_path() && !fs::is_directory(file.parent_path(), failed))
    return malformed(call.host, {"new: there is no folder " + file.parent_path().string()});
  const int error = write_new_file(file, filled_template(name));
  if (error == EEXIST)
    return malformed(call.host, {"new: " + file.string() + " is there already; it is left as it is"});
  if (error != 0) {
    call.host.err << "new: " << file.string() << " cannot be written: " << std::strerror(error) << "\n";
    return campaign::kExitError;
  }
  call.host.out << file.string() << "\n";
  return campaign::kExitPass;
}

}  // namespace rig::cli
