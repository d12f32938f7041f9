// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <ostream>
#include <string>

#include "tests/models/support.hpp"

using models::pack::Ledger;
using models::pack::Term;
using namespace tests;

namespace {

constexpr double closes_within = 1e-6;

PlantParams booked(PlantParams params = plain_pack(4)) {
  params.busbar_ohm = 0.5e-3;
  params.shunt_ohm = 1e-3;
  params.copper_ohm = 1e-3;
  params.supply_current_A = 0.5;
  params.charge_bank.on_ohm = params.discharge_bank.on_ohm = 2e-3;
  params.brown_out_V = -1;
  return params;
}

void charge(Plant& plant) {
  close_switches(plant);
  plant.port().charger = Charger{84, 40, 5e-3};
  run_to(plant, plant.now_ns() + 600 * ns_per_s);
}

void discharge_through_the_diode(Plant& plant) {
  close_switches(plant);
  plant.set_gate(true, false);
  plant.port().load = Load{50, 0, 0};
  run_to(plant, plant.now_ns() + 300 * ns_per_s);
}

void open_a_channel_over_and_over(Plant& plant) {
  plant.port().charger = Charger{84, 20, 5e-3};
  for (int n = 0; n < 200; ++n) {
    close_switches(plant);
    run_to(plant, plant.now_ns() + 50 * ns_per_us);
    plant.set_gate(true, false);
    run_to(plant, plant.now_ns() + 40 * ns_per_us);
  }
}

void interrupt_a_short(Plant& plant) {
  close_switches(plant);
  plant.port().short_circuit = models::port::Short{10e-3, 0};
  run_to(plant, plant.now_ns() + 300 * ns_per_us);
  plant.set_gate(false, false);
  run_to(plant, plant.now_ns() + 1500 * ns_per_us);
}

void break_off_a_short(Plant& plant) {
  close_switches(plant);
  plant.port().short_circuit = models::port::Short{5e-3, 0};
  run_to(plant, plant.now_ns() + 60 * ns_per_us);
}

void heat(Plant& plant) {
  plant.set_heater_switch(true);
  run_to(plant, plant.now_ns() + 600 * ns_per_s);
}

void precharge(Plant& plant) {
  plant.set_precharge(true);
  plant.port().load = Load{0, 1, 0};
  run_to(plant, plant.now_ns() + 60 * ns_per_s);
}

void precharge_an_inverter(Plant& plant) {
  plant.set_precharge(true);
  plant.port().inverter = models::port::Inverter{0, 0.5, 5e-3, 0, 100};
  run_to(plant, plant.now_ns() + ns_per_s / 10);
}

void limit(Plant& plant) {
  close_switches(plant);
  plant.set_gate(true, false);
  plant.set_charge_limiter(true);
  plant.port().charger = Charger{84, 20, 5e-3};
  run_to(plant, plant.now_ns() + 60 * ns_per_s);
}

void balance(Plant& plant) {
  plant.set_converter({true, false, 2, 1});
  run_to(plant, plant.now_ns() + 30 * ns_per_s);
  plant.set_converter({true, true, 1, 1});
  run_to(plant, plant.now_ns() + 10 * ns_per_s);
}

void balance_into_a_leaking_store(Plant& plant) {
  plant.set_converter_faults({-1, 2});
  balance(plant);
}

void discharge_with_an_internal_short(Plant& plant) {
  models::cell::CellFaults fault;
  fault.internal_short_ohm = 0.5;
  plant.set_cell_faults(2, fault);
  close_switches(plant);
  plant.port().load = Load{50, 0, 0};
  run_to(plant, plant.now_ns() + 600 * ns_per_s);
}

struct Case {
  const char* name;
  Term term;
  void (*play)(Plant&);
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class LedgerOf : public testing::TestWithParam<Case> {
 protected:
  static Ledger played() {
    PlantParams params = booked();
    params.heater_ohm = 2;
    params.precharge_ohm = 0.2;
    params.charge_limiter_A = 10;
    Plant plant(params, 25);
    plant.keep_ledger(true);
    GetParam().play(plant);
    return plant.ledger();
  }
};

double error_of(const Ledger& ledger, Term term) {
  return std::abs(term >= Term::plate_stored ? ledger.plate_error() : ledger.electrical_error());
}

}  // namespace

TEST_P(LedgerOf, ClosesToAMillionth) {
  const Ledger ledger = played();
  EXPECT_LT(std::abs(ledger.electrical_error()), closes_within);
  EXPECT_LT(std::abs(ledger.plate_error()), closes_within);
}

TEST_P(LedgerOf, DoesNotCloseWithOneTermATenthOfAPercentWrong) {
  Ledger ledger = played();
  ledger[GetParam().term] *= 1.001;
  EXPECT_GT(error_of(ledger, GetParam().term), closes_within);
}

INSTANTIATE_TEST_SUITE_P(
    EveryTerm, LedgerOf,
    testing::Values(
        Case{"port", Term::port, charge}, Case{"busbar", Term::busbar, charge}, Case{"shunt", Term::shunt, charge},
        Case{"copper", Term::copper, charge}, Case{"channels", Term::channels, charge},
        Case{"diodes", Term::diodes, discharge_through_the_diode}, Case{"bypass", Term::bypass, precharge},
        Case{"inverter", Term::bypass, precharge_an_inverter}, Case{"limiter", Term::limiter, limit},
        Case{"switching", Term::switching, open_a_channel_over_and_over},
        Case{"avalanche", Term::avalanche, interrupt_a_short}, Case{"inductance", Term::inductance, break_off_a_short},
        Case{"supply", Term::supply, charge}, Case{"heater", Term::heater, heat}, Case{"store", Term::store, balance},
        Case{"converter", Term::converter, balance}, Case{"store_leak", Term::store_leak, balance_into_a_leaking_store},
        Case{"cell_others", Term::cell_others, discharge_with_an_internal_short},
        Case{"cell_r0", Term::cell_r0, charge}, Case{"cell_rc", Term::cell_rc, charge},
        Case{"cell_ocv", Term::cell_ocv, charge}, Case{"plate_stored", Term::plate_stored, charge},
        Case{"plate_ambient", Term::plate_ambient, charge}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(LedgerOfThePlant, StaysEmptyWhenItIsNotAskedFor) {
  Plant plant(booked(), 25);
  charge(plant);
  EXPECT_EQ(plant.ledger()[Term::port], 0);
}
