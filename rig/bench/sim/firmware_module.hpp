// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "rig/bench/sim/board_backend.hpp"

namespace rig::bench {

/// A firmware that cannot be used at all: file missing, no symbol, wrong ABI version, create() refused. what() is a
/// sentence.
class FirmwareRefused : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct FirmwareConfig {
  std::filesystem::path file;             // the .so
  std::string board, settings;            // handed to create()
  std::int64_t watchdog_ns = 0;           // 0 = none: a firmware that has not kicked for this long is reset
  std::int64_t start_up_ns = 50'000'000;  // reset released -> create()
  double hang_cpu_s =
      2.0;  // CPU time inside one call without any host call -> hung. Never decides pass or fail, only error.
  std::uint32_t calls_per_instant = 1000;  // livelock guard: further host calls at one time stamp cost 1 us each
  bool blocking_buses = false;  // board wires I2C or SPI: STEP runs on a thread, so that these calls can block
};

struct FirmwareFinding {
  std::int64_t t_ns;
  std::string what;  // "firmware crashed: segmentation fault", "firmware hung since 12.000 s", "reset by watchdog", …
  bool is_error;     // crash, hang, misuse of the boundary; a watchdog reset is a fact, not an error
};

/// One firmware instance on the SystemC kernel: loads a private copy of the .so, offers the host table, runs STEP on an
/// SC_METHOD (SC_THREAD when a bus can block) or RUN on SC_THREADs, keeps watchdog and livelock guard, survives
/// crashes. Constructor throws FirmwareRefused. Time resolution of the kernel must be 1 ns.
class FirmwareModule : public sc_core::sc_module {
 public:
  FirmwareModule(const sc_core::sc_module_name& name, const FirmwareConfig& config, BoardBackend& backend);
  ~FirmwareModule() override;

  void raise_irq(std::uint32_t line, std::uint32_t level);  // at the current kernel time; ignored in reset
  void notify_uart();                                       // bytes have arrived: wakes BOARD_EVENT_UART waiters
  void notify_can();
  void hold_in_reset(std::uint32_t cause);  // supply gone: outputs to reset levels now, stays there
  void release_reset();                     // supply back: start-up time, then a fresh copy
  void reset(std::uint32_t cause);          // hold + release
  void stall(bool stalled);                 // fault: the CPU clock stops (no wake-ups, no kicks, pins keep their level)
  void hang_main();  // fault: the main loop never comes back, interrupts still do; until the next reset

  [[nodiscard]] bool running() const;  // created, not in reset, not dead
  [[nodiscard]] bool dead() const;     // crashed or hung: stays in reset to the end of the run
  [[nodiscard]] std::uint64_t wake_ups() const;
  [[nodiscard]] const std::vector<FirmwareFinding>& findings() const;
  [[nodiscard]] const std::string& firmware_name() const;
  [[nodiscard]] const std::string& firmware_version() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rig::bench
