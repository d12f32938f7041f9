// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/signals.hpp"

#include <cstring>

namespace rig::campaign {
namespace {

constexpr int kWatched[4] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP};
volatile sig_atomic_t interrupted = 0;

void child_ended(int) {}  // its only work is to end a ppoll
void interrupt(int number) { interrupted = number; }

}  // namespace

SignalWatch::SignalWatch() {
  interrupted = 0;
  sigset_t held;
  sigemptyset(&held);
  for (const int number : kWatched) sigaddset(&held, number);
  sigprocmask(SIG_BLOCK, &held, &waiting_mask_);
  for (int i = 0; i < 4; ++i) {
    struct sigaction action {};
    action.sa_handler = kWatched[i] == SIGCHLD ? child_ended : interrupt;
    sigaction(kWatched[i], nullptr, &before_[i]);
    const bool ignored = before_[i].sa_handler == SIG_IGN;
    if (!ignored || kWatched[i] == SIGCHLD) sigaction(kWatched[i], &action, nullptr);
    sigdelset(&waiting_mask_, kWatched[i]);
  }
}

SignalWatch::~SignalWatch() {
  sigset_t held;
  sigemptyset(&held);
  for (const int number : kWatched) sigaddset(&held, number);
  sigprocmask(SIG_UNBLOCK, &held, nullptr);  // one that is pending still meets our handler
  for (int i = 0; i < 4; ++i) sigaction(kWatched[i], &before_[i], nullptr);
}

int SignalWatch::interrupted_by() const { return interrupted; }

std::string signal_name(int number) {
  const char* abbreviation = sigabbrev_np(number);
  const char* description = sigdescr_np(number);
  if (abbreviation == nullptr || description == nullptr) return "signal " + std::to_string(number);
  return std::string("SIG") + abbreviation + " (" + description + ")";
}

}  // namespace rig::campaign
