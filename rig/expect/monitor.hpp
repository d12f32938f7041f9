// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "rig/expect/formula.hpp"
#include "rig/expect/judge.hpp"

namespace rig::expect {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();  // a figure that was not measured
constexpr double kPinResolution_s = 1e-6;  // pins and events, whatever the length of the run

[[nodiscard]] inline double seconds(std::int64_t ns) { return static_cast<double>(ns) * 1e-9; }
[[nodiscard]] Quantity duration(std::int64_t ns);
[[nodiscard]] std::string text(std::int64_t duration_ns);  // "5.200 s"

/// How exactly an instant is known.
struct Dating {
  double resolution_s = 0;  // wire time, or resolution / slope of a crossing; 0 for pins
  double standard_s = 0;    // of a crossing: standard uncertainty of the bench / slope; NaN: it states none
  std::vector<std::uint32_t> elements = {};  // slots of the cells that decided there, where min or max picked them
};
/// Of a time between two instants: resolutions add up, uncertainties in squares; the elements are those of the later.
[[nodiscard]] Dating both_of(const Dating& a, const Dating& b);

/// The truths of a monitor's formulas from an instant on. `now` includes edges, which last no time: then a second
/// observation at the same instant follows, without them.
struct Observation {
  static constexpr std::size_t kFormulas = 5;
  std::int64_t t_ns = 0;
  Dating dating = {};
  std::array<Truth, kFormulas> now{}, held{};
  bool inside = true;  // the window is open; always, but for monitors that go on behind it
};

/// How near a comparison came to being true, as seen at the samples.
struct Nearest {
  double inside = -std::numeric_limits<double>::infinity();  // Comparison::inside
  double measured = 0, limit = 0;
  std::int64_t t_ns = -1;  // -1 = its signals were never known
  const Comparison* comparison = nullptr;
};

/// Follows one claim through time. Sees only changes of truth, in order, inside its window; between them nothing
/// changes.
class Monitor {
 public:
  virtual ~Monitor() = default;
  virtual void open(std::int64_t t_ns) {
    t_open_ns_ = t_ns;
  }  // the window begins; an observation at the same instant follows
  virtual void observe(const Observation& at) = 0;
  virtual void close(std::int64_t t_ns) = 0;  // the window, or the run, ends
  /// Result, reason, figures. Called once, after close(), and only when the window was open for some time.
  [[nodiscard]] virtual Verdict verdict() const = 0;

  /// Monitors that want the figure behind formula 0, not only its truth, at every extremum:
  [[nodiscard]] virtual bool wants_figures() const { return false; }
  /// Margin below which a figure is of interest (Decision::margin); -infinity = not now.
  [[nodiscard]] virtual double floor() const { return -std::numeric_limits<double>::infinity(); }
  virtual void figure(std::int64_t /*t_ns*/, const Decision& /*decision*/, const double* /*values*/) {}

  /// How near formula 0 came, when that is a single comparison with a direction; handed over before verdict(), seen
  /// before `nearness_until_ns`. -1 = not wanted.
  [[nodiscard]] virtual std::int64_t nearness_until_ns() const { return -1; }
  virtual void nearest(const Nearest& /*nearest*/) {}

  /// Goes on observing behind the end of a window that a condition closed.
  [[nodiscard]] virtual bool goes_on_outside() const { return false; }
  /// The figure behind formula 0 at the end of the window, before close().
  [[nodiscard]] virtual bool wants_ending() const { return false; }
  virtual void ending(const Decision& /*decision*/, const double* /*values*/) {}

 protected:
  std::int64_t t_open_ns_ = -1;
};

[[nodiscard]] std::unique_ptr<Monitor> make_monitor(const Claim& claim, const Slots& slots, std::int64_t t_start_ns);

/// What two quantities of this dimension differ by: K for degC.
[[nodiscard]] scenario::Dimension difference_of(scenario::Dimension dimension);
/// A limit of time: measured must be "<=" or ">=" than it; "" where measured is not what was judged.
void set_limit(Verdict& verdict, const char* is, std::int64_t limit_ns);
/// Of a measured time: its resolution and what its uncertainty has of both ends.
void date(Verdict& verdict, const Dating& dating);
/// The finishing touches every verdict shares: dimension of the margin, its ratio to the limit.
void fill_margin(Verdict& verdict, double margin);
[[nodiscard]] Verdict failed(std::string reason);
/// Something that had to be reached within a time: after `taken`, or not at all in a window of `elapsed`.
[[nodiscard]] Verdict reached(std::int64_t taken_ns, std::int64_t within_ns);
[[nodiscard]] Verdict not_reached(std::string reason, std::int64_t elapsed_ns, std::int64_t within_ns);

/// For reasons: "cell[3] 3.6123 V", or the figure alone.
[[nodiscard]] std::string measured_text(const Program& measured, const double* values, const Slots& slots);
/// "came nearest with 3.6000 V at 6.0000 s, 50.00 mV from 3.6500 V"
[[nodiscard]] std::string nearness_text(const Nearest& nearest);

}  // namespace rig::expect
