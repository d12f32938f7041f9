// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/store_records.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

#include "firmware-under-test/jk/core/settings_table.hpp"

namespace jk::core {
namespace {

using ::testing::ElementsAreArray;

std::vector<std::uint8_t> payload_of(const auto& what) {
  Payload payload;
  encode(what, payload);
  return {payload.bytes.begin(), payload.bytes.begin() + static_cast<std::ptrdiff_t>(payload.size)};
}

Settings with(Setting setting, std::int32_t value) {
  Settings settings(Preset::lifepo4);
  EXPECT_TRUE(settings.set(setting, value));
  return settings;
}

TEST(SettingsRecord, IsReadBackWithEverySettingAtBothEndsOfItsRange) {
  const Settings base(Preset::li_ion);
  for (const SettingInfo& row : setting_table) {
    for (const std::int32_t value : {row.min, row.max}) {
      const Settings settings = with(row.setting, value);
      const auto read = decode_settings(payload_of(settings), base);
      ASSERT_EQ(read.has_value(), contradiction(settings) == nullptr) << row.name;
      if (read) {
        EXPECT_EQ(*read, settings) << row.name;
      }
    }
  }
}

TEST(SettingsRecord, IsShortEnoughForItsKindWithEveryNumberAtItsLongest) {
  Settings settings(Preset::lifepo4);
  for (const SettingInfo& row : setting_table)
    settings.set(row.setting, std::abs(row.min) > row.max ? row.min : row.max);
  Payload payload;
  encode(settings, payload);
  EXPECT_LE(payload.size, info(Kind::settings).longest);
}

TEST(SettingsRecord, StartsWithTheIdOfTheFirstNameAndItsValue) {
  // Python: fnv = 2166136261; for c in b"cell_count": fnv = (fnv ^ c) * 16777619 & 0xFFFFFFFF; fnv ^ fnv >> 16
  const std::vector<std::uint8_t> payload = payload_of(with(Setting::cell_count, 16));
  EXPECT_THAT(std::vector(payload.begin(), payload.begin() + 3), ElementsAreArray({0x1C, 0x9C, 0x20}));
  // "capacity", 100 000 mAh: zigzag 200 000 = 0x30D40
  EXPECT_THAT(std::vector(payload.begin() + 3, payload.begin() + 8), ElementsAreArray({0x91, 0xA5, 0xC0, 0x9A, 0x0C}));
}

// As firmwares of other days would have written it.
std::vector<std::uint8_t> entries_of(const Settings& settings, std::size_t from, std::size_t count) {
  const std::vector<std::uint8_t> all = payload_of(settings);
  std::vector<std::size_t> starts{0};
  while (starts.back() < all.size()) {
    std::size_t at = starts.back() + 2;
    while (all[at] >= 0x80) ++at;
    starts.push_back(at + 1);
  }
  return {all.begin() + static_cast<std::ptrdiff_t>(starts[from]),
          all.begin() + static_cast<std::ptrdiff_t>(starts[from + count])};
}

TEST(SettingsRecord, OfAnOlderFirmwareLeavesWhatItDidNotKnow) {
  const Settings written = with(Setting::cell_ovp, 3650), base = with(Setting::scp_delay, 1234);
  const auto read = decode_settings(entries_of(written, 0, 10), base);
  ASSERT_TRUE(read);
  EXPECT_EQ((*read)[Setting::cell_ovp], 3650);
  EXPECT_EQ((*read)[Setting::scp_delay], 1234);
}

TEST(SettingsRecord, MayHaveItsEntriesInAnyOrder) {
  const Settings written = with(Setting::cell_ovp, 3650);
  std::vector<std::uint8_t> turned = entries_of(written, 10, setting_count - 10);
  const std::vector<std::uint8_t> first = entries_of(written, 0, 10);
  turned.insert(turned.end(), first.begin(), first.end());
  EXPECT_EQ(decode_settings(turned, Settings(Preset::lto)), written);
}

TEST(SettingsRecord, PassesOverSettingsThatAreGone) {
  std::vector<std::uint8_t> payload = payload_of(with(Setting::cell_ovp, 3650));
  payload.insert(payload.begin(), {0x00, 0x00, 0x83, 0x01});
  const auto read = decode_settings(payload, Settings(Preset::lifepo4));
  ASSERT_TRUE(read);
  EXPECT_EQ((*read)[Setting::cell_ovp], 3650);
}

TEST(SettingsRecord, LeavesWhatIsOutsideTodaysRange) {
  std::vector<std::uint8_t> payload = entries_of(with(Setting::cell_count, 24), 0, 1);
  payload[2] = 0x7F;  // -64
  EXPECT_EQ(decode_settings(payload, with(Setting::cell_count, 12)), with(Setting::cell_count, 12));
}

TEST(SettingsRecord, ThatContradictsItselfIsNone) {
  Settings settings(Preset::lifepo4);
  settings.set(Setting::cell_uvp, settings[Setting::cell_ovp]);
  EXPECT_EQ(decode_settings(payload_of(settings), Settings(Preset::lifepo4)), std::nullopt);
}

TEST(SettingsRecord, CutInsideAnEntryIsNone) {
  const std::vector<std::uint8_t> whole = entries_of(with(Setting::capacity, 100'000), 1, 1);
  ASSERT_EQ(whole.size(), 5u);
  for (std::size_t length = 1; length < whole.size(); ++length) {
    EXPECT_EQ(decode_settings(std::span(whole).first(length), Settings(Preset::lto)), std::nullopt) << length;
  }
  EXPECT_EQ(decode_settings({}, Settings(Preset::lto)), Settings(Preset::lto));
}

TEST(SettingsRecord, WithANumberOfMoreThanFiveBytesIsNone) {
  std::vector<std::uint8_t> payload = {0, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00};
  EXPECT_EQ(decode_settings(payload, Settings(Preset::lto)), std::nullopt);
}

TEST(TextsRecord, IsReadBackEmptyOnesIncluded) {
  Texts texts, base;
  EXPECT_TRUE(texts.set(Text::device_name, "van, roof"));
  EXPECT_TRUE(texts.set(Text::user_data_2, "0123456789abcdef"));
  EXPECT_TRUE(base.set(Text::settings_password, "123456"));
  EXPECT_EQ(decode_texts(payload_of(texts), base), texts);
}

TEST(TextsRecord, LeavesWhatItDoesNotNameAndPassesOverWhatNobodyWrites) {
  Texts base;
  EXPECT_TRUE(base.set(Text::settings_password, "123456"));
  const std::vector<std::uint8_t> payload = {3,   2,   'a', 'b', 0,   1,   'x', 200, 0,   8,   17,  '1', '2', '3',
                                             '4', '5', '6', '7', '8', '9', '0', '1', '2', '3', '4', '5', '6', '7'};
  const auto texts = decode_texts(payload, base);
  ASSERT_TRUE(texts);
  EXPECT_EQ((*texts)[Text::device_name], "ab");
  EXPECT_EQ((*texts)[Text::settings_password], "123456");
  EXPECT_EQ((*texts)[Text::user_data], "");  // 17 characters: not a text of ours
}

TEST(TextsRecord, CutShortIsNone) {
  const std::vector<std::uint8_t> payload = {3, 2, 'a', 'b'};
  for (std::size_t length = 1; length < 4; ++length)
    EXPECT_EQ(decode_texts(std::span(payload).first(length), Texts()), std::nullopt) << length;
}

TEST(Texts, AreThoseThatAClientWrites) {
  Texts texts;
  EXPECT_FALSE(texts.set(Text::model, "JK"));
  EXPECT_FALSE(texts.set(Text::count, "JK"));
  EXPECT_FALSE(texts.set(Text::device_name, "0123456789abcdefg"));
  EXPECT_EQ(texts, Texts());
  EXPECT_EQ(texts[Text::software_version], "");
  EXPECT_EQ(texts[Text::count], "");
  EXPECT_TRUE(texts.set(Text::device_name, "0123456789abcdef"));
  EXPECT_TRUE(texts.set(Text::device_name, "b"));
  EXPECT_EQ(texts[Text::device_name], "b");
}

constexpr Counters some_counters{
    0x0001020304050607, 0x1112131415161718, 3'000'000'000, 7'000'000'000, 5, 6, 7, 8, 9, 280'000};

TEST(CountersRecord, IsReadBack) {
  EXPECT_EQ(decode_counters(payload_of(some_counters)), some_counters);
  EXPECT_EQ(decode_counters(payload_of(Counters{})), Counters{});
}

TEST(CountersRecord, OfAnOlderFirmwareHasNoughtForWhatItDidNotCount) {
  std::vector<std::uint8_t> payload = payload_of(some_counters);
  payload.resize(payload.size() - 12);
  Counters expected = some_counters;
  expected.events = expected.clock_s = expected.design_mAh = 0;
  EXPECT_EQ(decode_counters(payload), expected);
}

TEST(CountersRecord, OfALaterFirmwareGivesWhatIsKnownHere) {
  std::vector<std::uint8_t> payload = payload_of(some_counters);
  payload.insert(payload.end(), {1, 2, 3, 4});
  EXPECT_EQ(decode_counters(payload), some_counters);
}

TEST(CountersRecord, OfNothingOrOfNonsenseIsNone) {
  EXPECT_EQ(decode_counters({}), std::nullopt);
  for (const std::size_t sign : {7u, 15u, 23u, 31u}) {
    std::vector<std::uint8_t> payload = payload_of(some_counters);
    payload[sign] |= 0x80;
    EXPECT_EQ(decode_counters(payload), std::nullopt) << sign;
  }
  Counters beyond = some_counters;
  beyond.design_mAh = static_cast<std::uint32_t>(info(Setting::capacity).max);
  EXPECT_EQ(decode_counters(payload_of(beyond)), beyond);
  ++beyond.design_mAh;
  EXPECT_EQ(decode_counters(payload_of(beyond)), std::nullopt) << "a capacity that cannot be set";
}

TEST(TripsOfTheStore, AreReadBackAndThoseOfAnotherTableAreUnknown) {
  Payload payload;
  for (std::size_t one = 0; one < protection_count; ++one) {
    for (std::size_t two = 0; two < protection_count; ++two) {
      const auto trips =
          static_cast<Trips>(trip_bit(static_cast<ProtectionId>(one)) | trip_bit(static_cast<ProtectionId>(two)));
      encode_trips(trips, payload);
      ASSERT_EQ(decode_trips(payload.span()), trips);
    }
  }
  EXPECT_EQ(decode_trips(payload.span().first(4)), std::nullopt);
  payload.bytes[0] = static_cast<std::uint8_t>(payload.bytes[0] + 1);
  EXPECT_EQ(decode_trips(payload.span()), std::nullopt);
  encode_trips(0, payload);
  payload.bytes[4] = 0x80;
  EXPECT_EQ(decode_trips(payload.span()), std::nullopt);
}

TEST(EventRecord, IsReadBack) {
  const NumberedEntry event{70'000, {123'456'789, 0x44, 0x03}};
  const std::vector<std::uint8_t> payload = payload_of(event);
  EXPECT_THAT(payload, ElementsAreArray({0x70, 0x11, 0x01, 0x00, 0x15, 0xCD, 0x5B, 0x07, 0x44, 0x03}));
  EXPECT_EQ(decode_event(payload), event);
  EXPECT_EQ(decode_event(std::span(payload).first(9)), std::nullopt);
}

}  // namespace
}  // namespace jk::core
