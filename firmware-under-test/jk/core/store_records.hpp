// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "firmware-under-test/jk/core/device.hpp"
#include "firmware-under-test/jk/core/event_log.hpp"
#include "firmware-under-test/jk/core/protection.hpp"
#include "firmware-under-test/jk/core/settings.hpp"
#include "firmware-under-test/jk/core/store.hpp"

namespace jk::core {

/// The payload of a record; encode() gives at most what its kind allows, decode() bears any bytes.
struct Payload {
  std::array<std::uint8_t, Store::longest_payload> bytes;
  std::size_t size = 0;
  [[nodiscard]] std::span<const std::uint8_t> span() const { return std::span(bytes).first(size); }
};

/// All settings: {id 2, value 1 ... 5} each. The id is made from the setting's name, so the table may grow and change
/// its order; a renamed setting is a new one. The value is a zigzag number in groups of 7 bits.
void encode(const Settings& settings, Payload& payload);
/// `base` with the values of the record. What the record does not name, or names outside today's range, stays as in
/// `base`; ids of settings that are gone are passed over. nullopt: no such record, or its settings contradict.
[[nodiscard]] std::optional<Settings> decode_settings(std::span<const std::uint8_t> payload, const Settings& base);

/// The texts that a client can write, from device_name on; up to longest_text characters each.
class Texts {
 public:
  /// False: too long, or a text that nobody writes.
  [[nodiscard]] static bool takes(Text text, std::string_view value);
  /// False and unchanged: not taken.
  bool set(Text text, std::string_view value);
  [[nodiscard]] std::string_view operator[](Text text) const;  // empty for a text that nobody writes
  bool operator==(const Texts&) const = default;

  static constexpr auto first = static_cast<std::size_t>(Text::device_name);
  static constexpr std::size_t count = static_cast<std::size_t>(Text::count) - first;

 private:
  struct Entry {
    std::array<char, longest_text> characters{};
    std::uint8_t length = 0;
    bool operator==(const Entry&) const = default;
  };
  std::array<Entry, count> entries_{};
};
/// {number of the Text 1, length 1, characters} each.
void encode(const Texts& texts, Payload& payload);
[[nodiscard]] std::optional<Texts> decode_texts(std::span<const std::uint8_t> payload, const Texts& base);

/// What is counted for life, and the charge. In the record in this order, low byte first; a later firmware appends, and
/// what an older record lacks is 0.
struct Counters {
  std::int64_t charge_mAus = 0;     // in the pack
  std::int64_t capacity_mAus = 0;   // learned; 0 = not yet
  std::int64_t discharged_mAh = 0;  // in all
  std::int64_t throughput_mAh = 0;  // charged and discharged
  std::uint32_t cycles = 0;
  std::uint32_t run_time_s = 0;
  std::uint32_t power_ons = 0;
  std::uint32_t events = 0;      // ever logged
  std::uint32_t clock_s = 0;     // since 2020-01-01
  std::uint32_t design_mAh = 0;  // that the charge was counted against; 0 = not known
  bool operator==(const Counters&) const = default;
};
void encode(const Counters& counters, Payload& payload);
[[nodiscard]] std::optional<Counters> decode_counters(std::span<const std::uint8_t> payload);

/// Trips to resume: {number of protections 1, trips 4}. nullopt: damaged, or of a firmware with another table; what is
/// not known counts as a short circuit (docs/adr/0008-a-reset-forgets-no-trip.md).
void encode_trips(Trips trips, Payload& payload);
[[nodiscard]] std::optional<Trips> decode_trips(std::span<const std::uint8_t> payload);

/// An entry of the event log, and which one it is, counted from 1: {number 4, run time 4, what 1, detail 1}.
struct NumberedEntry {
  std::uint32_t number = 0;
  LogEntry entry;
  bool operator==(const NumberedEntry&) const = default;
};
void encode(const NumberedEntry& event, Payload& payload);
[[nodiscard]] std::optional<NumberedEntry> decode_event(std::span<const std::uint8_t> payload);

}  // namespace jk::core
