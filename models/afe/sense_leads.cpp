// SPDX-License-Identifier: Apache-2.0
#include "models/afe/sense_leads.hpp"

#include <stdexcept>
#include <utility>

#include "models/math/exact.hpp"

namespace models::afe {

SenseLeads::SenseLeads(int cells, double lead_ohm, double float_time_constant_s)
    : cells_(cells), nominal_ohm_(lead_ohm), float_time_constant_s_(float_time_constant_s) {
  if (cells < 1 || cells >= max_leads) throw std::invalid_argument("sense leads: 1 to 32 cells");
  if (!(float_time_constant_s > 0)) throw std::invalid_argument("sense leads: a floating input needs a time above 0 s");
  for (int n = 0; n <= cells; ++n) lead_[index(n)] = {lead_ohm, false, n, 0, 0};
}

void SenseLeads::look() {
  in_place_ = true;
  for (int n = 0; n <= cells_; ++n) in_place_ = in_place_ && !lead_[index(n)].is_open && lead_[index(n)].tap == n;
}

void SenseLeads::open_from(int lead, std::int64_t t_ns, const Voltages& tap) {
  Lead& l = lead_[index(lead)];
  if (l.is_open) return;
  const double last_V = input_V(lead, tap, t_ns);
  l.is_open = true;
  l.open_ns = t_ns;
  l.excess_V = last_V - floating_V(lead, tap);
  look();
}

void SenseLeads::repair(int lead) {
  for (int n = 0; n <= cells_; ++n) {
    if (lead_[index(n)].tap == lead) std::swap(lead_[index(n)].tap, lead_[index(lead)].tap);
  }
  lead_[index(lead)].is_open = false;
  lead_[index(lead)].ohm = nominal_ohm_;
  look();
}

void SenseLeads::swap(int a, int b) {
  std::swap(lead_[index(a)].tap, lead_[index(b)].tap);
  look();
}

bool SenseLeads::carries(int cell) const {
  const Lead &lower = lead_[index(cell)], &upper = lead_[index(cell + 1)];
  return !lower.is_open && !upper.is_open && lower.tap == cell && upper.tap == cell + 1;
}

double SenseLeads::drop_V(int cell, int balanced, double current_A) const {
  if (balanced < 0 || current_A == 0) return 0;
  if (cell == balanced) return current_A * loop_ohm(cell);
  if (cell == balanced + 1) return -current_A * resistance_ohm(cell);
  if (cell == balanced - 1) return -current_A * resistance_ohm(balanced);
  return 0;
}

double SenseLeads::input_V(int input, const Voltages& tap, std::int64_t t_ns) const {
  const Lead& l = lead_[index(input)];
  if (!l.is_open) return tap[index(l.tap)];
  const double passed_s = static_cast<double>(t_ns - l.open_ns) * 1e-9;
  return floating_V(input, tap) + l.excess_V * math::exp(-passed_s / float_time_constant_s_);
}

double SenseLeads::floating_V(int input, const Voltages& tap) const {
  int below = input, above = input;
  while (below >= 0 && lead_[index(below)].is_open) --below;
  while (above <= cells_ && lead_[index(above)].is_open) ++above;
  if (below < 0 && above > cells_) return 0;  // nothing is connected
  if (below < 0) return tap[index(lead_[index(above)].tap)];
  const double low_V = tap[index(lead_[index(below)].tap)];
  if (above > cells_) return low_V;
  const double share = static_cast<double>(input - below) / (above - below);
  return low_V + share * (tap[index(lead_[index(above)].tap)] - low_V);
}

}  // namespace models::afe
