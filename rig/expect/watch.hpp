// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "rig/expect/crossing.hpp"
#include "rig/expect/monitor.hpp"
#include "rig/expect/scope.hpp"

namespace rig::expect {

/// All slots at the two ends and in the middle of a piece of time.
struct Samples {
  std::int64_t ta, tm, tb;
  const double *a, *m, *b;
};

/// Carries the formulas of one claim through time: keeps their literals, finds crossings and extrema of the continuous
/// ones inside each piece, and hands every change of truth to the monitor, in order.
class Watch {
 public:
  /// What to watch, before it is compiled.
  struct Part {
    const scenario::Expression* expression;
    bool negated;
  };
  struct Window {
    std::int64_t t_after_ns, t_until_ns;  // [after, until)
    Scope::Words words = {};              // conditions in it
  };
  Watch(const std::vector<Part>& parts, Window window, Slots& slots);
  void set_monitor(std::unique_ptr<Monitor> monitor);
  /// Called once, when the slots of all claims are known.
  void connect(const SignalSource& source, const Slots& slots, double telemetry_wire_s);

  /// The state at t, after everything that happens at t. `open` = the run goes on from here, so a window may begin.
  void instant(std::int64_t t_ns, const double* values, bool open);
  /// A piece in which only continuous signals move. Call only between instants, in order.
  void piece(const Samples& samples);
  /// `values` at the end of the window.
  void finish(std::int64_t t_ns, const double* values);

  [[nodiscard]] bool continuous() const { return !moving_.empty(); }
  [[nodiscard]] bool opens_at(std::int64_t t_ns) const { return state_ == State::before && t_ns >= window_.t_after_ns; }
  [[nodiscard]] const Window& window() const { return window_; }
  [[nodiscard]] const Formula& formula(std::size_t index) const { return formulas_[index]; }
  [[nodiscard]] const Monitor& monitor() const { return *monitor_; }
  [[nodiscard]] const std::vector<std::uint32_t>& used() const { return used_; }
  /// Result, reason and figures, of the window too.
  [[nodiscard]] Verdict verdict() const;

 private:
  enum class State : std::uint8_t { before, open, closed };
  /// A continuous comparison, as a function of time.
  class Moving : public TimeFunction {
   public:
    Moving(std::uint32_t literal, const Comparison& comparison, Probe probe, double trusted)
        : index(literal), tolerance(trusted), comparison_(&comparison), probe_(std::move(probe)) {}
    [[nodiscard]] double at(std::int64_t t_ns) override;
    std::uint32_t index;
    double tolerance;
    double gm = 0, gb = 0;
    double* scratch = nullptr;

   private:
    const Comparison* comparison_;
    Probe probe_;
  };
  struct Event {
    std::int64_t t_ns;
    std::int32_t literal;  // -1: only a figure is of interest here
    double side = 0;       // any value of inside() with the new truth; NaN = unknown
    bool touched_zero = false;
    Dating dating = {};
  };

  [[nodiscard]] bool figures_matter() const;
  [[nodiscard]] double floor_of(const Moving& moving) const;
  void scan(Moving& moving, const Samples& samples);
  [[nodiscard]] Dating dating_of(Moving& moving, const Crossing& crossing, double length_s) const;
  void mark(const Moving& moving, std::int64_t t_ns, double g);
  void walk(const Samples& samples);
  void rest(std::int64_t t_ns, const Samples& samples);
  bool turn(std::int64_t t_ns, bool goes_on, const double* values);
  void begin(std::int64_t t_ns);
  void end(std::int64_t t_ns, const double* values);
  std::size_t apply(std::size_t first, Dating& dating);
  const double* values_at(std::int64_t t_ns, const Samples& samples);
  void figure_inside(std::int64_t t_ns, const double* values);
  void figure(std::int64_t t_ns, const double* values);
  void observe(std::int64_t t_ns, const Dating& dating, bool forced);
  void settle(std::int64_t t_ns);
  void note_nearest(std::int64_t t_ns, double inside, const double* values);

  Window window_;
  State state_ = State::before;
  std::vector<Literal> literals_;
  std::vector<Formula> formulas_;
  std::optional<Scope> scope_;
  bool judging_ = false;                 // the monitor is open
  bool began_ = false, inside_ = false;  // it was once; the window is open
  std::unique_ptr<Monitor> monitor_;
  std::vector<Moving> moving_;
  std::vector<std::uint32_t> used_, held_;
  std::vector<double> scratch_;
  std::unique_ptr<Probe> probe_;
  std::vector<Event> events_;
  Found found_;
  Observation last_;
  Nearest nearest_;  // comparison != nullptr: of the first literal, followed until …
  std::int64_t nearest_until_ns_ = -1;
  double wire_s_ = 0;
  const Slots* slots_ = nullptr;
};

}  // namespace rig::expect
