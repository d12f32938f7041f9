// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/firmware_guard.hpp"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <ctime>
#include <system_error>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

namespace rig::bench {
namespace {

constexpr std::array crash_signals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr int hang_signal = SIGVTALRM;
constexpr std::size_t handler_stack_bytes = std::size_t{256} * 1024;  // room for the handlers of a sanitizer
constexpr long hang_tick_ns = 50'000'000;

struct Session {
  int users = 0;
  std::array<struct sigaction, crash_signals.size()> before{};
  struct sigaction before_hang {};
  stack_t stack_before{};
  void* stack = nullptr;
  timer_t timer{};
  pid_t thread = 0;  // that runs kernel and firmware
};
Session session;

// What the hang handler saw at its last tick.
GuardFrame* volatile seen_frame = nullptr;
volatile std::uint64_t seen_progress = 0;
volatile std::int64_t seen_cpu_ns = 0;

std::int64_t thread_cpu_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

// Not ours: the action from before takes over. A fault happens again as soon as we return, a sent signal is sent again.
void hand_back(int signal, const siginfo_t* info) {
  for (std::size_t i = 0; i < crash_signals.size(); ++i) {
    if (crash_signals[i] == signal) sigaction(signal, &session.before[i], nullptr);
  }
  if (info->si_code <= 0) raise(signal);
}

[[noreturn, gnu::noinline]] void cut_off(GuardFrame& frame, Outcome outcome, const char* stack_pointer) {
  frame.deepest = stack_pointer;
  active_guard = nullptr;
  frame.outcome = outcome;
  __builtin_longjmp(frame.jump, 1);
}

const char* stack_pointer_in(const void* context) {
  const auto* const interrupted = static_cast<const ucontext_t*>(context);
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel hands registers over as integers
  return reinterpret_cast<const char*>(interrupted->uc_mcontext.gregs[REG_RSP]);
}

// Handlers align their stack themselves: under an emulator of processors (qemu-user 7.2) they come upon it misaligned.
[[gnu::force_align_arg_pointer]] void on_crash(int signal, siginfo_t* info, void* context) {
  GuardFrame* const frame = active_guard;
  const bool is_ours = frame != nullptr && static_cast<pid_t>(syscall(SYS_gettid)) == session.thread;
  if (!is_ours) return hand_back(signal, info);
  frame->signal = signal;
  cut_off(*frame, Outcome::crashed, stack_pointer_in(context));
}

[[gnu::force_align_arg_pointer]] void on_hang_tick(int, siginfo_t*, void* context) {
  GuardFrame* const frame = active_guard;
  if (frame == nullptr || frame->hang_cpu_ns <= 0) return;
  const int saved_errno = errno;
  const std::int64_t cpu_ns = thread_cpu_ns();
  errno = saved_errno;
  if (frame != seen_frame || *frame->progress != seen_progress) {
    seen_frame = frame;
    seen_progress = *frame->progress;
    seen_cpu_ns = cpu_ns;
    return;
  }
  if (cpu_ns - seen_cpu_ns >= frame->hang_cpu_ns) cut_off(*frame, Outcome::hung, stack_pointer_in(context));
}

void check(int result, const char* what) {
  if (result != 0) throw std::system_error(errno, std::generic_category(), what);
}

void install_stack() {
  session.stack = mmap(nullptr, handler_stack_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (session.stack == MAP_FAILED) check(-1, "stack of the crash handler");
  stack_t stack{};
  stack.ss_sp = session.stack;
  stack.ss_size = handler_stack_bytes;
  check(sigaltstack(&stack, &session.stack_before), "sigaltstack");
}

void install_handlers() {
  struct sigaction crash {};
  crash.sa_sigaction = on_crash;
  crash.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;  // the jump leaves without restoring a mask
  for (std::size_t i = 0; i < crash_signals.size(); ++i)
    check(sigaction(crash_signals[i], &crash, &session.before[i]), "sigaction");
  struct sigaction hang {};
  hang.sa_sigaction = on_hang_tick;
  hang.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART;
  check(sigaction(hang_signal, &hang, &session.before_hang), "sigaction");
}

void start_timer() {
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = hang_signal;
  event._sigev_un._tid = session.thread = static_cast<pid_t>(syscall(SYS_gettid));
  check(timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &session.timer), "timer_create");
  itimerspec every{};
  every.it_interval.tv_nsec = hang_tick_ns;
  every.it_value.tv_nsec = hang_tick_ns;
  check(timer_settime(session.timer, 0, &every, nullptr), "timer_settime");
}

}  // namespace

GuardSession::GuardSession() {
  if (session.users++ > 0) return;
  install_stack();
  install_handlers();
  start_timer();
}

GuardSession::~GuardSession() {
  if (--session.users > 0) return;
  timer_delete(session.timer);
  sigaction(hang_signal, &session.before_hang, nullptr);
  for (std::size_t i = 0; i < crash_signals.size(); ++i) sigaction(crash_signals[i], &session.before[i], nullptr);
  sigaltstack(&session.stack_before, nullptr);
  munmap(session.stack, handler_stack_bytes);
}

void leave_guarded(GuardFrame& frame, Outcome outcome) {
  cut_off(frame, outcome, static_cast<const char*>(__builtin_frame_address(0)));
}

#ifdef __SANITIZE_ADDRESS__
void forget_skipped_frames(const GuardFrame& frame, const void* here) {
  constexpr std::ptrdiff_t own_frames = 4096;  // of the functions that jumped
  const char* const from = frame.deepest - own_frames;
  __asan_unpoison_memory_region(from, static_cast<std::size_t>(static_cast<const char*>(here) - from));
}
#else
void forget_skipped_frames(const GuardFrame&, const void*) {}
#endif

const char* signal_text(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "segmentation fault";
    case SIGBUS:
      return "bus error";
    case SIGFPE:
      return "arithmetic fault (division by zero)";
    case SIGILL:
      return "illegal instruction";
    case SIGABRT:
      return "abort() called";
    default:
      return "signal";
  }
}

}  // namespace rig::bench
