// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/wire_signals.hpp"

#include <algorithm>

namespace rig::bench {

using scenario::SignalId;

bool WireSignals::is_any_read(std::string_view prefix) const {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const auto id = static_cast<SignalId>(i);
    if (names_.info(id).board == board_ && watch_.reads(id) && names_.own_name(id).starts_with(prefix)) return true;
  }
  return false;
}

double WireSignals::last(const std::string& name) const {
  const auto id = names_.find(name);
  const auto change = std::ranges::find_if(changes_, [&](const Change& c) { return id == c.id; });
  return change != changes_.end() ? change->value : id ? signals_.held(*id) : 0;
}

void WireSignals::set(const std::string& name, double value) {
  const auto id = names_.find(name);
  if (!id || !watch_.reads(*id) || last(name) == value) return;
  std::erase_if(changes_, [&](const Change& c) { return c.id == *id; });
  changes_.push_back({*id, value});
}

void WireSignals::heard(SimSignals::Wire wire) { heard_.push_back(wire); }

void WireSignals::publish() {
  if (changes_.empty() && heard_.empty()) return;
  loop_.observe(now_ns());
  for (const SimSignals::Wire wire : heard_) signals_.heard(board_, wire, now_ns());
  for (const Change& change : changes_) {
    signals_.hold(change.id, change.value);
    const bool is_bit = names_.info(change.id).dimension == scenario::Dimension::boolean;
    if (!is_bit) continue;
    watch_.is_event = true;
    if (watch_.recorder) watch_.recorder->bit(now_ns(), change.id, change.value);
  }
  changes_.clear();
  heard_.clear();
  loop_.announce();
}

}  // namespace rig::bench
