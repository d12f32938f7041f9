// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "rig/expect/crossing.hpp"
#include "rig/expect/formula.hpp"
#include "rig/expect/monitor.hpp"

namespace rig::expect {

/// Watches one condition or edge for who wants to act on it: says whether it is true, and when next it will be as far
/// as the plant's segment is known. Crossings of plant signals are found as the judge finds them, to 1 ns. Not for
/// copies: its parts point at each other.
class Lookout {
 public:
  Lookout(const scenario::Expression& condition, const scenario::Catalogue& catalogue, const SignalSource& source);
  Lookout(const Lookout&) = delete;
  Lookout& operator=(const Lookout&) = delete;

  [[nodiscard]] bool reads(SignalId id) const;
  /// True at t, edges included. To be asked at every instant at which bits or telemetry change, or the plant jumps.
  [[nodiscard]] bool now(std::int64_t t_ns);
  /// After now(t): the first later instant up to `until_ns` at which it is true if only the plant moves, and smoothly;
  /// kNever = none.
  [[nodiscard]] std::int64_t ahead(std::int64_t until_ns);
  /// "came nearest with 3.6000 V at 6.0000 s, 50.00 mV from 3.6500 V", as seen at the instants asked for; may be empty.
  [[nodiscard]] std::string nearness() const;

 private:
  class Moving : public TimeFunction {
   public:
    Moving(std::size_t literal, const Comparison& comparison, Probe probe, double* values)
        : index(literal), comparison_(&comparison), probe_(std::move(probe)), values_(values) {}
    [[nodiscard]] double at(std::int64_t t_ns) override {
      probe_.read(t_ns, values_);
      return comparison_->inside(values_);
    }
    [[nodiscard]] double tolerance() const;
    std::size_t index;

   private:
    const Comparison* comparison_;
    Probe probe_;
    double* values_;
  };
  struct Event {
    std::int64_t t_ns;
    std::size_t literal;
    double side;
    bool touched_zero;
  };
  [[nodiscard]] std::int64_t piece(std::int64_t ta, std::int64_t tb);
  void scan(Moving& moving, std::int64_t ta, std::int64_t tb);

  const SignalSource& source_;
  Slots slots_;
  std::vector<Literal> literals_;
  Formula formula_;
  std::vector<double> values_;
  std::vector<Moving> moving_;
  std::vector<Event> events_;
  Found found_;
  Nearest nearest_;
  std::int64_t t_ns_ = 0;
};

}  // namespace rig::expect
