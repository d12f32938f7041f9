// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "firmware-under-test/jk/core/store.hpp"
#include "tests/firmware-under-test/jk/core/fake_flash.hpp"
#include "tests/firmware-under-test/jk/core/store_support.hpp"

// The supply fails at every operation on the flash and in the middle of each. What a restart finds is what was there
// before or what was being written, and the store goes on from there.
namespace jk::core {
namespace {

using store_test::Bytes;

constexpr std::uint32_t small_sector = 4096;

enum class Act : std::uint8_t { settings, texts, counters, trips, event, compact, erase };
constexpr std::size_t act_count = 7;
using Script = std::vector<Act>;

std::string text_of(const Script& script) {
  constexpr const char* names[act_count] = {"settings", "texts", "counters", "trips", "event", "compact", "erase"};
  std::string text;
  for (const Act act : script) text += std::string(text.empty() ? "" : " ") + names[static_cast<std::size_t>(act)];
  return text;
}

/// Values are numbers that count up, so that an old one is known from a new one. 0 = none.
Bytes value_of(Kind kind, std::uint8_t number) {
  constexpr std::array<std::size_t, kind_count> lengths = {70, 30, 48, 5, 14};  // settings shorter than real ones
  Bytes bytes(lengths[static_cast<std::size_t>(kind)]);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(std::size_t{37} * number + 11 * i);
  bytes[0] = number;
  return bytes;
}

/// What a firmware knows of its flash: the last value of each kind that it has written, and the one under way.
struct Belief {
  std::array<std::uint8_t, kind_count> written{}, under_way{};
};

std::uint8_t number_of(const Store& store, Kind kind, std::string& wrong) {
  const Bytes found = store_test::kept(store, kind);
  if (found.empty()) return 0;
  if (found != value_of(kind, found[0])) wrong = "a mix of kind " + std::to_string(static_cast<int>(kind));
  return found[0];
}

/// "" or what is wrong with what a restart finds. Takes over what it finds.
std::string judge(const Store& store, Belief& belief) {
  std::string wrong;
  for (const KindInfo& row : kind_table) {
    const auto k = static_cast<std::size_t>(row.kind);
    const std::uint8_t number = number_of(store, row.kind, wrong);
    if (number != belief.written[k] && (belief.under_way[k] == 0 || number != belief.under_way[k]))
      wrong =
          "kind " + std::to_string(k) + " is " + std::to_string(number) + ", was " + std::to_string(belief.written[k]);
    belief.written[k] = number;
    belief.under_way[k] = 0;
  }
  const std::uint8_t newest = belief.written[static_cast<std::size_t>(Kind::event)];
  for (std::size_t age = 0; age < store.events(); ++age) {
    std::array<std::uint8_t, 16> event{};
    (void)store.read_event(age, event);
    if (event[0] != newest - age) wrong = "event " + std::to_string(age) + " is " + std::to_string(event[0]);
  }
  if (store.events() != std::min<std::size_t>(newest, info(Kind::event).kept)) wrong = "events are missing";
  return wrong;
}

/// A firmware at work on a flash. `beliefs`: from which operation on it believed what.
struct Firmware {
  fake::Flash& flash;
  Store store;
  Belief belief;
  std::vector<std::pair<std::size_t, Belief>> beliefs;

  Firmware(fake::Flash& on, const Belief& at_start) : flash(on), store(on), belief(at_start) { note(); }

  void note() {
    for (const KindInfo& row : kind_table) {
      const auto k = static_cast<std::size_t>(row.kind);
      std::string mixed;
      if (belief.under_way[k] == 0 || number_of(store, row.kind, mixed) != belief.under_way[k]) continue;
      belief.written[k] = belief.under_way[k];
      belief.under_way[k] = 0;
    }
    beliefs.emplace_back(flash.operations.size(), belief);
  }
  void work(std::size_t pieces) {
    for (; pieces > 0 && store.is_busy(); --pieces) {
      store.work();
      note();
    }
  }
  bool write(Kind kind, std::size_t pieces = SIZE_MAX) {
    const auto k = static_cast<std::size_t>(kind);
    while (belief.under_way[k] != 0 && store.is_busy()) work(1);
    const auto number = static_cast<std::uint8_t>(belief.written[k] + 1);
    belief.under_way[k] = number;
    note();
    const bool is_accepted = store.put(kind, value_of(kind, number)) == Store::Put::accepted;
    if (!is_accepted) belief.under_way[k] = 0;
    note();
    work(pieces);
    return is_accepted;
  }
  void act(Act what, std::size_t pieces = SIZE_MAX) {
    switch (what) {
      case Act::compact:
        store.compact();
        return work(pieces);
      case Act::erase:
        (void)store.erase();
        return note();
      default:
        (void)write(static_cast<Kind>(what), pieces);
    }
  }
  [[nodiscard]] const Belief& belief_at(std::size_t operation) const {
    return std::prev(std::upper_bound(beliefs.begin(), beliefs.end(), operation,
                                      [](std::size_t n, const auto& entry) { return n < entry.first; }))
        ->second;
  }
};

/// A start after a cut, as the firmware makes it: look, erase while the gates are still open, go on.
std::string recover(Firmware& firmware, bool was_erasing = false) {
  if (firmware.store.open() == Store::Found::unusable) return "unusable";
  if (was_erasing && !firmware.store.wants_erase()) return "trusts half an erasure";
  if (std::string wrong = judge(firmware.store, firmware.belief); !wrong.empty()) return wrong;
  firmware.note();
  for (int erasures = 0; firmware.store.wants_erase() && erasures < 2; ++erasures) firmware.act(Act::erase);
  if (firmware.store.wants_erase()) return "still wants an erasure";
  for (const KindInfo& row : kind_table) {
    if (!firmware.write(row.kind)) return "not writable again";
    if (firmware.store.is_uncertain(row.kind)) return "uncertain for good";
  }
  if (firmware.flash.writes_twice) return "a byte was written twice";
  return judge(firmware.store, firmware.belief);
}

enum class Depth : std::uint8_t { once, twice_here_and_there, twice };

class PowerCut : public ::testing::Test {
 protected:
  /// Everything that `firmware` has done to its flash since it looked like `start`, from operation `from` on, is cut
  /// short in every way.
  void cut_everywhere(Bytes start, const Firmware& firmware, std::size_t from, Depth depth, const std::string& what) {
    fake::Flash image(small_sector);
    image.bytes = std::move(start);
    const std::vector<fake::Flash::Operation>& operations = firmware.flash.operations;
    for (std::size_t at = 0; at < operations.size() && !HasFailure(); ++at) {
      const auto& operation = operations[at];
      const unsigned tears = operation.is_erasure ? fake::Flash::erase_tears : fake::Flash::write_tears;
      for (unsigned variant = 0; at >= from && variant < tears; ++variant) {
        const bool twice =
            depth == Depth::twice || (depth == Depth::twice_here_and_there && at % 11 == 0 && variant == at % tears);
        cut(image, operation, variant, firmware.belief_at(at), twice,
            what + ", cut at " + std::to_string(at) + "/" + std::to_string(variant));
      }
      image.tear(operation, operation.is_erasure ? 7 : 5, 0);  // all of it
    }
  }

  void run(const Script& script, Depth depth) {
    fake::Flash flash(small_sector);
    Firmware firmware = at_work(flash);
    const Bytes start = flash.bytes;
    flash.operations.clear();
    firmware.beliefs = {{0, firmware.belief}};
    std::size_t last = 0;
    for (const Act act : script) {
      last = flash.operations.size();
      firmware.act(act);
    }
    cut_everywhere(start, firmware, last, depth, text_of(script));  // cuts before `last` are those of shorter scripts
  }

  /// One value of each kind, both sectors erased once.
  static Firmware at_work(fake::Flash& flash) {
    Firmware firmware(flash, {});
    (void)firmware.store.open();
    (void)firmware.store.erase();
    (void)firmware.store.erase();
    for (const KindInfo& row : kind_table) firmware.write(row.kind);
    return firmware;
  }

  std::size_t cuts = 0;

 private:
  void cut(const fake::Flash& image, const fake::Flash::Operation& operation, unsigned variant, const Belief& belief,
           bool twice, const std::string& what) {
    ++cuts;
    fake::Flash flash(small_sector);
    flash.bytes = image.bytes;
    flash.tear(operation, variant, static_cast<std::uint32_t>(cuts));
    const Bytes start = flash.bytes;
    Firmware firmware(flash, belief);
    ASSERT_EQ(recover(firmware, operation.is_erasure), "") << what;
    if (twice) cut_everywhere(start, firmware, 0, Depth::once, what);
  }
};

TEST_F(PowerCut, AtTheFirstFormatLeavesAStoreThatFormats) {
  for (const bool was_used : {false, true}) {  // by something else: both sectors have to be erased
    fake::Flash flash(small_sector);
    if (was_used) flash.bytes.assign(flash.bytes.size(), 0x3C);
    const Bytes start = flash.bytes;
    Firmware firmware(flash, {});
    ASSERT_EQ(recover(firmware), "");
    cut_everywhere(start, firmware, 0, Depth::twice, "format");
  }
  EXPECT_GT(cuts, 10'000u);
}

TEST_F(PowerCut, InEveryOrderOfUpToFourActsLeavesOldOrNew) {
  std::size_t scripts = 0;
  std::function<void(Script&)> extend = [&](Script& script) {
    if (!script.empty()) {
      ++scripts;
      run(script, script.size() == 1 ? Depth::twice : script.size() == 2 ? Depth::twice_here_and_there : Depth::once);
    }
    if (script.size() == 4 || HasFailure()) return;
    for (std::size_t act = 0; act < act_count; ++act) {
      script.push_back(static_cast<Act>(act));
      extend(script);
      script.pop_back();
    }
  };
  Script script;
  extend(script);
  EXPECT_EQ(scripts, 7u + 49 + 343 + 2401);
  RecordProperty("cuts", static_cast<int>(cuts));
}

/// Random acts, pieces of work between them, an erasure now and then.
std::uint32_t live_long(Firmware& firmware, std::uint32_t seed, std::size_t acts, unsigned one_erasure_in) {
  std::mt19937 dice(seed);
  for (std::size_t n = 0; n < acts; ++n) {
    constexpr Act writes[] = {Act::settings, Act::texts, Act::counters, Act::counters,
                              Act::counters, Act::trips, Act::event};
    firmware.act(dice() % one_erasure_in == 0 ? Act::erase : writes[dice() % std::size(writes)], dice() % 5);
    if (dice() % 4 == 0) firmware.store.work();
    firmware.note();
  }
  firmware.work(SIZE_MAX);
  return firmware.store.report().erasures;
}

TEST_F(PowerCut, InALongLifeWithSeveralCompactionsLeavesOldOrNew) {
  fake::Flash flash(small_sector);
  Firmware firmware = at_work(flash);
  const Bytes start = flash.bytes;
  flash.operations.clear();
  firmware.beliefs = {{0, firmware.belief}};
  EXPECT_GE(live_long(firmware, 1, 400, 12), 8u);
  ASSERT_FALSE(flash.writes_twice);
  cut_everywhere(start, firmware, 0, Depth::twice_here_and_there, "long life");
  RecordProperty("cuts", static_cast<int>(cuts));
}

TEST_F(PowerCut, WhileTheSectorIsFullAndNothingMayBeErasedLeavesOldOrNew) {
  fake::Flash flash(small_sector);
  Firmware firmware = at_work(flash);
  const Bytes start = flash.bytes;
  flash.operations.clear();
  firmware.beliefs = {{0, firmware.belief}};
  EXPECT_EQ(live_long(firmware, 2, 250, UINT32_MAX), 2u);
  EXPECT_GT(firmware.store.report().refused, 0);
  cut_everywhere(start, firmware, 0, Depth::once, "full");
}

}  // namespace
}  // namespace jk::core
