// SPDX-License-Identifier: Apache-2.0
// Firmware whose local time runs ahead of the kernel, and where that ends.
#include "rig/bench/sim/firmware_core.hpp"

namespace rig::bench {
namespace {

constexpr std::int64_t longest_call_ns = 10'000'000'000;  // of local time, when no watchdog ends it

}  // namespace

void FirmwareCore::pay_for_call() {
  if (current->place == Place::thread) {
    threads.block(now_ns + call_cost_ns, 0, true);
    free_until = progress;  // nothing is free again before it blocks by itself
    return;
  }
  run_ahead(call_cost_ns);
}

// A thread of the firmware has no local time: it keeps the CPU, and the others find it busy.
void FirmwareCore::stand_still(std::int64_t for_ns) {
  if (current->place != Place::thread) return run_ahead(for_ns);
  busy_until_ns_ = now_ns + for_ns;
  threads.keep_cpu();
}

void FirmwareCore::run_ahead(std::int64_t by_ns) {
  now_ns += by_ns;
  const bool starved =
      config.watchdog_ns > 0 && phase_ == Phase::running && now_ns >= last_kick_ns + config.watchdog_ns;
  if (starved || now_ns - current->began_ns >= longest_call_ns) leave_guarded(current->frame, Outcome::livelocked);
}

// The call is over, but for the board it goes on until the watchdog bites at its deadline, or for good.
void FirmwareCore::end_livelock(const FirmwareContext& context) {
  set_hold(halted, true);
  if (config.watchdog_ns > 0 && phase_ == Phase::running && now_ns >= last_kick_ns + config.watchdog_ns) return;
  found("firmware hung since " + seconds_text(context.began_ns) + " (host calls for ever at one instant)", true);
  at_wake_ = AtWake::die;
  wake_now();
}

void FirmwareCore::reset_by_itself(std::uint32_t cause) {
  if (now_ns <= clock_ns()) return reset(cause);
  set_hold(halted, true);
  abandon = true;
  at_wake_ = AtWake::reset;
  cause_at_wake_ = cause;
  busy_until_ns_ = now_ns;
  wake_now();
}

void FirmwareCore::end_at_wake() {
  if (is_busy()) return wake_now();
  std::exchange(at_wake_, AtWake::go_on) == AtWake::die ? die() : reset(cause_at_wake_);
}

}  // namespace rig::bench
