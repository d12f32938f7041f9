// SPDX-License-Identifier: Apache-2.0
#include "models/balancing_converter/balancing_converter.hpp"

#include <cmath>

namespace models::balancing_converter {

double Converter::store_V(double energy_J) const {
  return energy_J > 0 ? std::sqrt(2 * energy_J / params_.store_F) : 0;
}

double Converter::cell_current_A(const ConverterCommand& command, double energy_J) const {
  if (!command.run) return 0;
  const double current = params_.current_A * command.share;
  if (command.charge_cell) return energy_J > lower_J() * (1 + 1e-9) ? current : 0;
  return energy_J < upper_J() * (1 - 1e-9) ? -current : 0;
}

double Converter::store_W(double cell_current_A, double cell_V) const {
  return cell_current_A < 0 ? -cell_current_A * cell_V * params_.efficiency_in
                            : -cell_current_A * cell_V / params_.efficiency_out;
}

}  // namespace models::balancing_converter
