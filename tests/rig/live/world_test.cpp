// SPDX-License-Identifier: Apache-2.0
// The loop of a session, stepped by hand.
#include "rig/live/world.hpp"

#include <gmock/gmock.h>

#include <memory>
#include <systemc>

#include "rig/scenario/setup.hpp"
#include "rig/telemetry/jk_4e57.hpp"
#include "tests/rig/live/units.hpp"

namespace rig::live {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class WorldTest : public testing::Test {
 protected:
  void start(const std::string& board) {
    sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
    std::vector<std::string> mistakes;
    station.setup = *scenario::read_setup({board, {}, {}}, CELLRIG_SCENARIOS, mistakes);
    station.firmware = CELLRIG_BINARY_DIR "/firmware/jk.so";
    world = std::make_unique<World>(station, 1);
    world->board().serial("jk_4e57")->sent = [](std::int64_t) {};
  }
  static void run(std::int64_t until_ns) { bench::Agenda::of_this_process().run_until(until_ns); }
  void load(double amperes) {
    scenario::Action action;
    action.target = "load";
    action.values["current"] = {amperes, scenario::Dimension::current};
    world->act(action);
  }
  /// Asks now, hears within 40 ms.
  std::optional<telemetry::JkReport> ask() {
    bench::SimSerial& wire = *world->board().serial("jk_4e57");
    wire.client_sends(telemetry::read_all_request());
    run(bench::now_ns() + 40 * ms);
    return telemetry::decode_read_all(wire.client_receives());
  }
  Station station;
  std::unique_ptr<World> world;
};

TEST_F(WorldTest, TellsOnceWhatHappened) {
  start("jk_b2a8s20p");
  run(1 * s);
  EXPECT_THAT(world->news(), ElementsAre("0.000 s  the controller is in reset", "0.050 s  the firmware runs",
                                         "0.116 s  charge_fet on", "0.116 s  discharge_fet on"));
  EXPECT_THAT(world->news(), ElementsAre());
}

TEST_F(WorldTest, AnActionTakesEffectAtTheInstantOfTheCall) {
  start("jk_b2a8s20p");
  run(1 * s);
  load(50);
  run(1 * s + 1 * ms);  // the loop has its inductance
  EXPECT_THAT(world->status(), HasSubstr("-50.00 A"));
  const auto report = (run(2 * s), ask());
  ASSERT_TRUE(report);
  EXPECT_NEAR(report->current_10mA, -5000, 50);
}

// The board sees the past of its inputs: a low-pass of 1 s at the shunt, one second after the step.
TEST_F(WorldTest, InputsRememberWhatWasBeforeTheLastChange) {
  start("jk_b2a8s20p_slow_inputs");
  run(2 * s);
  load(100);
  for (int tenth = 0; tenth < 9; ++tenth) {  // segments end here and there on the way
    run(2 * s + (tenth + 1) * 100 * ms);
    load(100);
  }
  run(3 * s - 3 * ms);
  const auto report = ask();
  ASSERT_TRUE(report);
  EXPECT_NEAR(report->current_10mA, -10000 * (1 - 0.368), 250);
}

}  // namespace
}  // namespace rig::live
