// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "rig/bench/sim/cues.hpp"
#include "rig/bench/sim/plant_loop.hpp"
#include "rig/expect/judge.hpp"
#include "rig/record/recorder.hpp"

namespace rig::bench {

/// What looks at a whole run: the judge and the trace. Every board tells it what happens, in order of time; at an
/// instant at which several plants change, all of them are computed before anybody reads.
struct RunWatch {
  explicit RunWatch(expect::Judge of_claims) : judge(std::move(of_claims)) {}

  /// Everybody looks at (last, t] while the old values still hold.
  void observe(std::int64_t t_ns) {
    if (recorder) recorder->interval(t_ns);
    judge.advance(t_ns);
  }
  /// A visible event follows at t; the old values still hold.
  void before_event(std::int64_t t_ns) {
    if (!recorder) return;
    settle();
    recorder->before_event(t_ns);
  }
  /// The new values hold.
  void changed(std::int64_t t_ns) {
    settle();
    if (is_event && recorder) recorder->event(t_ns);
    is_event = false;
    judge.change(t_ns);
    if (cues) cues->look();
  }
  /// Somebody depends on this signal.
  [[nodiscard]] bool reads(scenario::SignalId id) const { return judge.reads(id) || (cues && cues->reads(id)); }

  expect::Judge judge;
  std::optional<record::Recorder> recorder;
  std::unique_ptr<Cues> cues;  // none: nothing waits
  std::vector<PlantLoop*> plants;
  bool is_event = false;  // the trace should show what changes at this instant

 private:
  void settle() {
    if (plants.size() < 2) return;
    for (PlantLoop* plant : plants) (void)plant->sample();
  }
};

}  // namespace rig::bench
