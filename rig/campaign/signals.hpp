// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <signal.h>

#include <string>

namespace rig::campaign {

/// While it lives: SIGCHLD, SIGINT, SIGTERM and SIGHUP are held back except inside a ppoll() with waiting_mask(), so
/// that none is lost between a look and a wait. A signal that the caller ignores (nohup) stays ignored. The destructor
/// restores everything.
class SignalWatch {
 public:
  SignalWatch();
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  [[nodiscard]] const sigset_t& waiting_mask() const { return waiting_mask_; }
  [[nodiscard]] int interrupted_by() const;  // 0 = no

 private:
  sigset_t waiting_mask_{};
  struct sigaction before_[4]{};
};

/// "SIGSEGV (Segmentation fault)".
[[nodiscard]] std::string signal_name(int number);

}  // namespace rig::campaign
