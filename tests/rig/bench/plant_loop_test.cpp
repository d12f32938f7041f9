// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/plant_loop.hpp"

#include <gtest/gtest.h>

#include <systemc>

#include "tests/models/support.hpp"

namespace rig::bench {
namespace {

using models::pack::PlantEvent;

constexpr std::int64_t ms = 1'000'000, s = 1000 * ms;

/// A pack that conducts, and somebody who looks at it when the firmware would.
class PlantLoopTest : public testing::Test {
 protected:
  PlantLoopTest() {
    sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
    loop_ = std::make_unique<PlantLoop>("plant", params(), 25);
    loop_->before = [](std::int64_t) {};
    loop_->leaving = [this](std::int64_t t) { left_.push_back(t); };
    loop_->breaking = [](std::int64_t) {};
    loop_->after = [] {};
    loop_->happened = [](PlantEvent) {};
    loop_->plant_for_start().set_gate(true, true);
    loop_->plant_for_start().set_gate(false, true);
  }
  static models::pack::PlantParams params() {
    auto p = tests::plain_pack();
    p.charge_bank.turn_on_s = p.discharge_bank.turn_on_s = 0;
    return p;
  }
  void run(std::int64_t until_ns) {
    loop_->begin();
    Agenda::of_this_process().run_until(until_ns);
  }
  std::unique_ptr<PlantLoop> loop_;
  std::vector<std::int64_t> left_;  // ends of segments
};

TEST_F(PlantLoopTest, AFirmwareThatWakesWhereAHeldProfileJumpsSeesTheNewCurrent) {
  loop_->plant_for_start().port().set_profile({{0, 1, 10}, {-5, -50, -50}, true, 0});
  std::vector<double> seen_A;
  Timer firmware{Turn::firmware_wake, [&] {
                   seen_A.push_back(loop_->sample().port_A(now_ns()));
                   if (now_ns() < 2 * s) firmware.at(now_ns() + 500 * ms);
                 }};
  firmware.at(500 * ms);
  run(3 * s);
  EXPECT_EQ(seen_A, (std::vector<double>{-5, -50, -50, -50}));
}

TEST_F(PlantLoopTest, WhatIsSwitchedWhereASegmentEndsSmoothlyFindsThePlantThere) {
  bool runs = false;
  std::int64_t turned = 0;
  std::vector<std::int64_t> back_by;  // how far a turn goes back into a segment
  Timer firmware{Turn::firmware_wake, [&] {
                   back_by.push_back(loop_->sample().horizon_ns() - now_ns());
                   runs = !runs;
                   turned = now_ns();
                   loop_->change(false).set_converter({runs, false, 2, 1});
                   firmware.at(now_ns() + (runs ? 1360 : 64) * ms);
                 }};
  firmware.at(1 * s);
  run(8 * s);
  ASSERT_GT(back_by.size(), 6u);
  for (std::size_t turn = 3; turn < back_by.size(); ++turn) EXPECT_EQ(back_by[turn], 0) << "turn " << turn;
  EXPECT_LE(left_.size(), back_by.size() + 8) << "segments are computed in vain";
  EXPECT_GT(turned, 6 * s);
}

}  // namespace
}  // namespace rig::bench
