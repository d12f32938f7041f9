// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/agenda.hpp"

#include <algorithm>
#include <stdexcept>
#include <systemc>
#include <utility>

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
  const auto later = [](Turn t, const Entry& other) { return t < other.turn; };
  const auto at = std::upper_bound(entries_.begin(), entries_.end(), turn, later);
  const auto place = static_cast<std::size_t>(at - entries_.begin());
  for (std::size_t& other : place_of_) other += other >= place ? 1 : 0;
  entries_.insert(at, {turn, std::move(act)});
  due_ns_.insert(due_ns_.begin() + static_cast<std::ptrdiff_t>(place), never);
  for (Due& due : calendar_) due.entry += due.entry >= place ? 1 : 0;
  calendar_.resize(entries_.size());
  place_of_.push_back(place);
  return place_of_.size() - 1;
}

void Agenda::leave(std::size_t timer) {
  cancel(timer);
  entries_[place_of_[timer]].act = nullptr;
}

void Agenda::set(std::size_t timer, std::int64_t t_ns) {
  const std::size_t entry = place_of_[timer];
  const std::int64_t t = std::max(t_ns, now_ns());
  if (t >= due_ns_[entry]) return;
  take_out(entry);
  put_in(entry, t);
  if (local_ns_ < 0) arm(t);
}

void Agenda::put_in(std::size_t entry, std::int64_t t_ns) {
  due_ns_[entry] = t_ns;
  const Due due{t_ns, entry};
  std::size_t at = count_++;
  for (; at > 0 && calendar_[at - 1] < due; --at) calendar_[at] = calendar_[at - 1];
  calendar_[at] = due;
}

void Agenda::take_out(std::size_t entry) {
  if (due_ns_[entry] == never) return;
  due_ns_[entry] = never;
  std::size_t at = --count_;
  for (Due last = calendar_[at]; last.entry != entry; --at) std::swap(last, calendar_[at - 1]);
}

void Agenda::arm(std::int64_t t_ns) {  // the kernel keeps the earlier of two
  kernel_->wake.notify(sc_core::sc_time::from_value(static_cast<sc_dt::uint64>(t_ns - kernel_ns())));
}

/// Everything due at the kernel's time, then on as far as nobody else wants the kernel.
void Agenda::proceed() {
  if (entries_.empty()) return;
  kernel_->wake.cancel();
  const std::int64_t start_ns = kernel_ns();
  bool alone = false;  // nothing else was pending in the kernel when the burst began
  for (local_ns_ = start_ns;;) {
    const Due next = count_ == 0 ? Due{never, 0} : calendar_[count_ - 1];
    if (next.t_ns > local_ns_) {
      if (local_ns_ == start_ns) alone = !sc_core::sc_pending_activity();
      if (!alone || !bursts_allowed_ || next.t_ns >= end_ns_) return end_burst(next.t_ns);
      local_ns_ = next.t_ns;
    }
    --count_;
    due_ns_[next.entry] = never;
    entries_[next.entry].act();
  }
}

void Agenda::end_burst(std::int64_t next_ns) {
  const std::int64_t reached_ns = std::exchange(local_ns_, -1);
  if (reached_ns > kernel_ns() && sc_core::sc_pending_activity())  // nothing was when it began
    throw std::logic_error("an entry of the agenda notified the kernel inside a burst");
  if (next_ns != never) arm(next_ns);
}

void Agenda::run_until(std::int64_t end_ns) {
  end_ns_ = end_ns;
  sc_core::sc_start(sc_core::sc_time::from_value(static_cast<sc_dt::uint64>(end_ns - kernel_ns())));
}

}  // namespace rig::bench
