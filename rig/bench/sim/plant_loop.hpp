// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <systemc>
#include <vector>

#include "models/pack/plant.hpp"
#include "rig/bench/sim/agenda.hpp"

namespace rig::bench {

/// The SystemC coat of the look-ahead plant: keeps it in step with the kernel and tells observers what happened, in
/// order.
///   observe(t)  -> before(t): every observer looks at (last, t] while the old values still hold
///   change()    -> the plant, brought exactly to now; inputs may change
///   announce()  -> after(): once for all changes of one instant, when the new values hold
class PlantLoop : public sc_core::sc_module {
 public:
  PlantLoop(const sc_core::sc_module_name& name, models::pack::PlantParams params, double ambient_degC);

  std::function<void(std::int64_t)> before;
  std::function<void(std::int64_t)> leaving;   // the plant leaves its segment at t
  std::function<void(std::int64_t)> breaking;  // a visible event follows at t; the old values still hold
  std::function<void()> after;
  std::function<void()> computed;  // a segment; may be empty
  std::function<void(models::pack::PlantEvent)> happened;

  /// The plant before the first event, to set its start state; then begin() computes the first segment.
  [[nodiscard]] models::pack::Plant& plant_for_start() { return plant_; }
  void begin();

  /// Plant whose dense output is valid at now.
  [[nodiscard]] const models::pack::Plant& sample() {
    if (plant_.needs_look_ahead()) compute();
    return plant_;
  }
  /// Plant at exactly now, for a change of inputs; the next segment follows by itself. `visible`: a trace should show
  /// the step.
  [[nodiscard]] models::pack::Plant& change(bool visible = true);
  /// Plant for observers inside before() and after().
  [[nodiscard]] const models::pack::Plant& plant() const { return plant_; }
  void observe(std::int64_t t_ns);
  void announce();

 private:
  void proceed();
  void digest(models::pack::PlantEvent event);
  void compute();
  void wait();

  models::pack::Plant plant_;
  /// At the end of a segment the plant can still be sampled. Where nothing happens there and nothing jumps, it goes on
  /// after everybody else, so that a switch at that very instant finds it there and no segment is computed in vain.
  Timer wake_{Turn::plant, [this] { proceed(); }}, go_on_{Turn::plant_goes_on, [this] { proceed(); }};
  std::vector<models::pack::PlantEvent> pending_;
  std::int64_t observed_ns_ = 0;
  bool announced_ = false;
};

}  // namespace rig::bench
