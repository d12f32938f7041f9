// SPDX-License-Identifier: Apache-2.0
// A charger on cells of constant parameters: the short way against the long one, which the same cells take when they
// have an entropic heat of 0 V/K.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/models/support.hpp"

using namespace tests;

namespace {

enum class Way : std::uint8_t { shortest, longest };

/// Open-circuit voltage with as many pieces; the slope goes up and down from piece to piece.
models::math::Table bent_ocv(int pieces) {
  std::vector<double> soc, volts;
  for (int i = 0; i <= pieces; ++i) {
    const double s = static_cast<double>(i) / pieces;
    soc.push_back(s);
    volts.push_back(3.1 + 0.25 * s + 0.15 * s * s * s + (i % 2 == 0 ? 0 : 0.01 / pieces));
  }
  return {soc, volts};
}

models::cell::CellParams charged_cell(Way way, int pieces) {
  auto cell = plain_cell(10);
  cell.ocv_V = bent_ocv(pieces);
  if (way == Way::longest) cell.dudt_V_per_K = {{0, 1}, {0, 0}};
  return cell;
}

/// Seven cells that differ, from 60 % on. The temperature of the switches stays, so that the loop remains settled.
Plant charged_pack(Way way, int pieces, const Charger& charger, double max_step_s = 2, double load_A = 0) {
  auto params = plain_pack(7, charged_cell(way, pieces));
  for (int k = 0; k < 7; ++k)
    params.spread[static_cast<std::size_t>(k)] = {1 + 0.01 * (k % 3 - 1), 1 + 0.03 * (k % 4 - 1), 1};
  params.mos_heat_capacity_J_per_K = 1e9;
  params.charge_bank.junction_K_per_W = params.discharge_bank.junction_K_per_W = 0;
  params.supply_current_A = 0.02;
  params.max_step_s = max_step_s;
  Plant plant(std::move(params), 25);
  for (std::size_t k = 0; k < 7; ++k) plant.state_for_start().cell[k].soc = 0.6 + 0.01 * static_cast<double>(k % 5);
  close_switches(plant);
  plant.port().charger = charger;
  if (load_A > 0) plant.port().load = Load{load_A, 0, 0};
  return plant;
}

constexpr Charger bench_charger{10, 7 * 3.47, 0.02};

/// The segment that holds `t`.
void look_to(Plant& plant, std::int64_t t) {
  if (plant.needs_look_ahead()) plant.look_ahead();
  while (plant.horizon_ns() < t) {
    plant.advance_exactly_to(plant.horizon_ns());
    plant.look_ahead();
  }
}

struct Apart {
  double cell_V = 0, port_V = 0, port_A = 0, degC = 0;
};

Apart apart(Plant& a, Plant& b, std::int64_t from, std::int64_t until) {
  Apart worst;
  for (std::int64_t t = from; t < until; t += 730 * ns_per_s / 1000) {
    look_to(a, t);
    look_to(b, t);
    double va[8], vb[8];
    a.voltages(t, va);
    b.voltages(t, vb);
    for (int k = 0; k < 7; ++k) {
      worst.cell_V = std::max(worst.cell_V, std::abs(va[k] - vb[k]));
      worst.cell_V = std::max(worst.cell_V, std::abs(va[k] - a.cell_V(k, t)));
      worst.degC = std::max(worst.degC, std::abs(a.cell_degC(k, t) - b.cell_degC(k, t)));
    }
    worst.port_V = std::max(worst.port_V, std::abs(a.port_V(t) - b.port_V(t)));
    worst.port_A = std::max(worst.port_A, std::abs(a.port_A(t) - b.port_A(t)));
  }
  return worst;
}

/// When the current has fallen by `fall_A` below the charger's, s; 0 within an hour: never.
double falls_at_s(Plant plant, double fall_A) {
  const double full_A = bench_charger.current_A;
  while (plant.now_ns() < 3600 * ns_per_s) {
    plant.look_ahead();
    if (plant.now_ns() > ns_per_s && plant.port_A(plant.horizon_ns()) < full_A - fall_A) {
      std::int64_t before = plant.now_ns(), at = plant.horizon_ns();
      while (at - before > 1) {
        const std::int64_t middle = before + (at - before) / 2;
        (plant.port_A(middle) < full_A - fall_A ? at : before) = middle;
      }
      return static_cast<double>(at) * 1e-9;
    }
    plant.advance_exactly_to(plant.horizon_ns());
  }
  return 0;
}

class ChargeOverOcvOf : public ::testing::TestWithParam<int> {};

}  // namespace

/// Bounds: twice what was measured.
TEST_P(ChargeOverOcvOf, GoesTheShortWayAsItGoesTheLongOne) {
  for (const double max_step_s : {2.0, 4.0}) {
    Plant quick = charged_pack(Way::shortest, GetParam(), bench_charger, max_step_s),
          slow = charged_pack(Way::longest, GetParam(), bench_charger, max_step_s);
    const Apart worst = apart(quick, slow, ns_per_s, 3600 * ns_per_s);
    EXPECT_LT(quick.port_A(quick.now_ns()), 0.8 * bench_charger.current_A) << "constant voltage has not come";
    EXPECT_LT(worst.cell_V, max_step_s > 2 ? 3.2e-7 : 2e-7);
    EXPECT_LT(worst.port_V, 2.1e-6);
    EXPECT_LT(worst.port_A, 3.3e-4);
    EXPECT_LT(worst.degC, 1.4e-6);
  }
}

TEST_P(ChargeOverOcvOf, TurnsToConstantVoltageAtTheSameInstant) {
  for (const double max_step_s : {2.0, 4.0}) {
    const auto turns_at_s = [&](Way way) {
      return falls_at_s(charged_pack(way, GetParam(), bench_charger, max_step_s), 0.02);
    };
    const double quick_s = turns_at_s(Way::shortest);
    EXPECT_GT(quick_s, 100);
    EXPECT_NEAR(quick_s, turns_at_s(Way::longest), 5e-3);  // twice what was measured
  }
}

TEST_P(ChargeOverOcvOf, EndsConstantCurrentWhereTheVoltageIsReached) {
  Plant plant = charged_pack(Way::shortest, GetParam(), bench_charger);
  double turn_V = 0;
  run_to(plant, 3600 * ns_per_s, [&](const Plant& p) {
    const double from = p.port_A(p.now_ns()), to = p.port_A(p.horizon_ns());
    if (turn_V == 0 && p.now_ns() > ns_per_s && from > 10 - 1e-8 && to < 10 - 1e-8) turn_V = p.port_V(p.now_ns());
  });
  EXPECT_NEAR(turn_V, bench_charger.voltage_V - bench_charger.resistance_ohm * bench_charger.current_A, 1e-7);
}

TEST_P(ChargeOverOcvOf, HoldsTheChargersVoltageAtTheEndsAndInTheMiddleOfEverySegment) {
  for (const double max_step_s : {2.0, 10.0, 40.0}) {
    Plant plant = charged_pack(Way::shortest, GetParam(), bench_charger, max_step_s);
    double at_end_A = 0, in_middle_A = 0;
    int segments = 0;
    const auto off_A = [](const Plant& p, std::int64_t t) {
      const double h = static_cast<double>(p.horizon_ns() - p.now_ns()) * 1e-9,
                   slope = (p.port_A(p.horizon_ns()) - p.port_A(p.now_ns())) / h,
                   port_V = p.port_V(t) - p.params().loop_inductance_H * slope;
      return std::abs((bench_charger.voltage_V - port_V) / bench_charger.resistance_ohm - p.port_A(t));
    };
    run_to(plant, 3600 * ns_per_s, [&](const Plant& p) {
      if (p.port_A(p.horizon_ns()) > 9.999 || p.now_ns() < ns_per_s) return;
      ++segments;
      at_end_A = std::max(at_end_A, off_A(p, p.horizon_ns()));
      in_middle_A = std::max(in_middle_A, off_A(p, (p.now_ns() + p.horizon_ns()) / 2));
    });
    EXPECT_GT(segments, 60);
    EXPECT_LT(at_end_A, 1e-8) << max_step_s;
    EXPECT_LT(in_middle_A, 2.6e-4) << max_step_s;  // 0.2 mA times the whole loop's resistance over the charger's
  }
}

INSTANTIATE_TEST_SUITE_P(Pieces, ChargeOverOcvOf, ::testing::Values(3, 40, 1500));

TEST(ChargeOnTheShortWay, GoesBackToAnInstantInTheMiddleOfATaperingSegment) {
  Plant whole = charged_pack(Way::shortest, 40, bench_charger), cut = charged_pack(Way::shortest, 40, bench_charger);
  int cuts = 0;
  double worst_V = 0;
  while (cut.now_ns() < 2000 * ns_per_s) {
    cut.look_ahead();
    const bool tapers = cut.port_A(cut.horizon_ns()) < 9.9 && cut.now_ns() > ns_per_s;
    if (tapers && cut.now_ns() / (50 * ns_per_s) >= cuts) {
      ++cuts;
      const std::int64_t t = cut.now_ns() + (cut.horizon_ns() - cut.now_ns()) / 3;
      const double before_V = cut.cell_V(2, t), before_A = cut.port_A(t);
      cut.advance_exactly_to(t);
      cut.look_ahead();
      EXPECT_NEAR(cut.cell_V(2, t), before_V, 1e-6);
      EXPECT_NEAR(cut.port_A(t), before_A, 2.5e-4);
      look_to(whole, t);
      for (int k = 0; k < 7; ++k) worst_V = std::max(worst_V, std::abs(cut.cell_V(k, t) - whole.cell_V(k, t)));
    }
    cut.advance_exactly_to(cut.horizon_ns());
  }
  EXPECT_GT(cuts, 18);
  EXPECT_LT(worst_V, 1e-6);
}

TEST(ChargeOnTheShortWay, LeavesAConstantLoadItsCurrent) {
  const Charger charger{12, bench_charger.voltage_V, bench_charger.resistance_ohm};
  Plant quick = charged_pack(Way::shortest, 40, charger, 2, 3), slow = charged_pack(Way::longest, 40, charger, 2, 3);
  const Apart worst = apart(quick, slow, ns_per_s, 3600 * ns_per_s);
  EXPECT_LT(quick.port_A(quick.now_ns()), 7);
  EXPECT_LT(worst.cell_V, 1e-6);
  EXPECT_LT(worst.port_A, 4e-4);
}

namespace {

constexpr Charger strong_charger{150, 7 * 3.55, 2e-3};

/// 150 A over some milliohms warm the switches so far within a segment that the loop is no longer settled at its end.
Plant warming_pack(Way way) {
  auto cell = charged_cell(way, 40);
  cell.capacity_Ah = 100;
  auto params = plain_pack(7, cell);
  params.supply_current_A = 0.02;
  Plant plant(std::move(params), 25);
  for (std::size_t k = 0; k < 7; ++k) plant.state_for_start().cell[k].soc = 0.6 + 0.01 * static_cast<double>(k % 5);
  close_switches(plant);
  plant.port().charger = strong_charger;
  return plant;
}

}  // namespace

TEST(ChargeOnTheShortWay, HandsOverToTheLongOneAndBackWhileTheSwitchesWarm) {
  Plant plant = warming_pack(Way::shortest);
  int to_long = 0, to_short = 0;
  double jump_A = 0, jump_V = 0, end_A = 0, end_V = 0;
  bool was_short = false;
  run_to(plant, 3600 * ns_per_s, [&](const Plant& p) {
    const bool is_short = p.is_on_short_way();
    if (p.now_ns() > ns_per_s && is_short != was_short) {
      ++(is_short ? to_short : to_long);
      jump_A = std::max(jump_A, std::abs(p.port_A(p.now_ns()) - end_A));
      jump_V = std::max(jump_V, std::abs(p.cell_V(2, p.now_ns()) - end_V));
    }
    was_short = is_short;
    end_A = p.port_A(p.horizon_ns());
    end_V = p.cell_V(2, p.horizon_ns());
  });
  EXPECT_GT(to_long, 3);
  EXPECT_GT(to_short, 3);
  const double settled_A = 1e-6 * strong_charger.current_A;
  EXPECT_LT(jump_A, settled_A);
  EXPECT_LT(jump_V, 1.03 * 0.5e-3 * settled_A);
}

TEST(ChargeOnTheShortWay, AgreesWithTheLongOneWhileTheSwitchesWarm) {
  Plant quick = warming_pack(Way::shortest), slow = warming_pack(Way::longest);
  const Apart worst = apart(quick, slow, ns_per_s, 3600 * ns_per_s);
  EXPECT_LT(quick.port_A(quick.now_ns()), 10);
  EXPECT_LT(worst.cell_V, 2e-6);
  EXPECT_LT(worst.port_V, 5e-5);
  EXPECT_LT(worst.port_A, 2 * (1e-5 * strong_charger.current_A + 1e-4));  // each ramp agrees so well with its loop
  EXPECT_LT(worst.degC, 1e-3);
}

/// A long look-ahead over pairs that settle within seconds: as long as a cubic follows them.
TEST(ChargeOnTheShortWay, SamplesOfLongSegmentsAgreeWithFineSteps) {
  const auto plant_of = [](double max_step_s) {
    auto cell = charged_cell(Way::shortest, 40);
    cell.r1_ohm = 3e-3;
    cell.tau1_s = 1.5;
    auto params = plain_pack(7, cell);
    params.mos_heat_capacity_J_per_K = 1e9;
    params.charge_bank.junction_K_per_W = params.discharge_bank.junction_K_per_W = 0;
    params.max_step_s = max_step_s;
    Plant plant(std::move(params), 25);
    close_switches(plant);
    plant.port().charger = Charger{20, 7 * 3.47, 0.02};
    return plant;
  };
  Plant plant = plant_of(10), fine = plant_of(0.01);
  double worst = 0, longest_s = 0;
  run_to(plant, 1500 * ns_per_s, [&](const Plant& p) {
    const std::int64_t t = p.now_ns() + (p.horizon_ns() - p.now_ns()) * 5 / 11;
    longest_s = std::max(longest_s, static_cast<double>(p.horizon_ns() - p.now_ns()) * 1e-9);
    if (t < 20'000'000 || t > 40 * ns_per_s) return;
    look_to(fine, t);
    for (int k = 0; k < 7; ++k) worst = std::max(worst, std::abs(p.cell_V(k, t) - fine.cell_V(k, t)));
  });
  EXPECT_GT(longest_s, 5);
  EXPECT_LT(worst, 2e-6);
}

TEST(MeasuredCurrentOnTheShortWay, CrossesKnotsUpAndDownAsTheLongWayDoes) {
  for (const int pieces : {3, 40, 1500}) {
    const auto driven_pack = [&](Way way) {
      Plant plant(plain_pack(7, charged_cell(way, pieces)), 25);
      close_switches(plant);
      models::port::Profile profile;
      for (int i = 0; i <= 900; ++i) {
        profile.time_s.push_back(2 * i);
        profile.current_A.push_back((i / 30) % 2 == 0 ? 30 - (i % 5) : -25 + (i % 7));
      }
      plant.port().set_profile(profile);
      return plant;
    };
    Plant quick = driven_pack(Way::shortest), slow = driven_pack(Way::longest);
    EXPECT_LT(apart(quick, slow, ns_per_s, 1800 * ns_per_s).cell_V, 1e-8) << pieces;
  }
}
