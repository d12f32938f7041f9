// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <array>

#include "models/afe/adc.hpp"
#include "models/math/exact.hpp"
#include "tests/models/support.hpp"
#include "tests/support/spice/bench_pack.hpp"

namespace {

void exponential(benchmark::State& state) {
  double x = -0.001;
  for (auto _ : state) {
    benchmark::DoNotOptimize(models::math::exp(x));
    x -= 1e-9;
  }
}
BENCHMARK(exponential);

void adc_sample(benchmark::State& state) {
  models::afe::AdcChannel adc({5, 12, false, 1e-3, 5e-4, 4e-4}, 1, 1);
  for (auto _ : state) benchmark::DoNotOptimize(adc.sample(3.3));
}
BENCHMARK(adc_sample);

void plant_segment(benchmark::State& state) {  // constant current, one look-ahead and its commit
  models::pack::Plant plant(tests::plain_pack(static_cast<int>(state.range(0))), 25);
  tests::close_switches(plant);
  plant.port().charger = models::port::Charger{1, 1000, 5e-3};
  for (auto _ : state) {
    plant.look_ahead();
    plant.advance_exactly_to(plant.horizon_ns());
  }
}
BENCHMARK(plant_segment)->Arg(8)->Arg(24);

/// A second of drive cycle: one segment from corner to corner. `bytes`: what a plant holds, one segment at a time.
void drive_segment(benchmark::State& state) {
  const auto c = tests::spice::make_case(static_cast<int>(state.range(0)), tests::spice::Drive::drive_cycle);
  auto plant = tests::spice::make_plant(c);
  const auto end = static_cast<std::int64_t>(c.duration_s * 1e9);
  for (auto _ : state) {
    plant.advance_exactly_to(plant.look_ahead());
    if (plant.now_ns() >= end) plant = tests::spice::make_plant(c);
  }
  state.counters["bytes"] = sizeof(plant);
}
BENCHMARK(drive_segment)->Arg(8)->Arg(24);

void all_voltages(benchmark::State& state) {  // every cell and the pack at one instant
  const auto c = tests::spice::make_case(static_cast<int>(state.range(0)), tests::spice::Drive::drive_cycle);
  auto plant = tests::spice::make_plant(c);
  plant.look_ahead();
  std::array<double, models::pack::max_cells + 1> out{};
  std::int64_t t = plant.now_ns();
  for (auto _ : state) {
    plant.voltages(t += 10, out.data());
    benchmark::DoNotOptimize(out);
  }
}
BENCHMARK(all_voltages)->Arg(8)->Arg(24);

void dense_sample(benchmark::State& state) {
  models::pack::Plant plant(tests::plain_pack(8), 25);
  plant.look_ahead();
  std::int64_t t = plant.now_ns();
  for (auto _ : state) benchmark::DoNotOptimize(plant.cell_V(3, t += 10));
}
BENCHMARK(dense_sample);

}  // namespace
