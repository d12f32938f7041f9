// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace models::mosfet {

/// What may be wrong with a bank.
enum class BankFault : std::uint8_t {
  none,
  stuck_on,   // a channel has fused (drain to source): the bank conducts whatever the gate says
  stuck_off,  // driver or gate lost: the channel never conducts, the body diode still does
  one_dead,   // a bond wire has lifted: one MOSFET of the bank carries nothing
  slow_gate,  // a high-ohmic gate path: all gate times are longer by `slow_factor`
  leaking     // damaged gate oxide or dirt: `leak_ohm` across the bank when it is off
};

/// A bank of parallel N-FETs of the main path. Two banks stand back to back: each blocks one direction and conducts the
/// other through its body diode when off.
struct BankParams {
  double on_ohm = 90e-6;  // whole bank at 25 degC; > 0
  double diode_V = 0.65;  // forward drop of the body diode: diode_V + diode_ohm * i
  double diode_ohm = 1e-3;
  double turn_on_s = 200e-6;       // gate pin high -> channel conducts
  double turn_off_delay_s = 5e-6;  // gate pin low -> channel opens
  double turn_off_fall_s = 10e-6;  // then the channel lets the current fall linearly in this time
  double breakdown_V = 46;         // avalanche clamp, when the loop inductance drives more current than the channel
  double avalanche_rating_J = 4;   // of the whole bank; more is reported as destructive
  double parallel = 12;            // MOSFETs in the bank, 1 … 100
  double junction_K_per_W = 0.6;   // junction to plate, of one MOSFET
  double junction_time_s = 8e-3;   // of that step; with 0.6 K/W it gives 0.07 K/W after 1 ms, as data sheets show
  double slow_factor = 100;        // BankFault::slow_gate
  double leak_ohm = 500;           // BankFault::leaking
};

/// Rds(on) against 25 degC: 1 + 0.0040 (T - 25) + 6e-6 (T - 25)^2. Valid -40 … 175 degC. Source:
/// docs/references.md#fet-class.
[[nodiscard]] constexpr double on_resistance_factor(double temperature_degC) {
  const double d = temperature_degC - 25;
  return 1 + 0.0040 * d + 6e-6 * d * d;
}

/// What a current meets in a bank: drop_V + ohm * i. Closed: nothing passes short of the breakdown voltage.
struct Passage {
  double ohm = 0, drop_V = 0;
  bool open = true;
};

/// Channel of a bank: off, on, or on its way. `due_ns` is the instant at which the pending change happens.
class Bank {
 public:
  static constexpr std::int64_t never = INT64_MAX;
  explicit Bank(BankParams params) : params_(params) {}
  [[nodiscard]] const BankParams& params() const { return params_; }
  [[nodiscard]] bool conducts() const {
    return fault_ == BankFault::stuck_on || (channel_ && fault_ != BankFault::stuck_off);
  }
  [[nodiscard]] std::int64_t due_ns() const { return due_ns_; }
  [[nodiscard]] BankFault fault() const { return fault_; }
  void set_fault(BankFault fault) { fault_ = fault; }

  /// The gate pin took `level` at `t_ns`.
  void gate(bool level, std::int64_t t_ns) { due_ns_ = level == channel_ ? never : t_ns + delay_ns(level); }
  /// Carries out what is due at `t_ns`; true when something was.
  bool settle(std::int64_t t_ns) {
    if (t_ns < due_ns_) return false;
    channel_ = !channel_;
    due_ns_ = never;
    return true;
  }

  /// Against the body diode: the channel, else a leak, else closed (its resistance then counts in avalanche).
  [[nodiscard]] Passage blocked_way(double junction_degC) const {
    if (conducts()) return {on_ohm(junction_degC), 0, true};
    if (fault_ == BankFault::leaking) return {params_.leak_ohm, 0, true};
    return {on_ohm(junction_degC), 0, false};
  }
  /// Along the body diode: the channel, else the diode.
  [[nodiscard]] Passage diode_way(double junction_degC) const {
    if (conducts()) return {on_ohm(junction_degC), 0, true};
    return {params_.diode_ohm / share(), params_.diode_V, true};
  }
  [[nodiscard]] double on_ohm(double junction_degC) const {
    return params_.on_ohm / share() * on_resistance_factor(junction_degC);
  }
  /// Junction above plate per watt in the whole bank.
  [[nodiscard]] double junction_K_per_W() const { return params_.junction_K_per_W / (params_.parallel * share()); }
  [[nodiscard]] double avalanche_rating_J() const { return params_.avalanche_rating_J * share(); }
  [[nodiscard]] std::int64_t fall_ns() const {
    return static_cast<std::int64_t>(params_.turn_off_fall_s * slowness() * 1e9 + 0.5);
  }

 private:
  [[nodiscard]] double slowness() const { return fault_ == BankFault::slow_gate ? params_.slow_factor : 1; }
  [[nodiscard]] double share() const {  // of the bank that is alive
    return fault_ == BankFault::one_dead && params_.parallel > 1 ? 1 - 1.0 / params_.parallel : 1;
  }
  [[nodiscard]] std::int64_t delay_ns(bool level) const {
    return static_cast<std::int64_t>((level ? params_.turn_on_s : params_.turn_off_delay_s) * slowness() * 1e9 + 0.5);
  }
  BankParams params_;
  BankFault fault_ = BankFault::none;
  bool channel_ = false;
  std::int64_t due_ns_ = never;
};

}  // namespace models::mosfet
