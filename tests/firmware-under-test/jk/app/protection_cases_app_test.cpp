// SPDX-License-Identifier: Apache-2.0
// The cases of every row of the protection table once more, from the converter's code to the gate: through the whole
// App on a fake board, where the row's signal can be driven from outside.
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>

#include "tests/firmware-under-test/jk/app/app_fixture.hpp"
#include "tests/firmware-under-test/jk/core/protection_cases.hpp"

namespace jk::app {
namespace {

using core::Direction;
using core::Release;
using core::Setting;
using core::Signal;
using fake::ms;
using fake::s;
using protection_cases::benign;
using protection_cases::Case;

constexpr std::uint64_t never_ns = UINT64_MAX;
constexpr std::uint64_t scan_each_ns = 80 * ms;
constexpr std::uint64_t pack_each_ns = 64 * App::tick_ns + scan_each_ns;
constexpr std::uint32_t adc_current = 24, adc_pack = 25, adc_t1 = 26, adc_t2 = 27, adc_mos = 28;

using OfCode = std::function<std::int32_t(std::int32_t)>;

/// How a signal is driven: the codes that the channels can have, and what the firmware should measure at each.
struct Drive {
  std::vector<std::uint32_t> channels;
  std::vector<std::int32_t> codes;
  OfCode measured;
  std::uint64_t sampled_each_ns = App::tick_ns;
};

std::vector<std::int32_t> codes(std::int32_t first, std::int32_t last) {
  std::vector<std::int32_t> list;
  for (std::int32_t code = first; code <= last; ++code) list.push_back(code);
  return list;
}

Drive cells(std::uint32_t first, std::uint32_t last, OfCode measured) {
  Drive drive{{}, codes(900, 3700), std::move(measured), scan_each_ns};
  for (std::uint32_t channel = first; channel <= last; ++channel) drive.channels.push_back(channel);
  return drive;
}

Drive sensor(
    std::uint32_t channel, const OfCode& of_ddegC = [](auto x) { return x; }) {
  std::vector<std::int32_t> in_range = codes(0, 4095);
  std::erase_if(in_range, [](std::int32_t code) { return !core::ntc_ddegC(code); });
  const auto measured = [=](std::int32_t code) { return of_ddegC(*core::ntc_ddegC(code)); };
  return {{channel}, in_range, measured, App::slow_ticks * App::tick_ns};
}

Drive flag(std::uint32_t channel, std::int32_t good, std::int32_t bad, std::uint64_t sampled_each_ns) {
  return {{channel}, {good, bad}, [bad](std::int32_t code) { return code == bad ? 1 : 0; }, sampled_each_ns};
}

/// nullopt: nothing outside drives it alone. The body diodes, stuck MOSFETs, the self-test and the state of charge have
/// tests of their own; power-off comes with cell under-voltage.
std::optional<Drive> drive_of(const Case& one) {
  const std::int32_t cell_code = (benign(Signal::cell_max, one.settings) * 4096 + 2500) / 5000;  // of the fake board
  const std::int32_t cell_mV = core::adc_12bit_5V_mV(cell_code);
  const auto alone = [](std::int32_t code) { return core::adc_12bit_5V_mV(code); };
  switch (one.row->signal) {
    case Signal::cell_max:
      return one.row->direction == Direction::above ? std::optional(cells(2, 2, alone)) : std::nullopt;
    case Signal::cell_min:
      return cells(2, 2, alone);
    case Signal::pack_voltage:
      return cells(0, 7, [](std::int32_t code) { return 8 * core::adc_12bit_5V_mV(code); });
    case Signal::cell_difference:
      return cells(2, 2, [=](std::int32_t code) { return core::adc_12bit_5V_mV(code) - cell_mV; });
    case Signal::pack_difference:
      return Drive{
          {adc_pack}, codes(0, 12'000), [=](auto code) { return std::abs(4 * code - 8 * cell_mV); }, pack_each_ns};
    case Signal::cell_count:
      return flag(adc_pack, 2 * cell_mV, 2 * cell_mV * 9 / 8, pack_each_ns);
    case Signal::cell_leads:
      return flag(2, cell_code, 0, scan_each_ns);
    case Signal::charge_current:
      return Drive{{adc_current}, codes(0, 30'000), [](auto code) { return 25 * code; }};
    case Signal::discharge_current:
      return Drive{{adc_current}, codes(-30'000, 0), [](auto code) { return -25 * code; }};
    case Signal::battery_max:
    case Signal::battery_min:
      return sensor(adc_t2);
    case Signal::box_temperature:
      return sensor(adc_t1);
    case Signal::mos_temperature:
      return sensor(adc_mos);
    case Signal::temperature_difference:
      return sensor(adc_t2, [](auto ddegC) { return std::abs(ddegC - 250); });
    case Signal::sensors:
      return flag(adc_t2, 2048, 4095, App::slow_ticks * App::tick_ns);
    default:
      return std::nullopt;
  }
}

/// Balancing stands still, so that scans follow each other; a pack row stands apart from the cells' rows.
Case on_the_board(Case one) {
  one.settings.set(Setting::balance_enabled, 0);
  const core::Settings& settings = one.settings;
  const std::int32_t apart_mV = 8 * 40;
  if (one.row->id == core::ProtectionId::pack_ovp) {
    one.settings.set(Setting::pack_ovp, one.trip - apart_mV);
    one.trip = settings[Setting::pack_ovp];
    one.kept -= apart_mV;
  } else if (one.row->id == core::ProtectionId::pack_uvp) {
    one.settings.set(Setting::pack_uvp, one.trip + apart_mV);
    one.trip = settings[Setting::pack_uvp];
    one.kept += apart_mV;
  }
  return one;
}

std::vector<Case> drivable() {
  std::vector<Case> chosen;
  for (const Case& one : protection_cases::all())
    if (drive_of(one)) chosen.push_back(on_the_board(one));
  return chosen;
}

class EachRowOnTheBoard : public ::testing::TestWithParam<Case> {
 protected:
  EachRowOnTheBoard() {
    for (std::uint32_t cell = 1; cell <= 8; ++cell) board_.set_cell_mV(cell, benign(Signal::cell_max, row().settings));
    start(BOARD_RESET_POWER_ON);
    board_.run_until(5 * s);
  }

  static const Case& row() { return GetParam(); }
  [[nodiscard]] core::Gates gates() const { return row().row->gates & core::both_gates; }
  [[nodiscard]] std::uint64_t latest_ns() const { return row().delay_ns + drive_.sampled_each_ns + 2 * App::tick_ns; }
  [[nodiscard]] core::Gates open_gates() const {
    return static_cast<core::Gates>((board_.level(charge_pin) ? 0 : core::charge_gate) |
                                    (board_.level(discharge_pin) ? 0 : core::discharge_gate));
  }
  bool is_tripped() { return (app_->bms().status().alarms & core::alarm_bit(row().row->alarm)) != 0; }

  void start(std::uint32_t cause) {
    app_ = std::make_unique<App>(board_.host(), row().settings, board_model("JK-B2A8S20P"), cause);
    board_.step = [this](std::uint64_t now_ns) { return app_->step(now_ns); };
    board_.irq = [this](std::uint32_t line, std::uint32_t level) { app_->irq(line, level); };
  }
  void restart(std::uint32_t cause) {
    board_.restart();
    start(cause);
  }

  /// The code nearest to `value` whose measured value satisfies `wanted`.
  template <class Wanted>
  [[nodiscard]] std::int32_t nearest(std::int32_t value, Wanted wanted) const {
    std::optional<std::int32_t> best;
    for (const std::int32_t code : drive_.codes) {
      const auto distance = [&](std::int32_t c) { return std::abs(drive_.measured(c) - value); };
      if (wanted(drive_.measured(code)) && (!best || distance(code) < distance(*best))) best = code;
    }
    EXPECT_TRUE(best) << "no code reaches " << value;
    return best.value_or(0);
  }
  [[nodiscard]] bool is_beyond(std::int32_t measured, std::int32_t limit) const {
    return row().row->direction == Direction::above ? measured >= limit : measured <= limit;
  }
  void put(std::int32_t code) {
    for (const std::uint32_t channel : drive_.channels) board_.adc[channel] = code;
    if (drive_.channels.size() == 8 || drive_.channels == std::vector<std::uint32_t>{2}) follow_with_the_pack();
  }
  void put_benign() {
    put(nearest(benign(row().row->signal, row().settings), [](auto) { return true; }));
  }
  void put_inside() {
    put(nearest(row().trip, [this](auto measured) { return !is_beyond(measured, row().trip); }));
  }
  void put_at_the_limit() {
    put(nearest(row().trip, [this](auto measured) { return is_beyond(measured, row().trip); }));
  }
  void put_at_the_release() {
    put(nearest(row().kept, [this](auto measured) { return is_beyond(measured, row().kept); }));
  }
  void put_beyond_the_release() {
    put(nearest(row().kept, [this](auto measured) { return !is_beyond(measured, row().kept); }));
  }

  /// Runs; tells when the trip became `wanted`, counted from the call; never_ns when it did not.
  std::uint64_t run_for(std::uint64_t duration_ns, bool wanted) {
    const std::uint64_t from_ns = board_.now_ns();
    while (board_.now_ns() < from_ns + duration_ns) {
      board_.run_until(board_.now_ns() + App::tick_ns);
      if (is_tripped() == wanted) return board_.now_ns() - from_ns;
    }
    return never_ns;
  }
  void trip() {
    put_at_the_limit();
    ASSERT_NE(run_for(latest_ns() + App::tick_ns, true), never_ns);
    board_.run_until(board_.now_ns() + 2 * App::tick_ns);
    ASSERT_EQ(open_gates() & gates(), gates());
  }
  /// None of the row's gates has been on since `t_ns`.
  [[nodiscard]] bool gates_were_off_since(std::uint64_t t_ns) const {
    return std::none_of(board_.edges.begin(), board_.edges.end(), [&](const fake::Edge& edge) {
      const bool is_ours = edge.pin <= discharge_pin && (gates() & (1u << edge.pin)) != 0;
      return is_ours && edge.level == 1 && edge.t_ns > t_ns;
    });
  }

  fake::Board board_;
  std::unique_ptr<App> app_;
  Drive drive_ = *drive_of(row());

 private:
  void follow_with_the_pack() {  // both converters see the same cells
    std::int32_t sum_mV = 0;
    for (std::uint32_t cell = 0; cell < 8; ++cell) sum_mV += core::adc_12bit_5V_mV(board_.adc[cell]);
    board_.adc[adc_pack] = sum_mV / 4;
  }
};

TEST_P(EachRowOnTheBoard, NeverTripsJustInsideItsLimit) {
  ASSERT_EQ(open_gates(), core::no_gate) << "all is benign";
  put_inside();
  EXPECT_EQ(run_for(3 * row().delay_ns + 20 * s, true), never_ns);
}

TEST_P(EachRowOnTheBoard, TripsAtItsLimitWithinItsDelayAndOneScan) {
  put_at_the_limit();
  const std::uint64_t after_ns = run_for(latest_ns() + App::tick_ns, true);
  ASSERT_NE(after_ns, never_ns);
  EXPECT_GE(after_ns, row().delay_ns);
  board_.run_until(board_.now_ns() + 2 * App::tick_ns);
  EXPECT_EQ(open_gates() & gates(), gates());
}

TEST_P(EachRowOnTheBoard, RecoversBeforeItsDelayAndHasForgottenIt) {
  const std::uint64_t scans_ns = 2 * drive_.sampled_each_ns + 2 * App::tick_ns;
  if (row().delay_ns < 2 * scans_ns) {
    put_at_the_limit();
    EXPECT_LE(run_for(scans_ns, true), latest_ns()) << "there is no delay to recover in";
    return;
  }
  for (int again = 0; again < 3; ++again) {
    put_at_the_limit();
    ASSERT_EQ(run_for(row().delay_ns - scans_ns, true), never_ns);
    put_inside();
    ASSERT_EQ(run_for(scans_ns, true), never_ns);
  }
}

TEST_P(EachRowOnTheBoard, IsReleasedAsItsRuleSaysAndTripsAgain) {
  trip();
  if (row().row->rule == Release::after_time) {
    put_benign();
    ASSERT_EQ(run_for(row().release_ns - 10 * App::tick_ns, false), never_ns);
  } else {
    put_at_the_release();
    ASSERT_EQ(run_for(20 * s, false), never_ns);
    put_beyond_the_release();
  }
  ASSERT_NE(run_for(drive_.sampled_each_ns + 20 * App::tick_ns, false), never_ns);
  put_benign();
  board_.run_until(board_.now_ns() + 15 * s);
  EXPECT_EQ(open_gates(), core::no_gate);
  put_at_the_limit();
  EXPECT_NE(run_for(latest_ns() + App::tick_ns, true), never_ns);
}

TEST_P(EachRowOnTheBoard, WhoseCauseIsThereOpensNoGateAfterAResetInTheMiddleOfItsDelay) {
  put_at_the_limit();
  board_.run_until(board_.now_ns() + row().delay_ns / 2);
  for (const std::uint32_t cause : {BOARD_RESET_WATCHDOG, BOARD_RESET_POWER_ON}) {
    const std::uint64_t reset_ns = board_.now_ns();
    restart(cause);
    board_.run_until(reset_ns + 1 * s);
    EXPECT_TRUE(is_tripped()) << cause;
    EXPECT_TRUE(gates_were_off_since(reset_ns)) << cause;
  }
}

TEST_P(EachRowOnTheBoard, WhoseCauseIsThereKeepsItsGatesOffThroughAPowerCutAtAnyTickAfterTheTrip) {
  trip();
  for (int ticks = 0; ticks < 6; ++ticks) {
    board_.run_until(board_.now_ns() + static_cast<std::uint64_t>(ticks) * App::tick_ns);
    const std::uint64_t cut_ns = board_.now_ns();
    restart(BOARD_RESET_POWER_ON);
    board_.run_until(cut_ns + 1 * s);
    EXPECT_TRUE(is_tripped()) << ticks;
    EXPECT_TRUE(gates_were_off_since(cut_ns)) << ticks;
  }
}

TEST_P(EachRowOnTheBoard, ThatTimeReleasesWaitsItsTimeAnewAfterAPowerCutAndAnotherIsFree) {
  trip();
  board_.run_until(board_.now_ns() + 1 * s);  // the record is written
  put_benign();
  const std::uint64_t cut_ns = board_.now_ns();
  restart(BOARD_RESET_POWER_ON);
  if (row().row->rule == Release::after_time) {
    board_.run_until(cut_ns + row().release_ns - 10 * App::tick_ns);
    EXPECT_TRUE(is_tripped());
    EXPECT_TRUE(gates_were_off_since(cut_ns));
  }
  board_.run_until(board_.now_ns() + 15 * s);
  EXPECT_FALSE(is_tripped());
  EXPECT_EQ(open_gates(), core::no_gate);
}

INSTANTIATE_TEST_SUITE_P(Table, EachRowOnTheBoard, ::testing::ValuesIn(drivable()),
                         [](const auto& one) { return one.param.name; });

TEST(ProtectionCasesOnTheBoard, AreThoseOfMostRows) { EXPECT_GE(drivable().size(), 3 * 17u); }

}  // namespace
}  // namespace jk::app
