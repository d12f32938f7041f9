// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "board.h"
#include "firmware-under-test/jk/app/bms.hpp"
#include "firmware-under-test/jk/core/store.hpp"
#include "firmware-under-test/jk/core/store_records.hpp"

namespace jk::app {

/// Flash of the board. A board without nv_geometry has none.
// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): nothing can derive from it
class HostFlash final : public core::Flash {
 public:
  explicit HostFlash(const board_host& host);
  [[nodiscard]] Geometry geometry() const override { return geometry_; }
  void read(std::uint32_t sector, std::uint32_t offset, std::span<std::uint8_t> into) const override;
  void write(std::uint32_t sector, std::uint32_t offset, std::span<const std::uint8_t> bytes) override;
  void erase(std::uint32_t sector) override;

 private:
  const board_host& host_;
  Geometry geometry_;
};

/// What outlives the controller: settings, texts, counters, trips, events (docs/adr/0008-a-reset-forgets-no-trip.md,
/// 0010). Trips are written in the step in which they change, after the gates; everything else a record at a time and a
/// piece a tick, since the processor stands still while flash is written. Counters are written every 10 minutes and
/// when something of weight has changed. What finds no room is tried again each second.
class Memory final : public Keeper {  // NOLINT(cppcoreguidelines-virtual-class-destructor): final
 public:
  explicit Memory(const board_host& host) : flash_(host), store_(flash_) {}

  /// What to start with after `start_cause`. A short circuit is presumed where it cannot be excluded: after a
  /// brown-out, since what pulls the supply under its limit is a short, and does it before its delay ends; and when the
  /// record of the trips is damaged, or a board that keeps nothing starts by anything but power-on.
  [[nodiscard]] Remembered open(const Bms& bms, std::uint32_t start_cause);
  /// Each step; `is_tick`: once a tick the next piece is written.
  void keep(Bms& bms, bool is_tick) {
    if (is_tick) ++ticks_;
    if (!bms.has_changes() && !(is_tick && has_work(bms))) return;
    work(bms, is_tick);
    is_idle_ = pending_ == 0 && store_.is_ready() && !store_.is_busy();
  }
  /// Before a reset: all that keep() has not come to yet, now, if need be after an erasure. Only while nothing can
  /// flow. `forgets`: factory settings and texts from the next start on; counters stay.
  void finish(const Bms& bms, bool forgets);

  /// A board without flash has nothing to keep it in, and takes everything.
  [[nodiscard]] bool takes_write() const override {
    return !has_flash_ || store_.fits(core::Kind::settings, bytes_of_writes);
  }
  [[nodiscard]] bool can_make_room() const override { return store_.wants_erase(); }

  [[nodiscard]] const core::Store& store() const { return store_; }

 private:
  // Settings and texts, and trips that come before them.
  static constexpr std::uint32_t bytes_of_writes = core::Store::size_of(core::info(core::Kind::settings).longest) +
                                                   core::Store::size_of(core::info(core::Kind::texts).longest) +
                                                   8 * core::Store::size_of(core::info(core::Kind::trips).longest);
  static constexpr std::uint32_t new_events = 16;  // beside the bits of Changed
  static constexpr std::uint32_t look_ticks = 64;  // 1 s: counters, erasure, what found no room
  [[nodiscard]] bool has_work(const Bms& bms) const {
    return !is_idle_ || events_kept_ != bms.log().count() || ticks_ % look_ticks == 0;
  }
  void work(Bms& bms, bool is_tick);
  void forget(const Bms& bms);

  [[nodiscard]] core::Trips trips_at_start(core::Store::Found found, std::uint32_t start_cause);
  [[nodiscard]] core::EventLog events() const;
  [[nodiscard]] bool wants(std::uint32_t what) const { return (pending_ & ~refused_ & what) != 0; }
  bool put(std::uint32_t what, core::Kind kind);
  void put_trips(const Bms& bms);
  [[nodiscard]] bool needs_open_gates(const Bms& bms) const;
  void notice_loss();  // of the record that was written last: the trips are told again
  void note_counters();
  void note_events(const Bms& bms);
  bool put_next(const Bms& bms);  // false: nothing is left to do

  HostFlash flash_;
  core::Store store_;
  core::Payload payload_;
  std::uint32_t pending_ = 0;   // bits of Changed, new_events
  std::uint32_t refused_ = 0;   // of these, for want of room
  core::Trips kept_trips_ = 0;  // by the newest record
  std::uint32_t events_kept_ = 0;
  std::uint32_t ticks_ = 0;
  std::uint16_t lost_ = 0;
  std::uint32_t under_way_ = 0;  // of these, what was written last
  bool has_flash_ = false;
  bool is_idle_ = false;  // nothing waits, and nothing is half written
};

}  // namespace jk::app
