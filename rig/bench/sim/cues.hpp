// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "reports/result.hpp"
#include "rig/bench/sim/agenda.hpp"
#include "rig/bench/sim/plant_loop.hpp"
#include "rig/expect/lookout.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

/// Waits for the conditions of `do:` (scenario::Cue), of all boards of a run. Each is looked at whenever a bit, a
/// report or a plant has changed, behind everything else of that instant; and where it depends on a plant signal, the
/// segment that the plant promises is searched for the instant at which it will become true. So it comes at that
/// nanosecond, whatever wakes up in between.
class Cues {
 public:
  Cues(const std::vector<scenario::Cue>& cues, const scenario::Catalogue& catalogue,
       const expect::SignalSource& signals, std::vector<PlantLoop*> plants);

  std::function<void(int cue, std::int64_t t_ns)> came;

  [[nodiscard]] bool reads(scenario::SignalId id) const;
  /// Something has changed at this instant.
  void look() { turn_.now(); }
  /// When each came; what never happened fails the run.
  void report(std::int64_t end_ns, reports::ScenarioResult& result) const;

 private:
  struct Waiting {
    const scenario::Cue* cue;
    std::unique_ptr<expect::Lookout> lookout;
    std::int64_t t_from_ns = expect::kNever, t_came_ns = expect::kNever;
    [[nodiscard]] bool over() const { return t_came_ns != expect::kNever; }
  };
  void turn();
  void comes(std::size_t cue, std::int64_t t_ns);
  void plan(std::int64_t t_ns);

  std::vector<Waiting> waiting_;
  std::vector<PlantLoop*> plants_;
  Timer turn_{Turn::cue, [this] { turn(); }};
};

}  // namespace rig::bench
