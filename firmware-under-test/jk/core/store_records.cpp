// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/store_records.hpp"

#include <algorithm>

#include "firmware-under-test/jk/core/bytes.hpp"
#include "firmware-under-test/jk/core/settings_table.hpp"

namespace jk::core {
namespace {

constexpr std::size_t id_bytes = 2;

// FNV-1a, 32 bits folded to 16.
constexpr std::uint16_t id_of(std::string_view name) {
  std::uint32_t hash = 2'166'136'261u;
  for (const char character : name) hash = (hash ^ static_cast<std::uint8_t>(character)) * 16'777'619u;
  return static_cast<std::uint16_t>(hash ^ hash >> 16);
}

constexpr std::array<std::uint16_t, setting_count> ids = [] {
  std::array<std::uint16_t, setting_count> table{};
  for (std::size_t i = 0; i < setting_count; ++i) table[i] = id_of(setting_table[i].name);
  return table;
}();

consteval bool ids_differ() {
  auto sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  return std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
}
static_assert(ids_differ(), "two settings share an id in the store: give the new one another name");

constexpr std::uint32_t zigzag(std::int32_t value) {
  return static_cast<std::uint32_t>(value) << 1 ^ static_cast<std::uint32_t>(value >> 31);
}
constexpr std::int32_t unzigzag(std::uint32_t code) { return static_cast<std::int32_t>(code >> 1 ^ (0 - (code & 1))); }

constexpr std::size_t bytes_of(std::int32_t value) {
  std::size_t bytes = 1;
  for (std::uint32_t code = zigzag(value); code >= 0x80; code >>= 7) ++bytes;
  return bytes;
}

consteval std::size_t longest_settings() {
  std::size_t bytes = 0;
  for (const SettingInfo& row : setting_table) bytes += id_bytes + std::max(bytes_of(row.min), bytes_of(row.max));
  return bytes;
}
static_assert(longest_settings() <= info(Kind::settings).longest);
static_assert(static_cast<std::size_t>(Text::device_name) == 3 && static_cast<std::size_t>(Text::user_data_2) == 9,
              "these numbers stand in the flash of boards");
static_assert((static_cast<std::size_t>(Text::count) - 3) * (2 + longest_text) <= info(Kind::texts).longest);
static_assert(EventLog::kept == info(Kind::event).kept);
static_assert(sizeof(Trips) <= 4 && protection_count < 32);

void add(Payload& payload, std::uint8_t byte) { payload.bytes[payload.size++] = byte; }

void add32(Payload& payload, std::uint32_t value) {
  put_le32(&payload.bytes[payload.size], value);
  payload.size += 4;
}

void add64(Payload& payload, std::int64_t value) {
  add32(payload, static_cast<std::uint32_t>(value));
  add32(payload, static_cast<std::uint32_t>(value >> 32));
}

void add_number(Payload& payload, std::int32_t value) {
  std::uint32_t code = zigzag(value);
  for (; code >= 0x80; code >>= 7) add(payload, static_cast<std::uint8_t>(code | 0x80));
  add(payload, static_cast<std::uint8_t>(code));
}

// Takes a number off the front of `bytes`.
std::optional<std::int32_t> take_number(std::span<const std::uint8_t>& bytes) {
  std::uint32_t code = 0;
  for (unsigned shift = 0; shift < 35 && !bytes.empty(); shift += 7) {
    const std::uint8_t byte = bytes.front();
    bytes = bytes.subspan(1);
    code |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return unzigzag(code);
  }
  return std::nullopt;
}

constexpr std::size_t counters_bytes = 4 * 8 + 6 * 4;

}  // namespace

// ---- settings

void encode(const Settings& settings, Payload& payload) {
  payload.size = 0;
  for (std::size_t i = 0; i < setting_count; ++i) {
    put_le16(&payload.bytes[payload.size], ids[i]);
    payload.size += id_bytes;
    add_number(payload, settings[static_cast<Setting>(i)]);
  }
}

std::optional<Settings> decode_settings(std::span<const std::uint8_t> payload, const Settings& base) {
  Settings settings = base;
  while (payload.size() > id_bytes) {
    const auto* const id = std::find(ids.begin(), ids.end(), le16(payload.data()));
    payload = payload.subspan(id_bytes);
    const std::optional<std::int32_t> value = take_number(payload);
    if (!value) return std::nullopt;
    if (id != ids.end()) settings.set(static_cast<Setting>(id - ids.begin()), *value);
  }
  return payload.empty() && contradiction(settings) == nullptr ? std::optional(settings) : std::nullopt;
}

// ---- texts

bool Texts::takes(Text text, std::string_view value) {
  const auto number = static_cast<std::size_t>(text);
  return number >= first && number < first + count && value.size() <= longest_text;
}

bool Texts::set(Text text, std::string_view value) {
  if (!takes(text, value)) return false;
  Entry& entry = entries_[static_cast<std::size_t>(text) - first];
  entry = {};
  std::copy(value.begin(), value.end(), entry.characters.begin());
  entry.length = static_cast<std::uint8_t>(value.size());
  return true;
}

std::string_view Texts::operator[](Text text) const {
  const auto number = static_cast<std::size_t>(text);
  if (number < first || number >= first + count) return {};
  const Entry& entry = entries_[number - first];
  return {entry.characters.data(), entry.length};
}

void encode(const Texts& texts, Payload& payload) {
  payload.size = 0;
  for (std::size_t number = Texts::first; number < Texts::first + Texts::count; ++number) {
    const std::string_view value = texts[static_cast<Text>(number)];
    add(payload, static_cast<std::uint8_t>(number));
    add(payload, static_cast<std::uint8_t>(value.size()));
    for (const char character : value) add(payload, static_cast<std::uint8_t>(character));
  }
}

std::optional<Texts> decode_texts(std::span<const std::uint8_t> payload, const Texts& base) {
  Texts texts = base;
  while (payload.size() >= 2) {
    const auto text = static_cast<Text>(payload[0]);
    const std::size_t length = payload[1];
    payload = payload.subspan(2);
    if (length > payload.size()) return std::nullopt;
    std::array<char, longest_text + 1> characters{};  // one more, so that what is too long stays too long
    const std::size_t count = std::min(length, characters.size());
    std::copy_n(payload.begin(), count, characters.begin());
    texts.set(text, {characters.data(), count});
    payload = payload.subspan(length);
  }
  return payload.empty() ? std::optional(texts) : std::nullopt;
}

// ---- counters

void encode(const Counters& counters, Payload& payload) {
  payload.size = 0;
  for (const std::int64_t value :
       {counters.charge_mAus, counters.capacity_mAus, counters.discharged_mAh, counters.throughput_mAh})
    add64(payload, value);
  for (const std::uint32_t value : {counters.cycles, counters.run_time_s, counters.power_ons, counters.events,
                                    counters.clock_s, counters.design_mAh})
    add32(payload, value);
}

std::optional<Counters> decode_counters(std::span<const std::uint8_t> payload) {
  std::array<std::uint8_t, counters_bytes> bytes{};
  if (payload.empty()) return std::nullopt;
  std::copy_n(payload.begin(), std::min(payload.size(), bytes.size()), bytes.begin());
  Counters counters;
  const std::uint8_t* at = bytes.data();
  for (std::int64_t* const field :
       {&counters.charge_mAus, &counters.capacity_mAus, &counters.discharged_mAh, &counters.throughput_mAh}) {
    *field = static_cast<std::int64_t>(le32(at) | static_cast<std::uint64_t>(le32(at + 4)) << 32);
    if (*field < 0) return std::nullopt;
    at += 8;
  }
  for (std::uint32_t* const field : {&counters.cycles, &counters.run_time_s, &counters.power_ons, &counters.events,
                                     &counters.clock_s, &counters.design_mAh}) {
    *field = le32(at);
    at += 4;
  }
  if (counters.design_mAh > static_cast<std::uint32_t>(info(Setting::capacity).max)) return std::nullopt;
  return counters;
}

// ---- trips and events

void encode_trips(Trips trips, Payload& payload) {
  payload.size = 0;
  add(payload, static_cast<std::uint8_t>(protection_count));
  add32(payload, trips);
}

std::optional<Trips> decode_trips(std::span<const std::uint8_t> payload) {
  if (payload.size() != 5 || payload[0] != protection_count) return std::nullopt;
  const std::uint32_t trips = le32(&payload[1]);
  return trips >> protection_count == 0 ? std::optional(static_cast<Trips>(trips)) : std::nullopt;
}

void encode(const NumberedEntry& event, Payload& payload) {
  payload.size = 0;
  add32(payload, event.number);
  add32(payload, event.entry.at_s);
  add(payload, event.entry.what);
  add(payload, event.entry.detail);
}

std::optional<NumberedEntry> decode_event(std::span<const std::uint8_t> payload) {
  if (payload.size() < 10) return std::nullopt;
  return NumberedEntry{le32(&payload[0]), {le32(&payload[4]), payload[8], payload[9]}};
}

}  // namespace jk::core
