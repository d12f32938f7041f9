// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/program.hpp"

#include <exception>
#include <map>

#include "rig/campaign/exit_code.hpp"
#include "rig/cli/commands.hpp"

namespace rig::cli {
namespace {

int dispatch(const Call& call) {
  static const std::map<std::string, int (*)(const Call&)> kCommands = {
      {"run", run_command},          {"list", list_command},     {"validate", validate_command},
      {"explain", explain_command},  {"replay", replay_command}, {"fit", start_fit_program},
      {"live", live_command},        {"report", report_command}, {"campaign", campaign_command},
      {"verify", verify_command},    {"schema", schema_command}, {"new", new_command},
      {"coverage", coverage_command}};
  return kCommands.at(call.arguments.command)(call);
}

}  // namespace

int malformed(const Host& host, const std::vector<std::string>& mistakes) {
  for (const std::string& sentence : mistakes) host.err << sentence << "\n";
  host.err << std::flush;
  return campaign::kExitMalformed;
}

int carry_out(const std::vector<std::string>& words, const Host& host, int (*command)(const Call&)) {
  try {
    const Arguments arguments = parse_arguments(words);
    if (!arguments.show.empty()) {
      host.out << arguments.show << std::flush;
      return campaign::kExitPass;
    }
    if (!arguments.mistakes.empty()) return malformed(host, arguments.mistakes);
    const Places places = find_places(host.executable);
    const int code = command({words, arguments, places, host});
    host.out << std::flush;
    if (host.out) return code;
    host.err << "cellrig: the output cannot be written\n";
    return code == campaign::kExitPass ? campaign::kExitError : code;
  } catch (const std::exception& error) {
    host.err << "cellrig: " << error.what() << std::endl;
    return campaign::kExitError;
  }
}

int program(const std::vector<std::string>& words, const Host& host) { return carry_out(words, host, dispatch); }

}  // namespace rig::cli
