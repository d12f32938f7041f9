// SPDX-License-Identifier: Apache-2.0
#include "reports/render/parameters.hpp"

#include "reports/digest.hpp"

namespace reports {

std::string parameter_sha256(const Parameters& settings) {
  std::string lines;
  for (const auto& [name, value] : settings) lines += name + "=" + value + "\n";
  return sha256(lines);
}

std::vector<UsualParameters> usual_parameters(const RunResult& run) {
  std::map<std::string, std::map<Parameters, std::size_t>> sets;
  for (const ScenarioResult& one : run.scenarios) {
    if (!one.settings.empty()) ++sets[one.board][one.settings];
  }
  std::vector<UsualParameters> all;
  for (const auto& [board, counted] : sets) {
    UsualParameters usual{board, {}, 0};
    for (const auto& [settings, count] : counted) {
      if (count > usual.scenarios) usual = {board, settings, count};
    }
    all.push_back(usual);
  }
  return all;
}

Parameters unusual(const Parameters& settings, const Parameters& usual) {
  Parameters differing;
  for (const auto& [name, value] : settings) {
    const auto found = usual.find(name);
    if (found == usual.end() || found->second != value) differing[name] = value;
  }
  for (const auto& [name, value] : usual) {
    if (!settings.contains(name)) differing[name] = "";
  }
  return differing;
}

}  // namespace reports
