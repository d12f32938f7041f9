// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/warnings.hpp"

#include "rig/lint/lint.hpp"
#include "rig/scenario/problems.hpp"

namespace rig::cli {

std::vector<std::string> warnings_of(const Selection& selection) {
  scenario::Problems all;
  for (const Selected& selected : selection.scenarios) {
    const scenario::Scenario& one = *selected.scenario;
    scenario::Problems own;
    for (const lint::Finding& finding : lint::lint(one))
      own.add(finding.position, "warning: " + finding.sentence + " [lint/" + finding.rule + "]");
    all.add_all(own, one.template_name.empty() ? "" : one.name);
  }
  std::vector<std::string> lines;
  for (const scenario::ScenarioError& warning : all.sorted()) lines.emplace_back(warning.what());
  return lines;
}

}  // namespace rig::cli
