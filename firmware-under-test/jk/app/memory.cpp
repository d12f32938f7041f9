// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/memory.hpp"

#include <algorithm>

namespace jk::app {
namespace {

using core::Kind;
using core::Store;

constexpr std::uint32_t counters_period_ticks = 37'500;  // 10 minutes
constexpr std::uint32_t retry_ticks = 64;                // 1 s

}  // namespace

HostFlash::HostFlash(const board_host& host) : host_(host) {
  const bool has_flash = host.struct_size >= offsetof(board_host, nv_erase) + sizeof host.nv_erase &&
                         host.nv_geometry != nullptr && host.nv_erase != nullptr && host.nv_read != nullptr &&
                         host.nv_write != nullptr;
  if (!has_flash || host.nv_geometry(host.ctx, &geometry_.sector_bytes, &geometry_.sectors) < 0) geometry_ = {};
}

void HostFlash::read(std::uint32_t sector, std::uint32_t offset, std::span<std::uint8_t> into) const {
  if (host_.nv_read(host_.ctx, sector * geometry_.sector_bytes + offset, into.data(), into.size()) < 0)
    std::fill(into.begin(), into.end(), std::uint8_t{0});
}

void HostFlash::write(std::uint32_t sector, std::uint32_t offset, std::span<const std::uint8_t> bytes) {
  host_.nv_write(host_.ctx, sector * geometry_.sector_bytes + offset, bytes.data(), bytes.size());
}

void HostFlash::erase(std::uint32_t sector) { host_.nv_erase(host_.ctx, sector); }

core::Trips Memory::trips_at_start(Store::Found found, std::uint32_t start_cause) {
  const core::Trips presumed = core::trip_bit(core::ProtectionId::scp);
  const bool is_brown_out = start_cause == BOARD_RESET_BROWN_OUT;
  if (found == Store::Found::unusable) return start_cause == BOARD_RESET_POWER_ON ? core::Trips{0} : presumed;
  if (found == Store::Found::damaged) return presumed;
  const std::size_t size = store_.read(Kind::trips, payload_.bytes);
  const auto trips = core::decode_trips(std::span(payload_.bytes).first(size));
  kept_trips_ = trips.value_or(0);
  const bool is_unknown = (size > 0 && !trips) || store_.is_uncertain(Kind::trips) || is_brown_out;
  return trips.value_or(0) | (is_unknown ? presumed : core::Trips{0});
}

Remembered Memory::open(const Bms& bms, std::uint32_t start_cause) {
  const Store::Found found = store_.open();
  const auto record = [&](Kind kind) {
    return std::span<const std::uint8_t>(payload_.bytes).first(store_.read(kind, payload_.bytes));
  };
  Remembered out;
  out.trips = trips_at_start(found, start_cause);
  out.settings = core::decode_settings(record(Kind::settings), bms.settings());
  out.texts = core::decode_texts(record(Kind::texts), bms.texts());
  out.counters = core::decode_counters(record(Kind::counters));
  events_kept_ = out.counters ? out.counters->events : 0;
  if (out.trips != kept_trips_) pending_ |= changed_trips;
  return out;
}

void Memory::put_events(const core::EventLog& log) {
  const std::uint32_t fresh = std::min(log.count() - events_kept_, static_cast<std::uint32_t>(log.size()));
  for (std::uint32_t back = fresh; back-- > 0;) {
    core::encode(core::NumberedEntry{log.count() - back, log.newest(back)}, payload_);
    if (store_.put(Kind::event, payload_.span()) != Store::Put::accepted) break;
  }
  events_kept_ = log.count();
}

void Memory::put(Bms& bms) {
  const auto keeps = [&](Changed what, Kind kind, const auto& encoded) {
    if ((pending_ & what) == 0) return;
    encoded();
    if (store_.put(kind, payload_.span()) == Store::Put::accepted) pending_ &= ~static_cast<std::uint32_t>(what);
  };
  keeps(changed_trips, Kind::trips, [&] { core::encode_trips(bms.trips_to_keep(), payload_); });
  keeps(changed_settings, Kind::settings, [&] { core::encode(bms.settings(), payload_); });
  keeps(changed_texts, Kind::texts, [&] { core::encode(bms.texts(), payload_); });
  keeps(changed_counters, Kind::counters, [&] { core::encode(bms.counters(), payload_); });
  if (events_kept_ != bms.log().count()) put_events(bms.log());
}

/// Trips are written at once, and tried again each tick when that failed; the rest goes a piece a tick, and what found
/// no room is tried again a second later.
void Memory::keep(Bms& bms, bool is_tick) {
  const std::uint32_t news = bms.take_changes();
  pending_ |= news;
  if (is_tick && ++ticks_ % counters_period_ticks == 0) pending_ |= changed_counters;
  if (is_tick && bms.may_erase() && store_.wants_erase()) store_.erase();
  if (!store_.is_ready()) return;
  const std::uint16_t lost = store_.report().lost;
  const bool is_urgent = ((pending_ | news) & changed_trips) != 0;
  const bool tries_again = is_tick && pending_ != 0 && (is_urgent || ticks_ % retry_ticks == 0);
  if (news != 0 || tries_again) {
    put(bms);
  } else if (is_tick && store_.is_busy()) {
    store_.work();
  }
  if (!is_urgent) return;
  store_.flush();
  if (store_.report().lost != lost) pending_ |= changed_trips;
}

void Memory::forget(const Bms& bms) {
  core::encode(bms.factory_settings(), payload_);
  store_.put(Kind::settings, payload_.span());
  core::encode(bms.factory_texts(), payload_);
  store_.put(Kind::texts, payload_.span());
}

void Memory::flush() { store_.flush(); }

}  // namespace jk::app
