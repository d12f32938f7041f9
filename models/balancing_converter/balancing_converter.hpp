// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace models::balancing_converter {

/// JK active balancer: one cell at a time against a super-capacitor store.
///   discharge phase: the cell gives I;  dE/dt = + eta_in  * I * v_cell
///   charge phase:    the cell takes I;  dE/dt = - I * v_cell / eta_out          E = C v_store^2 / 2
/// The current is constant whatever the voltages. The converter itself stops at 4 % above store_max and 10 % below
/// store_min. Leads and switches are included in the efficiencies. Source: docs/references.md#jk-balancer-log.
struct ConverterParams {
  double current_A = 2;  // rated; the PWM sets a share of it
  double store_F = 60;
  double store_max_V = 2.7, store_min_V = 1.0;
  double efficiency_in = 0.67, efficiency_out = 0.70;
};

struct ConverterCommand {
  bool run = false;
  bool charge_cell = false;  // false: the selected cell is discharged into the store
  int cell = 0;              // from 0
  double share = 1;          // of the rated current, 0 … 1
};

class Converter {
 public:
  explicit Converter(ConverterParams params) : params_(params) {}
  [[nodiscard]] const ConverterParams& params() const { return params_; }
  [[nodiscard]] double energy_J(double store_V) const { return 0.5 * params_.store_F * store_V * store_V; }
  [[nodiscard]] double store_V(double energy_J) const;
  [[nodiscard]] double upper_J() const { return energy_J(1.04 * params_.store_max_V); }
  [[nodiscard]] double lower_J() const { return energy_J(0.90 * params_.store_min_V); }

  /// Current into the selected cell, A (negative while it is discharged); 0 when stopped or at an end of the store.
  [[nodiscard]] double cell_current_A(const ConverterCommand& command, double energy_J) const;
  /// Power into the store, W, for that current at the cell voltage.
  [[nodiscard]] double store_W(double cell_current_A, double cell_V) const;

 private:
  ConverterParams params_;
};

}  // namespace models::balancing_converter
