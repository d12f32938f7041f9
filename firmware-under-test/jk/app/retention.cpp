// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/retention.hpp"

#include "firmware-under-test/jk/core/trip_record.hpp"

namespace jk::app {
namespace {

constexpr std::uint32_t record_offset = 0;

}  // namespace

std::optional<core::Trips> Retention::read() const {
  core::TripRecord record{};
  if (!has_bytes() || host_.nv_read(host_.ctx, record_offset, record.data(), record.size()) < 0) return std::nullopt;
  return core::decode_trips(record);
}

core::Trips Retention::trips_at_start(std::uint32_t start_cause) {
  written_ = read();
  const bool is_first_start = !has_bytes() && start_cause == BOARD_RESET_POWER_ON;
  const bool is_known = written_.has_value() || is_first_start;
  const core::Trips presumed = core::trip_bit(core::ProtectionId::scp);
  return static_cast<core::Trips>(written_.value_or(0) |
                                  (start_cause == BOARD_RESET_BROWN_OUT || !is_known ? presumed : 0));
}

void Retention::keep(core::Trips trips) {
  if (written_ == trips || !has_bytes()) return;
  const core::TripRecord record = core::encode_trips(trips);
  if (host_.nv_write(host_.ctx, record_offset, record.data(), record.size()) >= 0) written_ = trips;
}

}  // namespace jk::app
