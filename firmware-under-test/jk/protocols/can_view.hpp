// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

#include "firmware-under-test/jk/core/device.hpp"
#include "firmware-under-test/jk/protocols/can_frame.hpp"

namespace jk::protocols {

/// What a board asks of an inverter beyond limits, and remembers to do so.
struct ChargeRequests {
  bool is_forced = false, is_forced_2 = false;  // 35C bits 5 and 4
  bool is_full_charge = false;                  // 35C bit 3
};

/// What frames are made of.
struct CanView {
  const core::Device& device;
  const core::Status& status;
  const core::Settings& settings;
  ChargeRequests requests;
  bool is_charger_heard = false;
};

/// One frame of a set: every `period_ms`, if `make` has something to say then.
struct CanRow {
  std::uint16_t period_ms;
  bool (*make)(const CanView& view, CanFrame& frame);
};

/// The frames of one protocol number. The first of each follow one another at `spacing_ms`.
struct CanSet {
  std::uint32_t bit_rate = 0;  // bit/s; 0 = sends nothing
  std::uint16_t spacing_ms = 0;
  bool is_jk = false;         // alarms are told at once: the row of 7F4 is alarm_row
  bool has_controls = false;  // JK V2: ids carry the device address, controls are heard
  std::span<const CanRow> rows;
};

inline constexpr std::size_t can_rows = 24;  // at most, in a set
inline constexpr std::size_t alarm_row = 3;

extern const CanSet can_jk_v1, can_jk_v2_250k, can_jk_v2_500k, can_pylontech, can_victron, can_sma;

}  // namespace jk::protocols
