// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/measurement.hpp"

#include "rig/scenario/quantity.hpp"

namespace rig::cli {

using cell_bench::Positive;

std::string text_of(const Call& call, const char* option) {
  const auto found = call.arguments.texts.find(option);
  return found == call.arguments.texts.end() ? "" : found->second;
}

Positive positive_of(const Call& call, std::vector<std::string>& mistakes) {
  const std::string positive = text_of(call, "positive");
  if (positive == "discharge") return Positive::discharge;
  if (!positive.empty() && positive != "charge")
    mistakes.push_back("--positive: \"" + positive + "\" is neither charge nor discharge");
  return Positive::charge;
}

cell_bench::Start start_of(const Call& call, std::vector<std::string>& mistakes) {
  return call.arguments.texts.contains("start") ? cell_bench::parse_start(text_of(call, "start"), mistakes)
                                                : cell_bench::Start{};
}

std::vector<std::string> sentences(const scenario::Problems& problems) {
  std::vector<std::string> all;
  for (const auto& error : problems.sorted()) all.emplace_back(error.what());
  return all;
}

std::string sign_mistake(const cell_bench::Profile& profile, Positive positive) {
  if (cell_bench::agreement_of_signs(profile) >= 0) return "";
  const bool charge = positive == Positive::charge;
  return profile.file + ": the voltage " + (charge ? "falls" : "rises") +
         " when current_A rises, so its positive current " + (charge ? "discharges" : "charges") + "; use --positive " +
         (charge ? "discharge" : "charge");
}

std::string millivolts(double volts) { return scenario::format({volts, scenario::Dimension::voltage}); }

}  // namespace rig::cli
