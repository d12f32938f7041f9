// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace models::mosfet {

/// A bank of parallel N-FETs of the main path. Two banks stand back to back: each blocks one direction and conducts the
/// other through its body diode when off.
struct BankParams {
  double on_ohm = 90e-6;  // whole bank at 25 degC
  double diode_V = 0.65;  // forward drop of the body diode: diode_V + diode_ohm * i
  double diode_ohm = 1e-3;
  double turn_on_s = 200e-6;       // gate pin high -> channel conducts
  double turn_off_delay_s = 5e-6;  // gate pin low -> channel opens
  double turn_off_fall_s = 10e-6;  // then a current that an external source imposes falls linearly in this time
  double breakdown_V = 46;         // avalanche clamp for an inductive current
  double avalanche_rating_J = 4;   // of the whole bank; more is reported as destructive
};

/// Rds(on) against 25 degC: 1 + 0.0040 (T - 25) + 6e-6 (T - 25)^2. Valid -40 … 175 degC. Source:
/// docs/references.md#fet-class.
[[nodiscard]] constexpr double on_resistance_factor(double temperature_degC) {
  const double d = temperature_degC - 25;
  return 1 + 0.0040 * d + 6e-6 * d * d;
}

/// Channel of a bank: off, on, or on its way. `due_ns` is the instant at which the pending change happens.
class Bank {
 public:
  static constexpr std::int64_t never = INT64_MAX;
  explicit Bank(BankParams params) : params_(params) {}
  [[nodiscard]] const BankParams& params() const { return params_; }
  [[nodiscard]] bool conducts() const { return conducts_; }
  [[nodiscard]] std::int64_t due_ns() const { return due_ns_; }

  /// The gate pin took `level` at `t_ns`.
  void gate(bool level, std::int64_t t_ns) { due_ns_ = level == conducts_ ? never : t_ns + delay_ns(level); }
  /// Carries out what is due at `t_ns`; true when the channel changed.
  bool settle(std::int64_t t_ns) {
    if (t_ns < due_ns_) return false;
    conducts_ = !conducts_;
    due_ns_ = never;
    return true;
  }

 private:
  [[nodiscard]] std::int64_t delay_ns(bool level) const {
    return static_cast<std::int64_t>((level ? params_.turn_on_s : params_.turn_off_delay_s) * 1e9 + 0.5);
  }
  BankParams params_;
  bool conducts_ = false;
  std::int64_t due_ns_ = never;
};

}  // namespace models::mosfet
