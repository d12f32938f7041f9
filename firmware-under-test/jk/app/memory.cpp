// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/memory.hpp"

#include <algorithm>

namespace jk::app {
namespace {

using core::Kind;
using core::Store;

constexpr std::uint32_t counters_period_ticks = 37'504;  // 10 minutes, a multiple of look_ticks
constexpr std::uint32_t sparing_periods = 6;  // of these, one each while there is no erased sector in reserve

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
  has_flash_ = found != Store::Found::unusable;
  const auto record = [&](Kind kind) {
    return std::span<const std::uint8_t>(payload_.bytes).first(store_.read(kind, payload_.bytes));
  };
  Remembered out;
  out.trips = trips_at_start(found, start_cause);
  out.settings = core::decode_settings(record(Kind::settings), bms.settings());
  out.texts = core::decode_texts(record(Kind::texts), bms.texts());
  out.counters = core::decode_counters(record(Kind::counters));
  out.log = events();
  events_kept_ = out.log.count();
  if (out.counters && out.counters->events > events_kept_) out.log.resume(events_kept_ = out.counters->events);
  if (out.trips != kept_trips_) pending_ |= changed_trips;
  return out;
}

core::EventLog Memory::events() const {
  core::EventLog log;
  std::array<std::uint8_t, core::info(Kind::event).longest> bytes;
  for (std::size_t age = store_.events(); age-- > 0;) {
    const auto event = core::decode_event(std::span(bytes).first(store_.read_event(age, bytes)));
    if (event) log.recall(event->number, event->entry);
  }
  return log;
}

/// What `payload_` holds.
bool Memory::put(std::uint32_t what, Kind kind) {
  if (store_.room(kind) < payload_.size) {  // a compaction has to come first, in pieces like everything else
    store_.compact();
    if (store_.is_busy()) return false;
  }
  const bool is_accepted = store_.put(kind, payload_.span()) == Store::Put::accepted;
  if (is_accepted) {
    pending_ &= ~what;
    under_way_ = what;
  } else {
    refused_ |= what;
  }
  return is_accepted;
}

/// At once where nothing can flow. Otherwise the processor must not stand still for longer than a piece takes, or a
/// short circuit would wait for it.
void Memory::put_trips(const Bms& bms) {
  if (!wants(changed_trips)) return;
  if (bms.may_erase()) store_.flush();
  if (store_.is_busy()) return;
  const core::Trips trips = bms.trips_to_keep();
  core::encode_trips(trips, payload_);
  const bool is_accepted = put(changed_trips, Kind::trips);
  if (is_accepted) kept_trips_ = trips;
  if (!is_accepted && !store_.is_busy()) return;
  if (bms.may_erase()) store_.flush();
  notice_loss();
}

/// A trip of a gate that the flash does not know yet. That one has ended, or one of the balancer's, can wait.
bool Memory::needs_open_gates(const Bms& bms) const {
  const bool is_new = (bms.trips_to_keep() & core::gate_trips & ~kept_trips_) != 0;
  return (refused_ & changed_trips) != 0 && is_new && can_make_room();
}

void Memory::notice_loss() {
  if (store_.report().lost == lost_) return;
  lost_ = store_.report().lost;
  kept_trips_ = 0;
  const std::uint32_t again = changed_trips | (under_way_ & ~new_events);
  pending_ |= again;
  refused_ |= again;
}

bool Memory::put_next(const Bms& bms) {
  if (wants(changed_settings)) {
    core::encode(bms.settings(), payload_);
    put(changed_settings, Kind::settings);
  } else if (wants(changed_texts)) {
    core::encode(bms.texts(), payload_);
    put(changed_texts, Kind::texts);
  } else if (wants(new_events)) {
    const core::EventLog& log = bms.log();
    const auto back = std::min(log.count() - events_kept_, static_cast<std::uint32_t>(log.size())) - 1;
    core::encode(core::NumberedEntry{log.count() - back, log.newest(back)}, payload_);
    if (put(new_events, Kind::event)) events_kept_ = log.count() - back;
  } else if (wants(changed_counters) && bms.is_charge_known()) {
    core::encode(bms.counters(), payload_);
    put(changed_counters, Kind::counters);
  } else {
    return false;
  }
  return true;
}

void Memory::note_counters() {
  const bool is_sparing = store_.wants_erase() && ticks_ % (sparing_periods * counters_period_ticks) != 0;
  if (!is_sparing) pending_ |= changed_counters;
}

void Memory::note_events(const Bms& bms) {
  if (events_kept_ != bms.log().count()) pending_ |= new_events;
}

void Memory::work(Bms& bms, bool is_tick) {
  const std::uint32_t news = bms.take_changes();
  pending_ |= news;
  refused_ &= ~news;
  if (is_tick) {
    if (ticks_ % counters_period_ticks == 0) note_counters();
    const bool is_erased = bms.may_erase() && store_.wants_erase() && store_.erase();
    if (is_erased || ticks_ % look_ticks == 0) refused_ = 0;
  }
  if (bms.is_room_awaited() && (takes_write() || !can_make_room())) bms.room_is_made();
  if (!store_.is_ready()) return;
  put_trips(bms);
  if (needs_open_gates(bms)) bms.await_room();
  if (!is_tick || bms.is_short_pending()) return;
  note_events(bms);
  if ((pending_ & ~refused_) != 0 && !store_.is_busy()) put_next(bms);
  store_.work();
  notice_loss();
}

void Memory::forget(const Bms& bms) {
  core::encode(bms.factory_settings(), payload_);
  store_.put(Kind::settings, payload_.span());
  core::encode(bms.factory_texts(), payload_);
  store_.put(Kind::texts, payload_.span());
  pending_ &= ~(changed_settings | changed_texts);
}

void Memory::finish(const Bms& bms, bool forgets) {
  if (store_.wants_erase() && store_.erase()) refused_ = 0;
  if (forgets) forget(bms);
  note_events(bms);
  while (store_.is_ready() && put_next(bms)) store_.flush();
  store_.flush();
}

}  // namespace jk::app
