// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/slots.hpp"

#include <algorithm>
#include <limits>

namespace rig::expect {

std::uint32_t Slots::slot(SignalId id) {
  const auto known = std::find(ids_.begin(), ids_.end(), id);
  if (known != ids_.end()) return static_cast<std::uint32_t>(known - ids_.begin());
  ids_.push_back(id);
  return static_cast<std::uint32_t>(ids_.size() - 1);
}

bool Slots::telemetry(std::uint32_t slot) const {
  const auto kind = info(slot).kind;
  return kind == scenario::SignalKind::telemetry || kind == scenario::SignalKind::telemetry_bit;
}

double Slots::standard(std::uint32_t slot, double value) const {
  if (!continuous(slot)) return 0;
  return uncertain() ? uncertainty_->standard(info(slot).dimension, value) : std::numeric_limits<double>::quiet_NaN();
}

Probe::Probe(const SignalSource& source, const Slots& slots, std::vector<std::uint32_t> continuous)
    : source_(&source), slots_(std::move(continuous)), read_(slots_.size()) {
  for (const auto slot : slots_) ids_.push_back(slots.id(slot));
}

void Probe::read(std::int64_t t_ns, double* values) {
  if (ids_.empty()) return;
  source_->values(ids_.data(), ids_.size(), t_ns, read_.data());
  for (std::size_t i = 0; i < slots_.size(); ++i) values[slots_[i]] = read_[i];
}

}  // namespace rig::expect
