// SPDX-License-Identifier: Apache-2.0
// Two plants that change at one instant: whoever looks finds both computed.
#include "rig/bench/sim/run_watch.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <systemc>

#include "rig/scenario/reader.hpp"
#include "tests/models/support.hpp"
#include "tests/support/program.hpp"

namespace rig::bench {
namespace {

class RunWatchTest : public testing::Test, public expect::SignalSource {
 protected:
  RunWatchTest() {
    sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
    catalogue_.add({"a.port.current", scenario::Dimension::current, scenario::SignalKind::plant, 1e-3, "current"});
    for (const char* name : {"plant_a", "plant_b"})
      plants_.push_back(std::make_unique<PlantLoop>(name, tests::plain_pack(), 25));
    claims_.resize(1);
    claims_[0].then = scenario::parse_expression("a.port.current > -1000 A", catalogue_, {});
    watch_ = std::make_unique<RunWatch>(expect::Judge(claims_, catalogue_, *this, {}));
    watch_->recorder.emplace(folder_.path() / "two.trace", reports::trace::Header(), catalogue_, *this, 1'000'000'000);
    for (const auto& plant : plants_) {
      watch_->plants.push_back(plant.get());
      plant->before = [this](std::int64_t t) { watch_->observe(t); };
      plant->leaving = [](std::int64_t) {};
      plant->breaking = [this](std::int64_t t) { watch_->before_event(t); };
      plant->after = [this] { watch_->changed(now_ns()); };
      plant->happened = [](models::pack::PlantEvent) {};
      plant->begin();
    }
    watch_->judge.start(0);
  }

  double value(scenario::SignalId, std::int64_t t_ns) const override {
    double sum_A = 0;
    for (const auto& plant : plants_) {
      ++reads_;
      EXPECT_FALSE(plant->plant().needs_look_ahead()) << "at " << t_ns << " ns";
      EXPECT_LE(plant->plant().now_ns(), t_ns);
      sum_A += plant->plant().port_A(t_ns);
    }
    return sum_A;
  }
  void values(const scenario::SignalId* ids, std::size_t count, std::int64_t t_ns, double* out) const override {
    for (std::size_t i = 0; i < count; ++i) out[i] = value(ids[i], t_ns);
  }

  const tests::TemporaryFolder folder_;
  scenario::Catalogue catalogue_;
  std::vector<scenario::Claim> claims_;
  std::vector<std::unique_ptr<PlantLoop>> plants_;
  std::unique_ptr<RunWatch> watch_;
  mutable int reads_ = 0;
};

TEST_F(RunWatchTest, NobodyReadsAPlantThatIsNotComputed) {
  int turns = 0;
  Timer both{Turn::player, [&] {
               for (const auto& plant : plants_) {
                 ++turns;
                 plant->change().set_gate(turns % 3 == 0, turns % 2 == 0);
                 watch_->is_event = true;
               }
               both.at(now_ns() + 300'000'000);
             }};
  both.at(100'000'000);
  Agenda::of_this_process().run_until(3'000'000'000);
  EXPECT_GT(turns, 15);
  EXPECT_GT(reads_, 50);
}

}  // namespace
}  // namespace rig::bench
