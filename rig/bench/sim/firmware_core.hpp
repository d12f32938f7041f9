// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <exception>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "rig/bench/sim/agenda.hpp"
#include "rig/bench/sim/firmware_guard.hpp"
#include "rig/bench/sim/firmware_loader.hpp"
#include "rig/bench/sim/firmware_module.hpp"
#include "rig/bench/sim/firmware_threads.hpp"

namespace rig::bench {

/// What FirmwareModule is made of: one controller with its reset, its watchdog and the firmware on it.
///
/// Time. `now_ns` is what the firmware sees: the kernel's time while the meter allows, and later than it when a call
/// made too many host calls at one instant (1 us each) or its flash was busy. A thread pays by waiting on the kernel;
/// step on a method, irq and create cannot wait, so their local time runs ahead, and nothing of this firmware runs
/// before the kernel has caught up, interrupts neither.
class FirmwareCore {
 public:
  FirmwareCore(const FirmwareConfig& config, BoardBackend& backend);
  ~FirmwareCore();
  FirmwareCore(const FirmwareCore&) = delete;
  FirmwareCore& operator=(const FirmwareCore&) = delete;

  // For FirmwareModule
  [[gnu::noinline]] void raise_irq(std::uint32_t line, std::uint32_t level);
  void notify(std::uint32_t event);
  void lose_supply(std::uint32_t cause);  // in reset until regain_supply(), whatever else resets it meanwhile
  void regain_supply();
  void reset(std::uint32_t cause);
  void reset_by_itself(std::uint32_t cause);  // at its local time
  void stall(bool on);
  void hang_main() { set_hold(main_hangs, phase_ == Phase::running); }
  [[nodiscard]] bool is_running() const { return phase_ == Phase::running; }
  [[nodiscard]] bool is_dead() const { return phase_ == Phase::dead; }

  // For the host table and the threads
  void pay_for_call();                    // the meter ran out: 1 us of time, or the end of a call that never ends
  void stand_still(std::int64_t for_ns);  // its flash is busy: no code of this controller runs, irq() included
  void enter(FirmwareContext& context);   // firmware code of this context gets the CPU
  void exit();                            // … and the rig has it back
  void settle(Outcome outcome, const FirmwareContext& context);  // after a guarded call
  [[nodiscard]] bool may_run() const { return phase_ == Phase::running && holds_ == 0; }
  void wake_now();                                                            // or when it is not busy any more
  [[nodiscard]] bool is_busy() const { return busy_until_ns_ > clock_ns(); }  // its local time runs ahead
  [[nodiscard]] bool is_run_style() const { return (api_->caps & BOARD_CAP_STEP) == 0; }
  void misuse(const char* call, const char* why);  // finding, once for each pair of texts
  /// Finding, once for each call and number: the board file wires nothing there. `what`: "ADC channel".
  void unwired(const char* call, std::uint32_t number, const char* what);
  /// Finding, once for each bus: nobody hears this transfer.
  void unheard(std::uint32_t bus);
  void found(std::string what, bool is_error);
  void halt(const std::string& why);  // the CPU stops by itself; only a reset starts it again
  const char* interned(const char* name);
  [[nodiscard]] static std::int64_t clock_ns() { return rig::bench::now_ns(); }

  FirmwareConfig config;
  BoardBackend* backend;  // a dead end while destroy() runs
  board_host host{};
  FirmwareContext* current = nullptr;  // whose code has the CPU; nullptr = the rig's
  std::int64_t now_ns = 0;
  std::int64_t last_kick_ns = 0;
  std::uint64_t progress = 0;    // host calls ever made
  std::uint64_t free_until = 0;  // progress at which the meter runs out
  bool abandon = false;          // the current call must not go on: reset, or a fault of the rig
  std::exception_ptr rig_fault;  // thrown by the backend; goes on outside firmware code
  std::uint64_t wake_ups = 0;
  std::vector<FirmwareFinding> findings;
  std::string name, version;
  FirmwareThreads threads;

 private:
  static constexpr std::int64_t call_cost_ns = 1000;  // of a host call beyond the meter
  enum class Phase : std::uint8_t { held, starting, running, dead };

  void hold(std::uint32_t cause);
  void release();
  void on_wake();
  void on_start();
  void on_watchdog();
  [[nodiscard]] bool load();    // a fresh copy of the firmware in memory
  [[nodiscard]] bool create();  // … and an instance of it
  void destroy();
  [[nodiscard]] std::string reason_of_refusal(const void* text, std::int32_t result);
  void start();
  void step();
  void step_loop();  // STEP on a thread
  void wake_no_sooner_than(std::int64_t t_ns);
  void run_ahead(std::int64_t by_ns);  // in local time, up to the deadline of the watchdog
  void deliver(std::uint32_t line, std::uint32_t level);
  [[gnu::noinline]] void deliver_pending_irqs();
  void end_livelock(const FirmwareContext& context);
  void die();
  void end_at_wake();

  GuardSession guard_session_;
  FirmwareContext lifecycle_, step_, irq_;
  FirmwareImage image_;
  const board_api* api_;
  void* instance_ = nullptr;
  bool runs_threads_;
  enum Hold : std::uint8_t {
    stalled = 1,
    main_hangs = 2,
    halted = 4  // the CPU stopped by itself, until reset
  };
  void set_hold(Hold hold, bool on) { holds_ = static_cast<std::uint8_t>(on ? holds_ | hold : holds_ & ~hold); }
  [[nodiscard]] bool is_held(Hold hold) const { return (holds_ & hold) != 0; }
  std::uint8_t holds_ = 0;
  Phase phase_ = Phase::starting;
  bool is_powered_ = false;
  bool has_supply_ = true;
  bool is_fresh_ = true;     // the copy in memory has not been used yet
  bool collecting_ = false;  // interrupts of this instant join the wake-up that is under way
  enum class AtWake : std::uint8_t { go_on, die, reset };
  AtWake at_wake_ = AtWake::go_on;  // what it has come to ahead of the kernel: livelocked without a watchdog, or reset
  std::uint32_t cause_at_wake_ = BOARD_RESET_SOFTWARE;
  std::uint32_t cause_ = BOARD_RESET_POWER_ON;
  std::int64_t instant_ns_ = -1;  // of the meter
  std::int64_t busy_until_ns_ = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pending_irqs_;  // line, last level; in order of the first edge
  std::set<std::string> names_;
  std::unordered_map<const void*, const char*> known_names_;
  std::set<std::pair<std::string, std::string>> misuses_;
  std::set<std::pair<std::string, std::uint32_t>> unwired_;
  std::set<std::uint32_t> unheard_;  // buses
  Timer wake_{Turn::firmware_wake, [this] { on_wake(); }}, start_event_{Turn::firmware_start, [this] { on_start(); }},
      watchdog_event_{Turn::watchdog, [this] { on_watchdog(); }};
};

/// "12.000 s"
[[nodiscard]] std::string seconds_text(std::int64_t t_ns);

/// Fills the function pointers of core.host.
void fill_host_table(FirmwareCore& core);

}  // namespace rig::bench
