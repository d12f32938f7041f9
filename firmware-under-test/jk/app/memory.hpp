// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "board.h"
#include "firmware-under-test/jk/app/bms.hpp"
#include "firmware-under-test/jk/core/store.hpp"
#include "firmware-under-test/jk/core/store_records.hpp"

namespace jk::app {

/// Flash of the board. A board without nv_geometry has none.
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
/// 0010). Counters are written every 10 minutes and when something of weight has changed.
class Memory {
 public:
  explicit Memory(const board_host& host) : flash_(host), store_(flash_) {}

  /// What to start with after `start_cause`. A short circuit is presumed where it cannot be excluded: after a
  /// brown-out, since what pulls the supply under its limit is a short, and does it before its delay ends; and when the
  /// record of the trips is damaged, or a board that keeps nothing starts by anything but power-on.
  [[nodiscard]] Remembered open(const Bms& bms, std::uint32_t start_cause);
  /// Each step; `is_tick`: once a tick the next piece is written.
  void keep(Bms& bms, bool is_tick);
  /// Factory settings and texts from the next start on. Counters stay.
  void forget(const Bms& bms);
  /// Everything now.
  void flush();

  [[nodiscard]] const core::Store& store() const { return store_; }

 private:
  [[nodiscard]] core::Trips trips_at_start(core::Store::Found found, std::uint32_t start_cause);
  void put(Bms& bms);
  void put_events(const core::EventLog& log);

  HostFlash flash_;
  core::Store store_;
  core::Payload payload_;
  std::uint32_t pending_ = 0;   // Changed bits that have not found room yet
  core::Trips kept_trips_ = 0;  // by the newest record at the start
  std::uint32_t events_kept_ = 0;
  std::uint32_t ticks_ = 0;
};

}  // namespace jk::app
