// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/agenda.hpp"

#include <algorithm>
#include <systemc>

namespace rig::bench {
struct Agenda::Kernel {
  sc_core::sc_event wake;
};

Agenda& Agenda::make() {
  static std::unique_ptr<Agenda> agenda;
  agenda.reset(new Agenda);
  the_ = agenda.get();
  return *the_;
}

std::int64_t Agenda::kernel_ns() { return static_cast<std::int64_t>(sc_core::sc_time_stamp().value()); }

Agenda::Agenda() : kernel_(std::make_unique<Kernel>()) {
  sc_core::sc_spawn_options options;
  options.spawn_method();
  options.set_sensitivity(&kernel_->wake);
  sc_core::sc_spawn([this] { proceed(); }, "agenda", &options);
}

Agenda::~Agenda() = default;

std::size_t Agenda::enter(Turn turn, std::function<void()> act) {
  const std::size_t entry = entries_.size();
  entries_.push_back({turn, std::move(act)});
  due_ns_.push_back(never);
  const auto later = [&](Turn t, std::size_t other) { return t < entries_[other].turn; };
  order_.insert(std::upper_bound(order_.begin(), order_.end(), turn, later), entry);
  return entry;
}

void Agenda::leave(std::size_t entry) {
  entries_[entry].act = nullptr;
  due_ns_[entry] = never;
}

void Agenda::set(std::size_t entry, std::int64_t t_ns) {
  const std::int64_t t = std::max(t_ns, now_ns());
  if (t >= due_ns_[entry]) return;
  due_ns_[entry] = t;
  if (local_ns_ < 0) arm(t);
}

void Agenda::arm(std::int64_t t_ns) {  // the kernel keeps the earlier of two
  kernel_->wake.notify(sc_core::sc_time::from_value(static_cast<sc_dt::uint64>(t_ns - kernel_ns())));
}

std::size_t Agenda::first() const {
  std::size_t best = order_.front();
  for (const std::size_t entry : order_) {
    if (due_ns_[entry] < due_ns_[best]) best = entry;
  }
  return best;
}

/// Everything due at the kernel's time, then on as far as nobody else wants the kernel.
void Agenda::proceed() {
  if (order_.empty()) return;
  kernel_->wake.cancel();
  for (local_ns_ = kernel_ns();;) {
    const std::size_t entry = first();
    const std::int64_t due = due_ns_[entry];
    if (due > local_ns_) {
      const bool may_burst = bursts_allowed_ && due < end_ns_ && !sc_core::sc_pending_activity();
      if (!may_burst) {
        local_ns_ = -1;
        if (due != never) arm(due);
        return;
      }
      local_ns_ = due;
    }
    due_ns_[entry] = never;
    entries_[entry].act();
  }
}

void Agenda::run_until(std::int64_t end_ns) {
  end_ns_ = end_ns;
  sc_core::sc_start(sc_core::sc_time::from_value(static_cast<sc_dt::uint64>(end_ns - kernel_ns())));
}

}  // namespace rig::bench
