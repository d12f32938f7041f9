// SPDX-License-Identifier: Apache-2.0
// Flash with anything in it. First byte even: the rest lies in the flash from its beginning. Odd: the rest is what
// others did to it, steps of {what, a, b, n} and n bytes: a record with good checks, a mark, bytes, a bit, a new place.
#include <algorithm>

#include "firmware-under-test/jk/core/settings_table.hpp"
#include "firmware-under-test/jk/core/store_records.hpp"
#include "tests/firmware-under-test/jk/core/fake_flash.hpp"
#include "tests/firmware-under-test/jk/core/store_support.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using jk::core::Kind;
using jk::core::Store;
using store_test::Bytes;
using tests::fuzz::require;

constexpr std::uint32_t fuzzed_sector = 4096;

class Vandal {
 public:
  explicit Vandal(fake::Flash& flash) : flash_(flash) {}
  void act(std::span<const std::uint8_t> steps) {
    while (steps.size() >= 4) {
      const std::size_t count = std::min<std::size_t>(steps[3], steps.size() - 4);
      step(steps[0], steps[1], steps[2], {steps.begin() + 4, steps.begin() + 4 + static_cast<std::ptrdiff_t>(count)});
      steps = steps.subspan(4 + count);
    }
  }

 private:
  void step(unsigned what, std::uint8_t a, std::uint8_t b, const Bytes& bytes) {
    switch (what % 6) {
      case 0:  // a record, b = what is added to the sequence
        sequence_ += b == 255 ? 0x8000'0000u : b;
        return lay(store_test::record(a, sequence_, bytes, static_cast<std::uint16_t>(bytes.size())));
      case 1:  // a long one, a = 16 x its length
        return lay(
            store_test::record(b, ++sequence_, Bytes(std::size_t{16} * a, 0x5A), static_cast<std::uint16_t>(16 * a)));
      case 2:  // a mark
        return lay(store_test::record(a % 2 == 0 ? 0xE5 : 0xA5, b == 255 ? 0xFFFF'FEFFu : b, {}, 0));
      case 3:
        return lay(bytes);
      case 4:  // a bit, as far back
        flash_.bytes[at_ - std::min<std::size_t>(a, at_)] ^= static_cast<std::uint8_t>(1u << b % 8);
        return;
      default:
        at_ = std::size_t{16} * (a + 256U * (b % 2));
    }
  }
  void lay(const Bytes& bytes) {
    const std::size_t count = std::min(bytes.size(), flash_.bytes.size() - at_);
    std::copy_n(bytes.begin(), count, flash_.bytes.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ = std::min(at_ + count, flash_.bytes.size() - 1);
  }

  fake::Flash& flash_;
  std::size_t at_ = 0;
  std::uint32_t sequence_ = 0;
};

/// Somewhere in the flash lies just this record, checks and all.
bool lies_in(const fake::Flash& flash, Kind kind, const Bytes& payload) {
  for (std::size_t at = 0; at + 16 <= flash.bytes.size(); at += 16) {
    if (flash.bytes[at] != static_cast<std::uint8_t>(kind)) continue;
    std::uint32_t sequence = 0;
    for (unsigned i = 0; i < 4; ++i) sequence |= static_cast<std::uint32_t>(flash.bytes[at + 4 + i]) << 8 * i;
    const Bytes whole = store_test::record(kind, sequence, payload);
    const std::size_t checked = 16 + payload.size();
    if (at + checked <= flash.bytes.size() &&
        std::equal(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(checked),
                   flash.bytes.begin() + static_cast<std::ptrdiff_t>(at)))
      return true;
  }
  return false;
}

void judge(const Store& store, const fake::Flash& flash) {
  for (const jk::core::KindInfo& row : jk::core::kind_table) {
    const Bytes payload = store_test::kept(store, row.kind);
    require(payload.size() <= row.longest, "a record longer than its kind may be");
    require(payload.empty() || lies_in(flash, row.kind, payload), "a record that no checks confirm");
  }
  require(store.events() <= jk::core::info(Kind::event).kept, "more events than are kept");
  for (std::size_t age = 0; age < store.events(); ++age) {
    Bytes event(16);
    event.resize(store.read_event(age, event));
    require(!event.empty() && lies_in(flash, Kind::event, event), "an event that no checks confirm");
  }
  const jk::core::Settings base(jk::core::Preset::lifepo4);
  const auto settings = jk::core::decode_settings(store_test::kept(store, Kind::settings), base);
  require(!settings || jk::core::contradiction(*settings) == nullptr, "settings that contradict");
  for (const jk::core::SettingInfo& row : jk::core::setting_table) {
    const std::int32_t value = settings.value_or(base)[row.setting];
    require(value >= row.min && value <= row.max, "a setting outside its range");
  }
  (void)jk::core::decode_texts(store_test::kept(store, Kind::texts), {});
  const auto counters = jk::core::decode_counters(store_test::kept(store, Kind::counters));
  require(!counters || (counters->charge_mAus >= 0 && counters->throughput_mAh >= 0), "a negative charge");
  const auto trips = jk::core::decode_trips(store_test::kept(store, Kind::trips));
  require(!trips || *trips <= jk::core::all_trips, "trips of no protection");
  (void)jk::core::decode_event(store_test::kept(store, Kind::event));
}

void go_on(Store& store, fake::Flash& flash) {
  for (int n = 0; n < 6 && store.wants_erase(); ++n) (void)store.erase();
  for (const jk::core::KindInfo& row : jk::core::kind_table) {
    const Bytes payload(row.longest, static_cast<std::uint8_t>(0x30 + static_cast<unsigned>(row.kind)));
    if (store.put(row.kind, payload) != Store::Put::accepted) continue;
    store.flush();
    if (store.report().lost == 0) require(store_test::kept(store, row.kind) == payload, "not what was put");
  }
  store.compact();
  store.flush();
  judge(store, flash);
  Store again(flash);
  if (again.open() != Store::Found::records) return;
  for (const jk::core::KindInfo& row : jk::core::kind_table)
    require(store_test::kept(again, row.kind) == store_test::kept(store, row.kind), "another record after a restart");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  fake::Flash flash(fuzzed_sector);
  const std::span<const std::uint8_t> input(data + 1, size - 1);
  if (data[0] % 2 == 0) {
    std::copy_n(input.begin(), std::min(input.size(), flash.bytes.size()), flash.bytes.begin());
  } else {
    Vandal(flash).act(input);
  }
  Store store(flash);
  (void)store.open();
  require(flash.operations.empty(), "written while looking");
  judge(store, flash);
  go_on(store, flash);
  require(!flash.writes_twice, "a byte written twice");
  return 0;
}
