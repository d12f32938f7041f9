// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "board.h"
#include "firmware-under-test/jk/core/protection.hpp"

namespace jk::app {

/// Trips that survive the controller (docs/adr/0008-a-reset-forgets-no-trip.md). The record lies at offset 0 of the
/// board's non-volatile bytes. A NULL nv_read or nv_write is a board without such bytes.
class Retention {
 public:
  explicit Retention(const board_host& host) : host_(host) {}

  /// The trips to start with after `start_cause`. A short circuit is presumed where it cannot be excluded: after a
  /// brown-out, since what pulls the supply under its limit is a short, and does it before its delay ends; and when the
  /// record is damaged, or absent after anything but power-on.
  [[nodiscard]] core::Trips trips_at_start(std::uint32_t start_cause);
  /// Writes when the record holds anything else. A failed write is tried again at the next call.
  void keep(core::Trips trips);

 private:
  [[nodiscard]] bool has_bytes() const { return host_.nv_read != nullptr && host_.nv_write != nullptr; }
  [[nodiscard]] std::optional<core::Trips> read() const;

  const board_host& host_;
  std::optional<core::Trips> written_;
};

}  // namespace jk::app
