// SPDX-License-Identifier: Apache-2.0
#include "models/balancing_converter/balancing_converter.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "models/balancing_converter/visit.hpp"
#include "models/math/exact.hpp"
#include "models/math/require.hpp"

namespace models::balancing_converter {
namespace {

constexpr double least_A = 1e-3;  // below this the bridge is off

}  // namespace

Converter::Converter(ConverterParams params) : params_(params) {
  visit(
      [](const math::Parameter& p, double value) {
        if (p.allows(value)) return;
        const std::string unit = std::string_view(p.unit) == "%" ? "1" : p.unit;
        math::require(false, "converter: " + std::string(p.key), value,
                      std::to_string(p.low) + " to " + std::to_string(p.high), unit);
      },
      params_);
  math::require(params_.lead_ohm >= 0 && params_.lead_ohm <= 10, "converter: lead", params_.lead_ohm, "0 to 10", "ohm");
}

double Converter::store_V(double energy_J) const {
  return energy_J > 0 ? std::sqrt(2 * energy_J / params_.store_F) : 0;
}

ConverterCommand Converter::obeyed(ConverterCommand command) const {
  if (faults_.stuck_cell >= 0) command.cell = faults_.stuck_cell;
  return command;
}

double Converter::set_A(const ConverterCommand& command, const Terminals& at) const {
  const double set = params_.current_A * command.share;
  if (!command.charge_cell || at.lead_ohm <= 0) return set;
  return std::min(set, std::max(0.0, (params_.output_max_V - at.cell_V) / at.lead_ohm));
}

double Converter::limit_A(bool charge_cell, double set_A, double energy_J, const Terminals& at) const {
  if (charge_cell) {
    const double full_J = this->energy_J(params_.boost_full_V);
    return full_J > 0 ? set_A * std::min(1.0, energy_J / full_J) : set_A;
  }
  const double path = params_.path_ohm + beyond_nominal_ohm(at);
  if (params_.path_ohm <= 0 || path <= 0) return set_A;
  return std::clamp((at.cell_V - store_V(energy_J)) / path, 0.0, set_A);
}

/// Energy at which the current starts to droop.
double Converter::onset_J(bool charge_cell, double set_A, const Terminals& at) const {
  if (charge_cell) return energy_J(params_.boost_full_V);
  const double path = params_.path_ohm + beyond_nominal_ohm(at);
  if (params_.path_ohm <= 0 || path <= 0) return 2 * upper_J();
  return energy_J(std::max(0.0, at.cell_V - set_A * path));
}

bool Converter::is_drooping(const ConverterCommand& command, double energy_J, const Terminals& at) const {
  const double onset = onset_J(command.charge_cell, set_A(command, at), at);
  return command.charge_cell ? energy_J <= onset : energy_J >= onset;
}

double Converter::cell_current_A(const ConverterCommand& command, double energy_J, const Terminals& at) const {
  if (!command.run || !at.connected) return 0;
  if (command.charge_cell ? energy_J <= lower_J() * (1 + 1e-9) : energy_J >= upper_J() * (1 - 1e-9)) return 0;
  const double set = set_A(command, at), sign = command.charge_cell ? 1 : -1;
  double amps = limit_A(command.charge_cell, set, energy_J, at);
  if (is_drooping(command, energy_J, at)) {
    const double middle_J = energy_J + 0.5 * droop_step_s * store_W(sign * amps, at);
    amps = limit_A(command.charge_cell, set, middle_J, at);
  }
  return amps < least_A ? 0 : sign * amps;
}

double Converter::steady_until_J(const ConverterCommand& command, double energy_J, const Terminals& at) const {
  const double onset = onset_J(command.charge_cell, set_A(command, at), at);
  if (command.charge_cell) return energy_J > onset ? std::max(onset, lower_J()) : lower_J();
  return energy_J < onset ? std::min(onset, upper_J()) : upper_J();
}

double Converter::store_W(double cell_current_A, const Terminals& at) const {
  const double lost_W = cell_current_A * cell_current_A * beyond_nominal_ohm(at);
  const double into_board_W = -cell_current_A * at.cell_V - lost_W;
  return cell_current_A < 0 ? into_board_W * params_.efficiency_in : into_board_W / params_.efficiency_out;
}

double Converter::advanced_J(double energy_J, double power_W, double dt_s) const {
  if (faults_.store_leak_ohm <= 0) return std::max(0.0, energy_J + dt_s * power_W);
  const double rate_per_s = 2 / (faults_.store_leak_ohm * params_.store_F), settled_J = power_W / rate_per_s;
  return std::max(0.0, settled_J + (energy_J - settled_J) * math::exp(-rate_per_s * dt_s));
}

double Converter::leaked_J(double energy_J, double power_W, double dt_s) const {
  if (faults_.store_leak_ohm <= 0) return 0;
  const double rate_per_s = 2 / (faults_.store_leak_ohm * params_.store_F), settled_J = power_W / rate_per_s;
  return power_W * dt_s + (energy_J - settled_J) * (1 - math::exp(-rate_per_s * dt_s));
}

}  // namespace models::balancing_converter
