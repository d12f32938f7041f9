// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

namespace rig::campaign {

/// Exit codes of the program. The highest wins.
constexpr int kExitPass = 0;       // everything held, or was not applicable among others that held
constexpr int kExitFail = 1;       // a `fail` or `conditional_fail`; with --strict also a `conditional_pass`
constexpr int kExitError = 2;      // an `error`, a scenario that did not run, or a word that nobody knows
constexpr int kExitMalformed = 3;  // malformed file or option; not applicable: one named by itself, or all

/// A result word and whether the user named this scenario itself (not through a folder).
struct Judged {
  std::string result;
  bool named = false;
};

[[nodiscard]] int exit_code(const Judged& judged, bool strict);
[[nodiscard]] int exit_code(const std::vector<Judged>& all, bool strict);

/// True when nothing of it could run on the bench, and when there is nothing.
[[nodiscard]] bool nothing_applies(const std::vector<Judged>& all);

/// One of: pass conditional_pass conditional_fail fail error not_run not_applicable.
[[nodiscard]] bool is_result_word(const std::string& word);

}  // namespace rig::campaign
