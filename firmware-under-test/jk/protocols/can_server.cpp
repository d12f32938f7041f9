// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/can_server.hpp"

#include <algorithm>

#include "firmware-under-test/jk/protocols/can_jk.hpp"

namespace jk::protocols {
namespace {

constexpr std::uint64_t can_ms_ns = 1'000'000;
constexpr std::uint64_t idle_ns = 1000 * can_ms_ns;
constexpr std::uint64_t full_charge_after_ns = 30ull * 24 * 3600 * 1'000'000'000;
constexpr std::int32_t full_charge_soc = 97;

constexpr std::uint32_t highest_standard_id = 0x7FF;

constexpr CanSet no_set{};

const CanSet& set_of(std::int32_t protocol) {
  switch (static_cast<CanProtocol>(protocol)) {
    case CanProtocol::jk_v2_250k:
      return can_jk_v2_250k;
    case CanProtocol::pylontech:
      return can_pylontech;
    case CanProtocol::victron:
      return can_victron;
    case CanProtocol::jk_v2_500k:
      return can_jk_v2_500k;
    case CanProtocol::sma:
      return can_sma;
    case CanProtocol::jk_v1:
      return can_jk_v1;
  }
  return no_set;
}

/// JK V2 adds the device address to every id. The one place that says so.
std::uint32_t id_offset(const core::Settings& settings) {
  return static_cast<std::uint32_t>(settings[core::Setting::device_address]);
}

bool with_hysteresis(bool was, std::int32_t value, std::int32_t on_at, std::int32_t off_above) {
  return value <= on_at || (was && value <= off_above);
}

}  // namespace

const CanSet& CanServer::set() const { return set_of(device_.settings()[core::Setting::can_protocol]); }

std::uint32_t CanServer::bit_rate() const { return set().bit_rate; }

void CanServer::start(const CanSet& set, std::uint64_t now_ns) {
  set_ = &set;
  for (std::size_t i = 0; i < set.rows.size(); ++i) row_due_ns_[i] = now_ns + i * set.spacing_ms * can_ms_ns;
  full_ns_ = now_ns;
  alarms_ = 0;
  requests_ = {};
  find_due(now_ns);
}

void CanServer::find_due(std::uint64_t now_ns) {
  due_ns_ = now_ns + idle_ns;  // no row's period is longer
  for (std::size_t i = 0; i < set_->rows.size(); ++i) due_ns_ = std::min(due_ns_, row_due_ns_[i]);
}

void CanServer::note(const core::Status& status, std::uint64_t now_ns) {
  if (set_->is_jk && (status.alarms & ~alarms_) != 0) row_due_ns_[alarm_row] = now_ns;
  alarms_ = status.alarms;
  if (status.diagnosis == core::Diagnosis::initialising) return;  // the SOC is not known yet
  requests_.is_forced = with_hysteresis(requests_.is_forced, status.soc_percent, 15, 19);
  requests_.is_forced_2 = with_hysteresis(requests_.is_forced_2, status.soc_percent, 9, 13);
  if (status.soc_percent > full_charge_soc) full_ns_ = now_ns;
  requests_.is_full_charge = now_ns - full_ns_ >= full_charge_after_ns;
}

bool CanServer::next(std::uint64_t now_ns, CanFrame& frame) {
  if (const CanSet& wanted = set(); set_ != &wanted) start(wanted, now_ns);
  if (now_ns < due_ns_) return false;
  const core::Status& status = device_.status();
  note(status, now_ns);
  const core::Settings& settings = device_.settings();
  const CanView view{device_, status, settings, requests_, now_ns < charger_until_ns_};
  for (std::size_t i = 0; i < set_->rows.size(); ++i) {
    if (now_ns < row_due_ns_[i]) continue;
    const CanRow& row = set_->rows[i];
    row_due_ns_[i] += row.period_ms * can_ms_ns;
    if (row_due_ns_[i] <= now_ns) row_due_ns_[i] = now_ns + row.period_ms * can_ms_ns;
    if (status.is_asleep || !row.make(view, frame)) continue;
    if (set_->has_controls) frame.id += id_offset(settings);
    if (frame.is_extended || frame.id <= highest_standard_id)
      return true;  // 7F4 at addresses above 11: there is no such id
  }
  find_due(now_ns);
  return false;
}

void CanServer::take(const CanFrame& frame, std::uint64_t now_ns) {
  if (!frame.is_extended || !set().has_controls) return;
  if (frame.id == can_jk::charger_id) charger_until_ns_ = now_ns + charger_stays_ns;
  if (frame.id == can_jk::control_id + id_offset(device_.settings())) control(frame);
}

void CanServer::control(const CanFrame& frame) {
  constexpr core::Setting switches[] = {core::Setting::charge_enabled, core::Setting::discharge_enabled,
                                        core::Setting::balance_enabled};
  if (frame.length < 1 + std::size(switches)) return;
  std::array<core::SettingChange, std::size(switches)> changes{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < std::size(switches); ++i) {
    if ((frame.data[0] >> i & 1) != 0) changes[count++] = {switches[i], frame.data[1 + i]};
  }
  if (count > 0) (void)device_.change({changes.data(), count});
}

}  // namespace jk::protocols
