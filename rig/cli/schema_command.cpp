// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rig/campaign/exit_code.hpp"
#include "rig/cli/commands.hpp"
#include "rig/cli/nearest.hpp"
#include "rig/cli/text.hpp"
#include "rig/scenario/keys.hpp"
#include "rig/scenario/schema.hpp"

namespace rig::cli {

int schema_command(const Call& call) {
  const std::string kind = call.arguments.what.empty() ? "scenario" : call.arguments.what.front();
  std::vector<std::string> kinds;
  for (const scenario::FileKind& known : scenario::file_kinds()) kinds.emplace_back(known.name);
  if (std::ranges::find(kinds, kind) == kinds.end())
    return malformed(call.host, {"schema: " + kind + " is not a kind of file; " + joined(kinds, ", ")});
  call.host.out << scenario::json_schema(kind);
  return campaign::kExitPass;
}

}  // namespace rig::cli
