// SPDX-License-Identifier: Apache-2.0
#include "rig/record/recorder.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

using rig::record::Recorder;
using rig::scenario::Catalogue;
using rig::scenario::SignalId;

namespace {

constexpr std::int64_t s = 1'000'000'000;

/// One analog signal that tells its own time, and one bit.
struct Clock final : rig::expect::SignalSource {
  double value(SignalId, std::int64_t t_ns) const override { return static_cast<double>(t_ns) * 1e-9; }
  void values(const SignalId* ids, std::size_t count, std::int64_t t_ns, double* out) const override {
    for (std::size_t i = 0; i < count; ++i) out[i] = value(ids[i], t_ns);
  }
};

struct RecorderTest : testing::Test {
  RecorderTest() {
    clock_id = catalogue.add({"clock", rig::scenario::Dimension::time, rig::scenario::SignalKind::plant, 1e-9, "time"});
    bit_id =
        catalogue.add({"bit", rig::scenario::Dimension::boolean, rig::scenario::SignalKind::plant_bit, 1, "a bit"});
    file = std::filesystem::temp_directory_path() / ("recorder_test_" + std::to_string(::getpid()) + ".trace");
  }
  ~RecorderTest() override { std::filesystem::remove(file); }
  Catalogue catalogue;
  Clock clock;
  SignalId clock_id{}, bit_id{};
  std::filesystem::path file;
};

}  // namespace

TEST_F(RecorderTest, WritesRowsAtTheIntervalAndFinelyAfterAnEvent) {
  Recorder r(file, {}, catalogue, clock, s);
  r.event(0);
  r.interval(10 * s + s / 2);
  r.before_event(10 * s + s / 2);
  r.bit(10 * s + s / 2, bit_id, 1);
  r.event(10 * s + s / 2);
  r.interval(20 * s);
  r.close(20 * s);
  const auto trace = reports::trace::read(file);
  const auto& t = trace.row_t_ns;
  for (std::int64_t k = 0; k <= 20; ++k) EXPECT_TRUE(std::binary_search(t.begin(), t.end(), k * s)) << k << " s";
  EXPECT_TRUE(std::is_sorted(t.begin(), t.end()));
  EXPECT_EQ(std::count(t.begin(), t.end(), 10 * s + s / 2), 2);                // before and after the step
  EXPECT_TRUE(std::binary_search(t.begin(), t.end(), 10 * s + s / 2 + 1000));  // 1 us after it
  const auto near = std::upper_bound(t.begin(), t.end(), 10 * s + s / 2 + s / 10);
  EXPECT_LT(*near - (10 * s + s / 2 + s / 10), s / 150);  // 5 % of the time since the event
  for (std::size_t i = 0; i < t.size(); ++i) EXPECT_NEAR(trace.columns[0][i], static_cast<double>(t[i]) * 1e-9, 1e-9);
  ASSERT_EQ(trace.changes.size(), 1u);
  EXPECT_EQ(trace.changes[0].t_ns, 10 * s + s / 2);
  EXPECT_EQ(trace.header.signals[trace.changes[0].signal].name, "bit");
}

TEST_F(RecorderTest, AProbeIsAChangeAtItsInstantBetweenTheRows) {
  Recorder r(file, {}, catalogue, clock, s);
  const char* const name = "stack_free";
  r.event(0);
  r.interval(3 * s);
  r.probe(3 * s + 7, name, 512);
  r.probe(3 * s + 9, name, 512);  // nothing new
  r.probe(4 * s + 1, name, 0.25);
  r.interval(10 * s);
  r.close(10 * s);
  const auto trace = reports::trace::read(file);
  ASSERT_EQ(trace.header.signals.back().name, "probe.stack_free");
  ASSERT_EQ(trace.changes.size(), 2u);
  EXPECT_EQ(trace.changes[0].t_ns, 3 * s + 7);
  EXPECT_EQ(trace.changes[0].value, 512);
  EXPECT_EQ(trace.changes[1].t_ns, 4 * s + 1);
  EXPECT_EQ(trace.changes[1].value, 0.25);
}

TEST_F(RecorderTest, AProbeAheadOfTimeWaitsForItsPlace) {
  Recorder r(file, {}, catalogue, clock, s);
  r.event(0);
  r.probe(5 * s, "ahead", 1);  // of a firmware whose local time runs ahead
  r.probe(4 * s, "ahead", 2);
  r.interval(2 * s);
  r.bit(2 * s, bit_id, 1);
  r.interval(6 * s);
  r.close(6 * s);
  const auto trace = reports::trace::read(file);
  ASSERT_EQ(trace.changes.size(), 3u);
  EXPECT_EQ(trace.changes[0].t_ns, 2 * s);
  EXPECT_EQ(trace.changes[1].t_ns, 5 * s);
  EXPECT_EQ(trace.changes[2].t_ns, 5 * s);
}

TEST_F(RecorderTest, AResetDropsTheProbesAheadOfIt) {
  Recorder r(file, {}, catalogue, clock, s);
  const char* const name = "ahead";
  r.event(0);
  r.probe(2 * s, name, 1);
  r.probe(5 * s, name, 2);
  r.interval(2 * s);
  r.drop_probes_after(2 * s);
  r.probe(3 * s, name, 2);  // as dropped, but now it happened
  r.interval(6 * s);
  r.close(6 * s);
  const auto trace = reports::trace::read(file);
  ASSERT_EQ(trace.changes.size(), 2u);
  EXPECT_EQ(trace.changes[0].t_ns, 2 * s);
  EXPECT_EQ(trace.changes[1].t_ns, 3 * s);
  EXPECT_EQ(trace.changes[1].value, 2);
}

TEST_F(RecorderTest, AProbeThatFitsNoResolutionIsNotKnown) {
  Recorder r(file, {}, catalogue, clock, s);
  r.event(0);
  r.probe(1, "wild", 1e300);
  r.probe(2, "wild", -std::numeric_limits<double>::infinity());
  r.probe(3, "wild", 5);
  r.close(s);
  const auto trace = reports::trace::read(file);
  ASSERT_EQ(trace.changes.size(), 2u);
  EXPECT_TRUE(std::isnan(trace.changes[0].value));
  EXPECT_EQ(trace.changes[1].value, 5);
}

TEST_F(RecorderTest, WithoutProbesTheFileIsWhatItWas) {
  Recorder r(file, {}, catalogue, clock, s);
  r.event(0);
  r.close(s);
  EXPECT_EQ(reports::trace::read(file).header.signals.size(), catalogue.size());
}
