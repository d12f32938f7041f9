// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/plant_loop.hpp"

#include <cmath>

namespace rig::bench {

using models::pack::Plant;
using models::pack::PlantEvent;

PlantLoop::PlantLoop(const sc_core::sc_module_name& name, models::pack::PlantParams params, double ambient_degC)
    : sc_module(name), plant_(std::move(params), ambient_degC) {
  wake_.at(0);
}

void PlantLoop::begin() { plant_.look_ahead(); }

Plant& PlantLoop::change(bool visible) {
  const std::int64_t now = now_ns();
  if (!plant_.needs_look_ahead()) {
    observe(now);
    if (visible) breaking(now);
    leaving(now);
    const bool event_due = plant_.horizon_ns() == now;
    const PlantEvent event = plant_.event();
    plant_.advance_exactly_to(now);
    if (event_due) pending_.push_back(event);
  }
  announce();
  return plant_;
}

void PlantLoop::observe(std::int64_t t_ns) {
  if (t_ns <= observed_ns_) return;
  before(t_ns);
  observed_ns_ = t_ns;
}

void PlantLoop::announce() {
  if (announced_) return;
  announced_ = true;
  wake_.now();
}

void PlantLoop::compute() {
  const double last_A = plant_.state().loop_A;
  plant_.look_ahead();
  if (computed) computed();
  if (std::abs(plant_.port_A(plant_.now_ns()) - last_A) > 1e-6)
    announced_ = true;  // the current jumps: observers must know
}

void PlantLoop::digest(PlantEvent event) {
  if (event == PlantEvent::step) return;
  announced_ = true;
  happened(event);
}

/// Everything the plant has to do at this instant, then sleep until its horizon.
void PlantLoop::proceed() {
  const std::int64_t now = now_ns();
  for (std::size_t i = 0; i < pending_.size(); ++i) digest(pending_[i]);
  pending_.clear();
  for (;;) {
    if (plant_.needs_look_ahead()) compute();
    if (plant_.horizon_ns() > now) break;
    observe(now);
    const PlantEvent event = plant_.event();
    if (event != PlantEvent::step) breaking(now);
    leaving(now);
    plant_.advance_exactly_to(now);
    digest(event);
  }
  const bool tell = announced_;
  announced_ = false;
  if (tell) after();
  if (announced_) return;  // after() or a digested event asked for another round, a delta cycle later
  wait();
}

void PlantLoop::wait() {
  wake_.cancel();
  go_on_.cancel();
  (plant_.ends_smoothly() ? go_on_ : wake_).at(plant_.horizon_ns());
}

}  // namespace rig::bench
