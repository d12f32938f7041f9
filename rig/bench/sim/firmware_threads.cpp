// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/firmware_threads.hpp"

#include <algorithm>
#include <utility>

#include "rig/bench/sim/firmware_core.hpp"

namespace rig::bench {

struct FirmwareThreads::Thread : FirmwareContext {
  std::string name;
  std::function<void()> body;
  std::int32_t priority = 0;
  std::uint64_t order = 0;  // of becoming a waiter; earlier goes first
  std::int64_t until_ns = 0;
  std::uint32_t mask = 0, pending = 0;
  bool is_cancelled = false;
  sc_core::sc_event go;

  [[nodiscard]] bool is_ready(std::int64_t now_ns) const { return until_ns <= now_ns || (pending & mask) != 0; }
};

void FirmwareThreads::elaborate() {
  sc_core::sc_spawn_options options;
  options.spawn_method();
  options.dont_initialize();
  options.set_sensitivity(&timer_);
  sc_core::sc_spawn([this] { dispatch(); }, sc_core::sc_gen_unique_name("firmware_timer"), &options);
}

std::int32_t FirmwareThreads::spawn(const std::string& name, std::function<void()> body, std::int32_t priority,
                                    std::size_t stack_bytes) {
  auto thread = std::make_shared<Thread>();
  thread->name = name;
  thread->body = std::move(body);
  thread->priority = priority;
  thread->order = ++order_;
  thread->place = Place::thread;
  thread->frame.progress = &core_.progress;
  thread->frame.hang_cpu_ns = static_cast<std::int64_t>(core_.config.hang_cpu_s * 1e9);
  threads_.push_back(thread);
  sc_core::sc_spawn_options options;
  options.set_stack_size(static_cast<int>(std::max(stack_bytes, least_stack_bytes)));
  sc_core::sc_spawn([this, thread] { run(*thread); }, sc_core::sc_gen_unique_name("firmware_thread"), &options);
  return spawned_++;
}

void FirmwareThreads::run(Thread& self) {
  park(self);
  if (self.is_cancelled) return;
  core_.enter(self);
  ++core_.wake_ups;
  const Outcome outcome = guarded(self.frame, self.body);
  if (self.is_cancelled) return core_.settle(outcome, self);
  running_ = nullptr;
  core_.exit();
  std::erase_if(threads_, [&](const auto& thread) { return thread.get() == &self; });
  core_.settle(outcome, self);
  dispatch();
}

// The CPU was taken away or not yet given: sleep on the kernel until it is ours, or we are cancelled.
void FirmwareThreads::park(Thread& self) {
  dispatch();
  while (running_ != &self && !self.is_cancelled) sc_core::wait(self.go);
}

std::uint32_t FirmwareThreads::block(std::int64_t until_ns, std::uint32_t mask, bool for_charge) {
  Thread& self = *running_;
  self.until_ns = until_ns;
  self.mask = mask;
  self.order = ++order_;
  running_ = nullptr;
  core_.exit();
  park(self);
  if (self.is_cancelled) leave_guarded(self.frame, Outcome::left);
  core_.enter(self);
  if (!for_charge) ++core_.wake_ups;
  const std::uint32_t events = self.pending & mask;
  self.pending &= ~events;
  return events;
}

void FirmwareThreads::keep_cpu() {
  Thread& self = *running_;
  first_ = std::exchange(running_, nullptr);
  core_.exit();
  park(self);
  if (self.is_cancelled) leave_guarded(self.frame, Outcome::left);
  core_.enter(self);
}

void FirmwareThreads::signal(std::uint32_t events) {
  for (const auto& thread : threads_) thread->pending |= events;
}

FirmwareThreads::Thread* FirmwareThreads::best_ready(std::int64_t now_ns) {
  Thread* best = nullptr;
  for (const auto& thread : threads_) {
    if (!thread->is_ready(now_ns)) continue;
    if (best == nullptr || std::pair(-std::int64_t{thread->priority}, thread->order) <
                               std::pair(-std::int64_t{best->priority}, best->order))
      best = thread.get();
  }
  return best;
}

void FirmwareThreads::arm_timer(std::int64_t now_ns) {
  std::int64_t next_ns = forever;
  for (const auto& thread : threads_) next_ns = std::min(next_ns, thread->until_ns);
  if (next_ns != forever) timer_.notify(sc_core::sc_time::from_value(static_cast<std::uint64_t>(next_ns - now_ns)));
}

void FirmwareThreads::dispatch() {
  if (running_ != nullptr || !core_.may_run()) return;
  if (core_.is_busy()) return core_.wake_now();
  const std::int64_t now_ns = FirmwareCore::clock_ns();
  running_ = first_ != nullptr ? std::exchange(first_, nullptr) : best_ready(now_ns);
  if (running_ != nullptr) return running_->go.notify();
  arm_timer(now_ns);
}

void FirmwareThreads::cancel_all() {
  for (const auto& thread : threads_) {
    thread->is_cancelled = true;
    thread->go.notify();
  }
  threads_.clear();
  running_ = first_ = nullptr;
  timer_.cancel();
}

}  // namespace rig::bench
