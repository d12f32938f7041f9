// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/exit_code.hpp"
#include "rig/cli/commands.hpp"
#include "rig/cli/selection.hpp"
#include "rig/cli/text.hpp"
#include "rig/cli/warnings.hpp"

namespace rig::cli {

int validate_command(const Call& call) {
  const Selection selection = select(call.arguments, call.places);
  if (!selection.mistakes.empty()) return malformed(call.host, selection.mistakes);
  const std::vector<std::string> warnings = warnings_of(selection);
  for (const std::string& warning : warnings) call.host.err << warning << "\n";
  call.host.err << std::flush;
  call.host.out << counted(selection.scenarios.size(), "scenario") << " in " << counted(selection.files, "file")
                << ", well formed" << (warnings.empty() ? "" : ", " + counted(warnings.size(), "warning")) << "\n";
  return call.arguments.strict && !warnings.empty() ? campaign::kExitFail : campaign::kExitPass;
}

}  // namespace rig::cli
