// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rig/scenario/claim.hpp"
#include "rig/scenario/uncertainty.hpp"

namespace rig::expect {

using scenario::Claim;
using scenario::Quantity;
using scenario::SignalId;

/// Fixed result words (design/architecture.md).
enum class Result : std::uint8_t { pass, conditional_pass, conditional_fail, fail, error, not_run, not_applicable };
[[nodiscard]] std::string_view result_word(Result result);

/// Where the judge reads signals. Plant signals are smooth functions of time within the interval handed to advance();
/// bits and telemetry are constant in it.
class SignalSource {
 public:
  virtual ~SignalSource() = default;
  [[nodiscard]] virtual double value(SignalId id, std::int64_t t_ns) const = 0;
  /// Same for several plant signals at one instant.
  virtual void values(const SignalId* ids, std::size_t count, std::int64_t t_ns, double* out) const = 0;
  /// No plant signal has jumped after this instant. Who does not know says: one may have, always.
  [[nodiscard]] virtual std::int64_t continuous_from_ns() const { return std::numeric_limits<std::int64_t>::max(); }
};

/// Instants of one protection event, ns; -1 = did not happen.
struct ProtectionTimeline {
  std::int64_t t_cross = -1;   // true quantity crosses the setting
  std::int64_t t_detect = -1;  // flag on the bus
  std::int64_t t_act = -1;     // gate pin falls
  std::int64_t t_clear = -1;   // current gone (|I| < 1 A in the blocked direction)
  double peak = 0;             // most extreme value of the true quantity from t_cross to t_clear; NaN = none
  scenario::Dimension peak_dimension = scenario::Dimension::none;
  std::int64_t t_back = -1;     // from t_act on: the true quantity is inside of the setting again
  std::int64_t t_release = -1;  // from t_act on: the gate is on again and the flag, once seen, is off
  double setting = 0;           // as the board had it; dimension of the peak
  std::optional<double> delay_s;
  // over the whole run: rig/expect/visits.hpp
  std::uint64_t trips = 0, forgiven = 0;
  std::int64_t longest_forgiven_ns = 0, longest_near_ns = 0;
};

struct Verdict {
  Result result = Result::not_run;
  std::string claim;   // text of the claim
  std::string reason;  // one sentence when not pass ("never armed", "true for 41.3 s", …); may be empty
  Quantity measured,
      limit;  // the worst occurrence: a time for when_then/converges, a value for always/never; NaN = nothing was
              // measured (never armed, never judged, empty window): there is no figure to show
  std::string limit_is;  // what measured must be of it: < <= > >= == !=; "" without a limit, or where the end of the
                         // run was judged
  Quantity margin;       // signed, positive = inside; dimension of limit (K for degC)
  std::optional<double> margin_ratio;  // margin / limit where that means something
  double resolution = 0;               // of the measured figure, in its base unit
  /// Standard uncertainty (k = 1) of the margin on this bench, in its base unit; of a time that of the instants alone,
  /// without that of the clock. NaN: none is stated, or there is no figure.
  double standard = std::numeric_limits<double>::quiet_NaN();
  bool is_time = false;                 // between two events
  std::optional<double> expanded;       // uncertainty U of measured, k = scenario::BenchUncertainty::k; the guard band
  std::int64_t t_worst_ns = -1;         // moment of the worst occurrence
  std::string worst_element;            // "cell[3]" when a vector was judged, or the claim names one only
  std::vector<std::uint32_t> elements;  // slots of what decided a time; the judge names them in worst_element
  std::uint64_t occurrences = 0;        // how often it armed (when_then), or number of intervals judged
  std::uint64_t violations = 0;
  std::optional<ProtectionTimeline> timeline;
};

/// Row of the table that ties a protection to its true quantity, setting, flag, gate. Used for timelines.
struct ProtectionRow {
  std::string name;           // "cell_overvoltage"
  std::string true_quantity;  // expression over plant signals, e.g. "max(cell.voltage)"
  bool above = true;          // trips above (or below) the setting
  std::string setting;        // "cell_ovp"; "" = board comparator
  std::string flag;           // "bms.alarm.cell_overvoltage"; "" = the board cannot tell, its gate stands for it
  std::string gate;           // "charge_gate" or "discharge_gate"
  int current_sign = +1;      // blocked direction of port.current: +1 charging, -1 discharging, 0 both
  std::string delay;          // "cell_ovp_delay"
  std::string of_each_cell;   // while the setting is 0: this one for each cell, "cell_ovp"; else ""
};
[[nodiscard]] const std::vector<ProtectionRow>& protections();

/// Judges all claims of one run while it runs. Call order:
///   start(t0); then repeatedly: advance(t) over an interval in which bits and telemetry are constant and plant signals
///   smooth, and change(t) after bits or telemetry changed at t (source already shows the new values); finally
///   finish(t_end).
/// Crossings of plant signals inside an interval are located by root finding on the source, not on a grid.
/// Several change() at one instant count as one: what is judged is the state that lasts from that instant on. The plant
/// may jump at the ends of intervals; asked for the last instant at the next advance() it must answer with the value
/// after the jump. Semantics of every word: docs/verdicts.md. Throws std::invalid_argument for a claim that cannot be
/// judged (unknown protection, signal or setting missing), std::runtime_error for a plant signal that is not smooth
/// inside an interval, std::logic_error for time running backwards.
class Judge {
 public:
  struct Limits {
    static constexpr const char* comparator = "comparator";  // where a protection has no setting
    std::vector<std::pair<std::string, double>> settings;    // base units, with their board's prefix; for timelines
    double telemetry_wire_s = 0;  // time of one reply on the wire; how exactly a change of telemetry is dated
    scenario::BenchUncertainty uncertainty = {};  // what the bench states: verdicts get a guard band of it
  };
  Judge(const std::vector<Claim>& claims, const scenario::Catalogue& catalogue, const SignalSource& source,
        Limits limits);
  ~Judge();
  Judge(Judge&&) noexcept;
  Judge& operator=(Judge&&) = delete;

  /// A claim, or the timeline of one, depends on this signal. Changes of others need not be told.
  [[nodiscard]] bool reads(SignalId id) const;
  void start(std::int64_t t_ns);
  void advance(std::int64_t t_ns);                               // from the last instant to t
  void change(std::int64_t t_ns);                                // several at one instant are legal
  [[nodiscard]] std::vector<Verdict> finish(std::int64_t t_ns);  // one a claim, in order

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rig::expect
