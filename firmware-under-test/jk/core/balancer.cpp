// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/balancer.hpp"

namespace jk::core {

void Balancer::set_limits(const Settings& settings) {
  trigger_mV_ = settings[Setting::balance_trigger];
  start_mV_ = settings[Setting::balance_start];
  is_enabled_ = settings[Setting::balance_enabled] != 0;
}

bool Balancer::wants(const CellSpread& spread) const {
  const std::int32_t difference_mV = spread.highest_mV - spread.lowest_mV;
  const bool is_spread = is_active_ ? difference_mV >= trigger_mV_ : difference_mV > trigger_mV_;
  return is_enabled_ && is_spread && spread.highest_mV > start_mV_;
}

void Balancer::decide(const CellSpread& spread, std::uint64_t now_ns) {
  is_active_ = wants(spread);
  is_watching_ = is_watching_ && is_active_;
  is_running_ = is_active_;
  highest_cell_ = spread.highest_cell;
  lowest_cell_ = spread.lowest_cell;
  started_ns_ = now_ns;
}

void Balancer::update(bool may_run, std::optional<std::int32_t> store_mV, std::uint64_t now_ns) {
  if (!may_run || !store_mV) {
    is_active_ = false;
    is_running_ = false;
    is_watching_ = false;
    return;
  }
  if (now_ns - started_ns_ >= balance_run_ns) is_running_ = false;
  if (is_active_) watch(*store_mV, now_ns);
  if (*store_mV >= store_full_mV) begin(Transfer::store_to_cell);
  if (*store_mV <= store_empty_mV) begin(Transfer::cell_to_store);
}

void Balancer::watch(std::int32_t store_mV, std::uint64_t now_ns) {
  const std::int32_t risen_mV = store_mV - watched_mV_;
  const std::int32_t moved_mV = transfer_ == Transfer::cell_to_store ? risen_mV : -risen_mV;
  if (!is_watching_ || moved_mV >= store_moves_mV) {
    is_watching_ = true;
    watched_mV_ = store_mV;
    watched_ns_ = now_ns;
  } else if (now_ns - watched_ns_ >= store_stands_ns) {
    begin(transfer_ == Transfer::cell_to_store ? Transfer::store_to_cell : Transfer::cell_to_store);
  }
}

void Balancer::begin(Transfer transfer) {
  if (transfer != transfer_) is_watching_ = false;
  transfer_ = transfer;
}

BalanceCommand Balancer::command() const {
  const std::size_t cell = transfer_ == Transfer::cell_to_store ? highest_cell_ : lowest_cell_;
  return {is_running_, transfer_, cell};
}

}  // namespace jk::core
