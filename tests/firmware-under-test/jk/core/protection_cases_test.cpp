// SPDX-License-Identifier: Apache-2.0
#include "tests/firmware-under-test/jk/core/protection_cases.hpp"

#include <gtest/gtest.h>

#include "firmware-under-test/jk/core/store_records.hpp"
#include "tests/firmware-under-test/jk/core/durations.hpp"

// Every row of the protection table under every preset, on the clock of a board: a tick each 16 ms, currents and leaks
// sampled at each, other signals each 64 ms. "Within" a delay: no later than the delay and one scan after the signal
// got there.
namespace protection_cases {
namespace {

constexpr std::uint64_t tick_ns = 16 * ms, scan_ns = 64 * ms;
constexpr std::uint64_t never_ns = UINT64_MAX;
constexpr Signals currents = signal_bit(Signal::charge_current) | signal_bit(Signal::discharge_current);

class EachRow : public ::testing::TestWithParam<Case> {
 protected:
  EachRow() { run_for(10 * s); }

  static const Case& row() { return GetParam(); }
  [[nodiscard]] bool is_tripped() const { return protections_.is_tripped(row().row->id); }
  [[nodiscard]] std::uint64_t latest_ns() const { return row().delay_ns + scan_ns; }
  void put(std::int32_t value) { value_ = value; }

  /// Runs; tells when `wanted` became true of the trip, counted from the call; never_ns when it did not.
  std::uint64_t run_for(std::uint64_t duration_ns, bool wanted) {
    const std::uint64_t from_ns = now_ns_;
    while (now_ns_ < from_ns + duration_ns) {
      tick();
      if (is_tripped() == wanted) return now_ns_ - from_ns;
    }
    return never_ns;
  }
  void run_for(std::uint64_t duration_ns) {
    const std::uint64_t end_ns = now_ns_ + duration_ns;
    while (now_ns_ < end_ns) tick();
  }
  void trip() {
    put(row().trip);
    ASSERT_NE(run_for(latest_ns(), true), never_ns);
  }
  /// Another controller, which knows what the former one left.
  void restart(Trips left) {
    protections_ = Protections(row().settings);
    protections_.resume(left, now_ns_);
    next_scan_ns_ = now_ns_;
  }
  /// As the store keeps it while the power is off.
  [[nodiscard]] static Trips through_flash(Trips trips) {
    Payload payload;
    encode_trips(trips, payload);
    return decode_trips(payload.span()).value_or(all_trips);
  }
  [[nodiscard]] bool outlives_a_start() const { return (resumable_trips & trip_bit(row().row->id)) != 0; }
  /// A trip that a start kept is freed as the row says; the signal has to be on the good side already.
  void expect_freed_by_its_own_rule() {
    if (row().row->rule == Release::after_time) {
      EXPECT_EQ(run_for(row().release_ns - 2 * tick_ns, false), never_ns) << "the time counts from the start";
      EXPECT_NE(run_for(2 * tick_ns + scan_ns, false), never_ns);
    } else {
      EXPECT_NE(run_for(scan_ns + tick_ns, false), never_ns);
    }
  }

  Protections protections_{row().settings};
  std::uint64_t now_ns_ = 100 * s;

 private:
  void tick() {
    const bool is_scan = now_ns_ >= next_scan_ns_;
    const Signals bit = signal_bit(row().row->signal);
    if (is_scan || (bit & tick_signals) != 0)
      readings_[static_cast<std::size_t>(row().row->signal)] = {value_, true, now_ns_};
    if (is_scan) next_scan_ns_ = now_ns_ + scan_ns;
    protections_.update(readings_, is_scan ? currents | scan_signals | bit : currents | (bit & tick_signals), now_ns_);
    now_ns_ += tick_ns;
  }

  Readings readings_ = all_benign(row().settings, 0);
  std::int32_t value_ = benign(row().row->signal, row().settings);
  std::uint64_t next_scan_ns_ = 0;
};

/// A delay in which a scan can see that all is well again.
class EachRowWithADelay : public EachRow {
 public:
  static std::vector<Case> cases() {
    std::vector<Case> chosen = all();
    std::erase_if(chosen, [](const Case& one) { return one.delay_ns <= scan_ns; });
    return chosen;
  }
};

TEST_P(EachRow, IsNotTrippedByWhatIsBenign) {
  EXPECT_FALSE(is_tripped());
  EXPECT_EQ(protections_.open_gates(), no_gate);
}

TEST_P(EachRow, NeverTripsJustInsideItsLimit) {
  put(row().inside);
  EXPECT_EQ(run_for(10 * row().delay_ns + 100 * s, true), never_ns);
}

TEST_P(EachRow, TripsAtItsLimitAndBeyondWithinItsDelayAndOneScan) {
  for (const std::int32_t value : {row().trip, row().beyond}) {
    restart(0);
    put(benign(row().row->signal, row().settings));
    run_for(1 * s);
    put(value);
    const std::uint64_t after_ns = run_for(latest_ns() + tick_ns, true);
    ASSERT_NE(after_ns, never_ns) << value;
    EXPECT_GE(after_ns, row().delay_ns) << value;
    EXPECT_LE(after_ns, latest_ns() + tick_ns) << value;
    EXPECT_EQ(protections_.open_gates() & row().row->gates, row().row->gates) << "its gates are open";
  }
}

TEST_P(EachRowWithADelay, RecoversBeforeItAndHasForgottenIt) {
  for (int again = 0; again < 3; ++again) {
    put(row().beyond);
    ASSERT_EQ(run_for(row().delay_ns - scan_ns, true), never_ns);
    put(row().inside);
    ASSERT_EQ(run_for(2 * scan_ns, true), never_ns) << "three times half a delay is none";
  }
}

TEST_P(EachRow, IsReleasedAsItsRuleSaysAndNoSooner) {
  trip();
  put(row().kept);
  switch (row().row->rule) {
    case Release::beyond_limit:
      EXPECT_EQ(run_for(100 * s, false), never_ns) << "at its release value";
      put(row().freed);
      EXPECT_NE(run_for(scan_ns + tick_ns, false), never_ns) << "beyond its release value";
      break;
    case Release::after_time:
      put(benign(row().row->signal, row().settings));
      EXPECT_EQ(run_for(row().release_ns - 2 * tick_ns, false), never_ns) << "before its time";
      EXPECT_NE(run_for(2 * tick_ns + scan_ns, false), never_ns) << "after its time";
      break;
    case Release::never:
      put(benign(row().row->signal, row().settings));
      EXPECT_EQ(run_for(1000 * s, false), never_ns);
      break;
  }
}

TEST_P(EachRow, TripsAgainAfterARelease) {
  if (row().row->rule == Release::never) {
    trip();
    restart(through_flash(protections_.to_resume()));
    put(benign(row().row->signal, row().settings));
    run_for(1 * s);
    EXPECT_FALSE(is_tripped()) << "a start releases it";
  } else {
    trip();
    put(row().freed);
    ASSERT_NE(run_for(row().release_ns + 2 * scan_ns, false), never_ns);
  }
  run_for(1 * s);
  put(row().trip);
  const std::uint64_t after_ns = run_for(latest_ns() + tick_ns, true);
  ASSERT_NE(after_ns, never_ns);
  EXPECT_GE(after_ns, row().delay_ns);
}

TEST_P(EachRowWithADelay, TripsAtOnceAfterAResetInTheMiddleOfItWhenItIsStillBeyond) {
  put(row().beyond);
  run_for(row().delay_ns / 2);
  restart(protections_.to_resume());
  EXPECT_LE(run_for(scan_ns, true), tick_ns) << "nothing waits for a delay that is half over";
}

TEST_P(EachRowWithADelay, IsQuietAfterAResetInTheMiddleOfItWhenItHasRecovered) {
  put(row().beyond);
  run_for(row().delay_ns / 2);
  restart(protections_.to_resume());
  put(row().inside);
  EXPECT_EQ(run_for(100 * s, true), never_ns);
}

TEST_P(EachRow, StaysTrippedThroughAPowerCutOrIsReleasedByTheStart) {
  trip();
  put(row().freed);
  restart(through_flash(protections_.to_resume()));
  EXPECT_EQ(is_tripped(), outlives_a_start()) << "before anything is measured";
  if (outlives_a_start()) return expect_freed_by_its_own_rule();
  EXPECT_EQ(run_for(100 * s, true), never_ns);
}

TEST_P(EachRow, WhoseCauseOutlastsAPowerCutIsTrippedFromTheFirstReadingOn) {
  trip();
  restart(through_flash(protections_.to_resume()));
  EXPECT_LE(run_for(scan_ns, true), tick_ns);
  EXPECT_EQ(protections_.open_gates() & row().row->gates, row().row->gates);
  if (row().row->rule == Release::after_time) return;  // the time releases it, the delay trips it again
  EXPECT_EQ(run_for(100 * s, false), never_ns);
}

std::string name_of(const ::testing::TestParamInfo<Case>& one) { return one.param.name; }
INSTANTIATE_TEST_SUITE_P(Table, EachRow, ::testing::ValuesIn(all()), name_of);
INSTANTIATE_TEST_SUITE_P(Table, EachRowWithADelay, ::testing::ValuesIn(EachRowWithADelay::cases()), name_of);

TEST(ProtectionCases, CoverEveryRowUnderEveryPreset) { EXPECT_EQ(all().size(), 3 * protection_count); }

TEST(ProtectionCases, ARowThatIsNotEnabledNeverTrips) {
  for (Case one : all()) {
    if (one.row->enabled == Setting::count) continue;
    one.settings.set(one.row->enabled, 0);
    Protections protections(one.settings);
    Readings readings = all_benign(one.settings, 0);
    readings[static_cast<std::size_t>(one.row->signal)].value = INT32_MAX - 1;
    protections.update(readings, 0);
    protections.update(readings, 1000 * s);
    EXPECT_FALSE(protections.is_tripped(one.row->id)) << one.name;
  }
}

}  // namespace
}  // namespace protection_cases
