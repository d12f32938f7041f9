// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace reports::clauses {

/// One clause of a standard, in our own words. `id` is what scenarios write in `shows:`.
struct Clause {
  std::string id;                         // "IEC 62619:2022/8.2.2"
  std::string standard, edition, number;  // "IEC 62619", "2022", "8.2.2"
  std::string title, stimulus;
  std::string bms_criterion;         // the part of the pass criterion that a controller can meet
  std::vector<std::string> numbers;  // figures of the stimulus and of the criterion
  std::string rig_shows, rig_cannot;
  std::string coverage;    // full, control-part, none, not_applicable: of the clause by this rig
  std::string reason;      // of not_applicable; else ""
  std::string confidence;  // S sure, L likely (one secondary source), C to be checked
  std::string checked_by;  // who held this entry against the standard's text; "" = nobody
  std::string file;        // "iec_62619_2022.yaml", with the line
  int line = 0;
};

/// "mapping not verified against the standard text", or "checked by NAME".
[[nodiscard]] std::string verification(const Clause& clause);

struct Standard {
  std::string key;  // "IEC 62619:2022", "GB 43854-2024": what stands in front of the clause in an id
  std::string name, edition, title;
  std::vector<Clause> clauses;  // in order of the file
};

struct Catalogue {
  std::vector<Standard> standards;                              // in order of their keys
  [[nodiscard]] const Clause* find(std::string_view id) const;  // nullptr: not in here
  /// The standard whose key stands in front of `id`, whether or not it has the clause; nullptr: none, so `id` is a
  /// requirement or a standard that nobody has described.
  [[nodiscard]] const Standard* standard_of(std::string_view id) const;
};

/// The catalogue that comes with Cellrig (reports/clauses/*.yaml, compiled in), read once. Throws std::logic_error
/// with every mistake.
[[nodiscard]] const Catalogue& catalogue();

/// Adds one file. Strict: unknown, missing and repeated keys, wrong words, empty texts, a clause that is there already.
/// Mistakes as "file:line:column  sentence (what was read; what would be accepted)"; the file is left out when there is
/// any.
void read(const std::string& text, const std::string& file, Catalogue& into, std::vector<std::string>& mistakes);

}  // namespace reports::clauses
