// SPDX-License-Identifier: Apache-2.0
// The balancing converter in the plant, and what its current does to readings through shared leads.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "models/pack/plant.hpp"

namespace models::pack {

balancing_converter::Terminals Plant::terminals(double cell_V) const {
  return {cell_V, leads_.loop_ohm(command_.cell), leads_.carries(command_.cell)};
}

void Plant::set_converter(const balancing_converter::ConverterCommand& command) {
  if (command.run != asked_.run) {
    converter_ns_[asked_.run ? 1 : 0] = t0_ - converter_since_ns_;
    converter_since_ns_ = t0_;
  }
  asked_ = command;
  command_ = converter_.obeyed(command);
  stale_ = true;
}

/// From now until it would be switched if it ran, or stood, as long as the last time. Firmware keeps its intervals, so
/// a segment that ends there need not be gone back into.
std::int64_t Plant::converter_turns_ns() const {
  const std::int64_t turns_ns = converter_since_ns_ + converter_ns_[asked_.run ? 1 : 0];
  return turns_ns > t0_ ? turns_ns - t0_ : INT64_MAX;
}

/// The current of this segment. Its limits look at the cell behind its resistance: 0.2 mohm are nothing beside the
/// path.
void Plant::hold_balance() {
  balance_A_ = 0;
  balance_holds_ns_ = INT64_MAX;
  if (command_.run && command_.cell >= 0 && command_.cell < n_) {
    const auto k = static_cast<std::size_t>(command_.cell);
    const auto at = terminals((cells_[k].faults().reversed ? -1 : 1) * cells_[k].inner_V(state_.cell[k]));
    balance_A_ = converter_.cell_current_A(command_, state_.store_J, at);
    if (balance_A_ != 0 && converter_.is_drooping(command_, state_.store_J, at))
      balance_holds_ns_ = static_cast<std::int64_t>(1e9 * balancing_converter::Converter::droop_step_s);
  }
  are_readings_plain_ = balance_A_ == 0 && leads_.all_in_place();
}

/// Ends the segment where the current begins to droop, or the converter stops by itself.
void Plant::end_at_store_limit() {
  if (balance_A_ == 0 || store_slope_ == 0) return;
  const auto k = static_cast<std::size_t>(command_.cell);
  const double until_J =
      converter_.steady_until_J(command_, state_.store_J, terminals(cells_[k].inner_V(state_.cell[k])));
  const double x = (until_J - state_.store_J) / store_slope_;
  if (x < 0 || x >= seconds(t1_)) return;
  end_at(t0_ + std::max<std::int64_t>(1, static_cast<std::int64_t>(x * 1e9) + 1), PlantEvent::step);
  ends_smoothly_ = false;
}

double Plant::misread_V(int k, std::int64_t t) const {
  return leads_.reading_V(
      k, t, [this, t](int cell) { return cell_V(cell, t); }, balance_cell(), balance_A_);
}

void Plant::open_lead(int lead) {
  if (lead < 0 || lead > n_) throw std::invalid_argument("there is no sense lead " + std::to_string(lead));
  leads_.open(lead, t0_, [this](int k) {
    const auto i = static_cast<std::size_t>(k);
    return cells_[i].inner_V(state_.cell[i]);
  });
  stale_ = true;
}

}  // namespace models::pack
