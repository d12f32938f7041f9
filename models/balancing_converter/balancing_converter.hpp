// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/balancing_converter/params.hpp"

namespace models::balancing_converter {

struct ConverterCommand {
  bool run = false;
  bool charge_cell = false;  // false: the selected cell is discharged into the store
  int cell = 0;              // from 0
  double share = 1;          // of the rated current, 0 … 1
};

/// The cell at the converter's terminals.
struct Terminals {
  double cell_V = 3.3;
  double lead_ohm = 0.1;  // of both leads together
  bool connected = true;  // false: a lead is open, no current can flow
};

/// JK active balancer: one cell at a time against a super-capacitor store, buck in one direction, boost in the other.
///
///   cell ─ lead ─┐                     E = C v^2 / 2
///                ├ switches ─ half bridge ─ L ─┬─ store C (and its leak)
///   cell ─ lead ─┘                             ┴
///
///   out of the cell: I = min(I_set, (v_cell - v) / (path + dR))           dE/dt =  eta_in (I v_cell - I^2 dR) - leak
///   into the cell:   I = I_set min(1, (v / boost_full)^2), held back where v_cell + I R_leads reaches output_max
///                                                                         dE/dt = -(I v_cell + I^2 dR) / eta_out -
///                                                                         leak
///   leak = v^2 / R_leak        dR = both leads beyond their nominal value, which the efficiencies include
///
/// Where I < I_set the current droops; there it is held over `droop_step_s` at its value in the middle. The converter
/// stops by itself 4 % above store_max and 10 % below store_min; the phases end on the store's voltage, as the firmware
/// reads it. Valid 1 … 5 V of the cell. Source: docs/models/balancing_converter.md.
class Converter {
 public:
  /// Throws std::invalid_argument (name, value, allowed range) for what the visit list does not allow.
  explicit Converter(ConverterParams params);
  [[nodiscard]] const ConverterParams& params() const { return params_; }
  [[nodiscard]] double energy_J(double store_V) const { return 0.5 * params_.store_F * store_V * store_V; }
  [[nodiscard]] double store_V(double energy_J) const;
  [[nodiscard]] double upper_J() const { return energy_J(1.04 * params_.store_max_V); }
  [[nodiscard]] double lower_J() const { return energy_J(0.90 * params_.store_min_V); }

  static constexpr double droop_step_s = 0.2;

  void set_faults(const ConverterFaults& faults) { faults_ = faults; }
  [[nodiscard]] const ConverterFaults& faults() const { return faults_; }
  /// The command as a selector that may be stuck carries it out.
  [[nodiscard]] ConverterCommand obeyed(ConverterCommand command) const;

  /// Current into the selected cell from now on, A (negative while it is discharged); 0 when stopped, at an end of the
  /// store or without a connection.
  [[nodiscard]] double cell_current_A(const ConverterCommand& command, double energy_J, const Terminals& at) const;
  /// The store's energy up to which that current stays as it is: where it begins to droop, or an end of the store.
  [[nodiscard]] double steady_until_J(const ConverterCommand& command, double energy_J, const Terminals& at) const;
  /// The current changes with the store's voltage: it holds for droop_step_s.
  [[nodiscard]] bool is_drooping(const ConverterCommand& command, double energy_J, const Terminals& at) const;

  /// Power into the store, W, for a current into the cell; the store's leak is not in it.
  [[nodiscard]] double store_W(double cell_current_A, const Terminals& at) const;
  /// Energy of the store after `dt_s` at that power, leak included; exact. 0 at the least.
  [[nodiscard]] double advanced_J(double energy_J, double power_W, double dt_s) const;
  /// What its leak takes meanwhile, the integral of v^2 / R_leak.
  [[nodiscard]] double leaked_J(double energy_J, double power_W, double dt_s) const;

 private:
  [[nodiscard]] double limit_A(bool charge_cell, double set_A, double energy_J, const Terminals& at) const;
  [[nodiscard]] double onset_J(bool charge_cell, double set_A, const Terminals& at) const;
  [[nodiscard]] double set_A(const ConverterCommand& command, const Terminals& at) const;
  [[nodiscard]] double beyond_nominal_ohm(const Terminals& at) const { return at.lead_ohm - 2 * params_.lead_ohm; }

  ConverterParams params_;
  ConverterFaults faults_;
};

}  // namespace models::balancing_converter
