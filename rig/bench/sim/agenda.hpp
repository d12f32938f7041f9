// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

namespace rig::bench {

/// Simulated time, ns: that of the SystemC kernel, or later than it inside a burst of the agenda.
[[nodiscard]] inline std::int64_t now_ns();

/// Who acts first when several are due at one instant. What an earlier one asks of a later one happens at that instant
/// too; what a later one asks of an earlier one is done next. Threads of a RUN firmware come after all of these. So a
/// watchdog bites at its deadline, whatever the firmware would have done at that very instant, in both styles.
enum class Turn : std::uint8_t {
  player,
  late_write,
  converter,
  plant,
  client_receive,
  line_idle,
  can_bus,
  client_poll,
  firmware_start,
  scan_end,
  watchdog,
  firmware_wake,
  plant_goes_on,
  cue
};

/// The calendar of the rig's own processes on the SystemC kernel: one SC_METHOD carries them all. Where nothing else is
/// pending in the kernel, it goes from entry to entry by itself (a burst) and lets the kernel's time catch up at the
/// end: the same order and instants at a tenth of the cost (docs/adr/0009). A burst never passes what was pending in
/// the kernel when it began, nor the end given to run_until(), and there is none while forbid_bursts() was called
/// (threads of a firmware sleep on the kernel itself). An entry that notifies the kernel itself must have forbidden
/// bursts: what is pending at the end of a burst, nothing having been when it began, is a std::logic_error. One a
/// process, like the kernel; made by the first timer, during elaboration.
class Agenda {
 public:
  static Agenda& of_this_process() { return the_ != nullptr ? *the_ : make(); }
  ~Agenda();
  Agenda(const Agenda&) = delete;
  Agenda& operator=(const Agenda&) = delete;

  /// Runs the kernel to the instant before `end_ns`, as sc_start does.
  void run_until(std::int64_t end_ns);
  void forbid_bursts() { bursts_allowed_ = false; }

 private:
  friend class Timer;
  friend std::int64_t now_ns();
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

  Agenda();
  static Agenda& make();
  static std::int64_t kernel_ns();
  std::size_t enter(Turn turn, std::function<void()> act);
  void leave(std::size_t timer);
  void set(std::size_t timer, std::int64_t t_ns);
  void cancel(std::size_t timer) { take_out(place_of_[timer]); }
  void put_in(std::size_t entry, std::int64_t t_ns);
  void take_out(std::size_t entry);
  void proceed();
  void end_burst(std::int64_t next_ns);
  void arm(std::int64_t t_ns);

  struct Entry {
    Turn turn;
    std::function<void()> act;  // empty = its timer is gone
  };
  struct Kernel;
  std::unique_ptr<Kernel> kernel_;
  /// An entry that is due; ordered by time, then by turn.
  struct Due {
    std::int64_t t_ns;
    std::size_t entry;
    bool operator<(const Due& other) const { return t_ns != other.t_ns ? t_ns < other.t_ns : entry < other.entry; }
  };
  std::vector<Entry> entries_;        // by turn, then by age
  std::vector<std::int64_t> due_ns_;  // of the entries, in their order; never = not in the calendar
  std::vector<Due> calendar_;         // room for every entry; of the first count_, the last is due first
  std::size_t count_ = 0;
  std::vector<std::size_t> place_of_;  // of a timer among the entries
  std::int64_t end_ns_ = -1;
  bool bursts_allowed_ = true;

  static inline constinit Agenda* the_ = nullptr;
  static inline constinit std::int64_t local_ns_ = -1;  // inside proceed(): its own time
};

inline std::int64_t now_ns() { return Agenda::local_ns_ >= 0 ? Agenda::local_ns_ : Agenda::kernel_ns(); }

/// One entry of the agenda: `act` is called once at the time asked for. Like sc_event: of two times the earlier stays.
class Timer {
 public:
  Timer(Turn turn, std::function<void()> act) : number_(Agenda::of_this_process().enter(turn, std::move(act))) {}
  ~Timer() { Agenda::of_this_process().leave(number_); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  void at(std::int64_t t_ns) { Agenda::of_this_process().set(number_, t_ns); }
  void now() { at(now_ns()); }
  void cancel() { Agenda::of_this_process().cancel(number_); }

 private:
  std::size_t number_;
};

}  // namespace rig::bench
