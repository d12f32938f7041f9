// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/exit_code.hpp"

#include <algorithm>

namespace rig::campaign {

int exit_code(const Judged& judged, bool strict) {
  if (judged.result == "pass") return kExitPass;
  if (judged.result == "conditional_pass") return strict ? kExitFail : kExitPass;
  if (judged.result == "fail" || judged.result == "conditional_fail") return kExitFail;
  if (judged.result == "not_applicable") return judged.named ? kExitMalformed : kExitPass;
  return kExitError;
}

bool nothing_applies(const std::vector<Judged>& all) {
  return std::ranges::all_of(all, [](const Judged& judged) { return judged.result == "not_applicable"; });
}

int exit_code(const std::vector<Judged>& all, bool strict) {
  int code = nothing_applies(all) ? kExitMalformed : kExitPass;  // nothing ran: that is no green
  for (const Judged& judged : all) code = std::max(code, exit_code(judged, strict));
  return code;
}

bool is_result_word(const std::string& word) {
  static const char* const kWords[] = {"pass",  "conditional_pass", "conditional_fail", "fail",
                                       "error", "not_run",          "not_applicable"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](const char* known) { return word == known; });
}

}  // namespace rig::campaign
