// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reports/result.hpp"

namespace rig::campaign {

using Places = std::vector<std::pair<std::string, std::string>>;  // path or word -> text, in order

/// What a campaign keeps of one run: a line of runs.jsonl.
struct Record {
  struct Claim {
    std::string result;
    std::optional<double> measured, margin;  // base units
    std::string unit;                        // of measured
    std::int64_t t_worst_ns = -1;
  };
  std::size_t run = 0;  // counted through the campaign, from 0
  std::string scenario;
  Places values;  // what this run differs in
  std::uint64_t seed = 0;
  std::string result, reason;  // reason: when it is not a pass
  std::vector<Claim> claims;
  [[nodiscard]] bool is_of_shrinking() const { return !values.empty() && values.front().first == "shrinking"; }
};

[[nodiscard]] Record record_of(const reports::ScenarioResult& result);

/// One line of JSON without its end, keys in fixed order, the same bytes for the same run.
[[nodiscard]] std::string to_line(const Record& record);
/// nullopt: not a whole line of ours.
[[nodiscard]] std::optional<Record> from_line(const std::string& line);

}  // namespace rig::campaign
