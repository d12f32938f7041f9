// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace models::pack {

/// Where the energy went since the start of the run, J. Every term is an integral of its own; none is what the others
/// leave over. Energy into the pack through the port is positive.
enum class Term : std::uint8_t {
  port,           // int v i dt at the port
  busbar,         // R i^2 of the links, contacts included; the BMS's own current passes them too
  shunt,          // R i^2
  copper,         // R i^2
  channels,       // R i^2 of both banks, body diodes' share of R included
  diodes,         // forward drop of the body diodes times |i|
  bypass,         // R i^2 of leaking bank and precharge resistor
  limiter,        // drop over the charge-current limiter times i
  switching,      // drain-source voltage times |i| while a channel opens
  avalanche,      // breakdown voltage times |i|
  inductance,     // change of L i^2 / 2
  supply,         // int v_pack i of the board itself
  heater,         // int v_pack i of the heater
  store,          // change of the balancing store
  store_leak,     // v^2 / R of a leaking store
  converter,      // what the converter loses
  cell_r0,        // R0 i^2
  cell_rc,        // heat and storage of the RC pairs
  cell_ocv,       // from the table: capacity times the change of the antiderivative of OCV(soc)
  cell_others,    // hysteresis, entropic shift, internal short, coulombic loss, self-discharge
  plate_stored,   // heat capacity of the plate times its rise
  plate_ambient,  // from the plate to the air
  count
};

class Ledger {
 public:
  double& operator[](Term t) { return joule_[static_cast<std::size_t>(t)]; }
  double operator[](Term t) const { return joule_[static_cast<std::size_t>(t)]; }

  /// Energy in through the port less all the places it can go to, relative to the sum of their magnitudes.
  [[nodiscard]] double electrical_error() const;
  /// Heat made in switches, shunt and copper less what the plate took up and gave away, relative to the same.
  [[nodiscard]] double plate_error() const;

 private:
  std::array<double, static_cast<std::size_t>(Term::count)> joule_{};
};

}  // namespace models::pack
