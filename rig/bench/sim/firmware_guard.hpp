// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace rig::bench {

/// How a call into firmware code ended.
enum class Outcome : int {
  returned = 0,
  left = 1,        // a host call ended it: reset, or a thread of a firmware that is gone
  crashed = 2,     // SIGSEGV SIGBUS SIGFPE SIGILL SIGABRT inside firmware code
  hung = 3,        // used up its CPU time without a host call
  livelocked = 4,  // made host calls for ever at one instant
};

/// Where to land when firmware code does not come back by itself. One per context of execution (step, irq, thread, …).
struct GuardFrame {
  void* jump[5];                    // of __builtin_setjmp, which keeps less than sigsetjmp and costs a tenth
  Outcome outcome = Outcome::left;  // how it ended, when it did not return
  const volatile std::uint64_t* progress = nullptr;  // counts host calls; a call that makes one is not hanging
  std::int64_t hang_cpu_ns = 0;
  int signal = 0;                 // what ended it, when crashed
  const char* deepest = nullptr;  // stack pointer of the code that was cut off
};

/// AddressSanitizer only: the stack between the cut-off code and here is free again. It knows this of the main stack,
/// not of the stacks of kernel threads.
void forget_skipped_frames(const GuardFrame& frame, const void* here);

/// The frame of the firmware code that has the CPU now; nullptr while the rig's own code has it. A signal that arrives
/// while this is nullptr belongs to the rig and keeps the action it had before. It is of the
/// one thread that kernel and firmware live on; what crashes on another belongs to the rig too.
inline constinit GuardFrame* volatile active_guard = nullptr;

/// Runs `call` (which enters firmware code) and says how it ended. No frame below this one is unwound when it does not
/// return: objects that live in the skipped frames are forgotten, not destroyed.
template <class Call>
[[nodiscard, gnu::noinline]] Outcome guarded(GuardFrame& frame, const Call& call) {
  if (__builtin_setjmp(frame.jump) != 0) {
    forget_skipped_frames(frame, __builtin_frame_address(0));
    return frame.outcome;
  }
  active_guard = &frame;
  call();
  active_guard = nullptr;
  return Outcome::returned;
}

/// Ends the guarded call of `frame` from code that it called on the same stack.
[[noreturn]] void leave_guarded(GuardFrame& frame, Outcome outcome);

/// Signal handlers on a stack of their own, and the CPU-time timer behind Outcome::hung, as long as one of these lives.
/// The timer counts CPU time of this thread, so a loaded machine does not make a firmware look hung.
class GuardSession {
 public:
  GuardSession();  // throws std::system_error
  ~GuardSession();
  GuardSession(const GuardSession&) = delete;
  GuardSession& operator=(const GuardSession&) = delete;
};

/// "segmentation fault", "bus error", …
[[nodiscard]] const char* signal_text(int signal);

}  // namespace rig::bench
