// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "rig/bench/sim/firmware_guard.hpp"

namespace rig::bench {

class FirmwareCore;

/// Where firmware code is being executed.
enum class Place : std::uint8_t { create, destroy, step, thread, irq };

/// One context of execution with its landing place and the rig's copies of the buffers of the call under way.
struct FirmwareContext {
  GuardFrame frame;
  Place place = Place::step;
  std::int64_t began_ns = 0;
  std::vector<std::uint8_t> tx, rx;
};

/// The cooperative threads of one firmware. One SC_THREAD each; only one has the CPU and it keeps it until a call
/// marked BLOCKS. Among those ready at one instant the highest priority goes first, then who has waited longest. So a
/// run is deterministic and needs no locks; races between preemptive threads and an overloaded CPU it cannot show.
///
/// A thread whose controller is reset is woken inside the host call it sleeps in and jumps straight to its own bottom
/// frame: no exception crosses foreign C frames, and no code of the old copy is executed again.
class FirmwareThreads {
 public:
  explicit FirmwareThreads(FirmwareCore& core) : core_(core) {}
  void elaborate();  // once, when the firmware has been accepted

  static constexpr std::int64_t forever = std::numeric_limits<std::int64_t>::max();
  static constexpr std::size_t least_stack_bytes = std::size_t{256} * 1024;

  /// Ready at once; runs when the CPU is free. Returns its number, from 0.
  std::int32_t spawn(const std::string& name, std::function<void()> body, std::int32_t priority,
                     std::size_t stack_bytes);
  /// Blocks the calling thread until `until_ns` or an event of `mask`; returns the events and clears them. Does not
  /// return when the controller is reset meanwhile. `for_charge`: the livelock guard collects its 1 us.
  std::uint32_t block(std::int64_t until_ns, std::uint32_t mask, bool for_charge = false);
  /// The calling thread stands still until the core is not busy any more, and goes on before any other. Does not return
  /// when the controller is reset meanwhile.
  void keep_cpu();
  void signal(std::uint32_t events);  // sets bits for every thread
  void dispatch();                    // gives the CPU to the best ready thread when it is free
  void cancel_all();                  // reset: none of them executes firmware code again

 private:
  struct Thread;
  void run(Thread& self);
  void park(Thread& self);
  Thread* best_ready(std::int64_t now_ns);
  void arm_timer(std::int64_t now_ns);

  FirmwareCore& core_;
  std::vector<std::shared_ptr<Thread>> threads_;
  Thread* running_ = nullptr;
  Thread* first_ = nullptr;  // has the CPU as soon as the core is not busy
  std::uint64_t order_ = 0;
  std::int32_t spawned_ = 0;
  sc_core::sc_event timer_;
};

}  // namespace rig::bench
