// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/result.hpp"
#include "reports/trace/trace.hpp"

namespace reports {

/// One vertical line on a picture.
struct Mark {
  std::int64_t t_ns;
  std::string label;
  std::string kind;  // style: "cross", "detect", "act", "clear", "worst", "from", "limit"
};

/// What stretch of the run a picture shows, ns.
struct Moment {
  std::int64_t t0 = 0, t1 = 1;
  std::int64_t origin = 0;  // zero of the time axis
  std::string origin_name;  // "start of the run", "threshold crossed", …
  std::vector<Mark> marks;  // in order of time
};

/// End of the run: the simulated time, or the last record when that is later.
[[nodiscard]] std::int64_t end_of(const ScenarioResult& scenario, const trace::Trace& trace);

/// For a claim whose figure is a duration with an upper limit: when it began and when the limit ran out. With the limit
/// 0 s: the stretch in which the claim was violated. nullopt when the figure is a value, or a duration that had to
/// last.
struct Duration {
  std::int64_t from, to;
  bool violation;
};
[[nodiscard]] std::optional<Duration> duration_of(const ClaimResult& claim, const trace::Trace& trace,
                                                  std::int64_t end_ns);

/// Around the event of a claim: its protection timeline with half a span (fast events) or 2 s on both sides; else its
/// duration; else two seconds on both sides of its worst moment, more when there are too few rows; else the whole run.
[[nodiscard]] Moment moment_of(const ScenarioResult& scenario, const ClaimResult& claim, const trace::Trace& trace);

}  // namespace reports
