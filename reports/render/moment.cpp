// SPDX-License-Identifier: Apache-2.0
#include "reports/render/moment.hpp"

#include <algorithm>
#include <cmath>

namespace reports {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t fast = second / 10;  // shorter events are shown on their own scale

std::int64_t to_ns(double seconds) { return std::abs(seconds) < 9e9 ? std::llround(seconds * 1e9) : 0; }

struct Span {
  std::int64_t from = -1, to = -1;
  bool empty() const { return from < 0; }
  void add(std::int64_t t) {
    if (t < 0) return;
    from = empty() ? t : std::min(from, t);
    to = std::max(to, t);
  }
  std::int64_t length() const { return to - from; }
};

Span core_of_timeline(const Timeline& timeline, std::int64_t t_worst) {
  Span span;
  for (const std::int64_t t : {timeline.t_cross, timeline.t_act, timeline.t_clear}) span.add(t);
  if (timeline.t_act < 0) span.add(t_worst);
  // the flag of a short circuit comes a poll later: a thousand times the event, it would squeeze it to a line
  const bool own_scale = span.length() > 0 && span.length() < fast;
  const std::int64_t reach = 3 * span.length() + (own_scale ? 0 : 2 * second);
  if (!span.empty() && timeline.t_detect - span.from <= reach) span.add(timeline.t_detect);
  return span;
}

void add_marks(Moment& moment, const ClaimResult& claim, const std::optional<Duration>& duration) {
  const auto add = [&](std::int64_t t, const char* label, const char* kind) {
    if (t >= 0) moment.marks.push_back({t, label, kind});
  };
  if (claim.timeline) {
    add(claim.timeline->t_cross, "t_cross", "cross");
    add(claim.timeline->t_detect, "t_detect", "detect");
    add(claim.timeline->t_act, "t_act", "act");
    add(claim.timeline->t_clear, "t_clear", "clear");
  }
  if (duration) {
    add(duration->from, duration->violation ? "violated from" : "from", duration->violation ? "worst" : "from");
    add(duration->to, duration->violation ? "until" : "limit", "limit");
  }
  if (!duration || !duration->violation) add(claim.t_worst_ns, "worst moment", "worst");
  std::stable_sort(moment.marks.begin(), moment.marks.end(),
                   [](const Mark& a, const Mark& b) { return a.t_ns < b.t_ns; });
}

std::size_t rows_in(const trace::Trace& trace, std::int64_t t0, std::int64_t t1) {
  const auto& t = trace.row_t_ns;
  return static_cast<std::size_t>(std::upper_bound(t.begin(), t.end(), t1) - std::lower_bound(t.begin(), t.end(), t0));
}

void set_window(Moment& moment, const Span& core, std::int64_t end_ns) {
  if (core.empty()) {
    moment.t0 = 0;
    moment.t1 = std::max<std::int64_t>(end_ns, 1);
    return;
  }
  const std::int64_t length = core.length();
  const bool own_scale = length > 0 && length < fast;
  const std::int64_t pad = own_scale ? std::max<std::int64_t>(length / 2, 20'000) : std::max(2 * second, length / 7);
  moment.t0 = std::max<std::int64_t>(core.from - pad, 0);
  moment.t1 = std::max(std::min(core.to + pad, end_ns), moment.t0 + 1);
}

void widen_until_rows(Moment& moment, const trace::Trace& trace, std::int64_t end_ns) {
  while (rows_in(trace, moment.t0, moment.t1) < 8 && (moment.t0 > 0 || moment.t1 < end_ns)) {
    const std::int64_t more = (moment.t1 - moment.t0) / 2 + 1;
    moment.t0 = std::max<std::int64_t>(moment.t0 - more, 0);
    moment.t1 = std::min(moment.t1 + more, end_ns);
  }
}

}  // namespace

std::int64_t end_of(const ScenarioResult& scenario, const trace::Trace& trace) {
  std::int64_t end = to_ns(scenario.simulated_s);
  if (!trace.row_t_ns.empty()) end = std::max(end, trace.row_t_ns.back());
  if (!trace.changes.empty()) end = std::max(end, trace.changes.back().t_ns);
  return end;
}

std::optional<Duration> duration_of(const ClaimResult& claim, const trace::Trace& trace, std::int64_t end_ns) {
  if (claim.t_worst_ns < 0 || !claim.measured || !claim.limit || !claim.margin) return std::nullopt;
  if (claim.measured->unit != "s" || claim.limit->unit != "s") return std::nullopt;
  for (const trace::Signal& signal :
       trace.header.signals) {  // a signal that is itself a time gives a value, not a duration
    if (signal.unit == "s" && std::count(claim.signals.begin(), claim.signals.end(), signal.name) > 0)
      return std::nullopt;
  }
  const std::int64_t measured = to_ns(claim.measured->number), limit = to_ns(claim.limit->number);
  if (std::llabs(to_ns(claim.margin->number) - (limit - measured)) > 1000) return std::nullopt;  // a lower limit
  if (limit == 0) {
    if (measured <= 0) return std::nullopt;
    return Duration{claim.t_worst_ns, claim.t_worst_ns + measured, true};
  }
  // "not true until the end of the run": the worst moment is then the one when the limit ran out
  const bool never_came = measured > limit && std::llabs(claim.t_worst_ns - limit + measured - end_ns) <= 1000;
  const std::int64_t from = claim.t_worst_ns - (never_came ? limit : measured);
  if (from < 0) return std::nullopt;
  return Duration{from, from + limit, false};
}

Moment moment_of(const ScenarioResult& scenario, const ClaimResult& claim, const trace::Trace& trace) {
  Moment moment;
  const std::int64_t end_ns = end_of(scenario, trace);
  const auto duration = duration_of(claim, trace, end_ns);
  add_marks(moment, claim, duration);
  Span core;
  if (claim.timeline) core = core_of_timeline(*claim.timeline, claim.t_worst_ns);
  const bool elsewhere =
      claim.t_worst_ns >= 0 && claim.result != "pass" &&
      (claim.t_worst_ns < core.from - core.length() || claim.t_worst_ns > core.to + core.length() + 2 * second);
  const bool by_timeline = !core.empty() && !elsewhere;
  if (!by_timeline) {
    core = Span{};
    core.add(claim.t_worst_ns);
    if (duration) {
      core.add(duration->from);
      core.add(duration->violation ? duration->to : std::min(duration->to, core.to + 2 * second));
    }
  }
  set_window(moment, core, end_ns);
  if (!by_timeline) widen_until_rows(moment, trace, end_ns);
  const bool most_of_the_run = moment.t1 - moment.t0 > end_ns / 2;
  const std::int64_t crossed = by_timeline ? claim.timeline->t_cross : -1;
  const std::int64_t event = crossed >= 0 ? crossed : duration ? duration->from : claim.t_worst_ns;
  moment.origin = most_of_the_run || event < 0 ? 0 : event;
  moment.origin_name = "the worst moment";
  if (duration) moment.origin_name = duration->violation ? "the violation began" : "the condition became true";
  if (crossed >= 0) moment.origin_name = "t_cross";
  if (moment.origin == 0 && event != 0) moment.origin_name = "start of the run";
  return moment;
}

}  // namespace reports
