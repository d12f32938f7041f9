// SPDX-License-Identifier: Apache-2.0
#include "models/cell/visit.hpp"
#include "models/pack/visit.hpp"
#include "rig/scenario/capabilities.hpp"
#include "rig/scenario/key_tables.hpp"
#include "rig/scenario/parts.hpp"

namespace rig::scenario {
namespace {

using namespace key_table;
using models::cell::CellParams;

std::vector<Place> pack_places() {
  using models::cell::SpreadParams;
  const std::vector<Key> numbers = shown(numbers_of<models::pack::WiringParams>(), "busbar", "0.06 mohm");
  return {
      {"pack",
       "a pack",
       all_of({{text("name", "for people", "8S 280 Ah LFP").required(), of(cells_of_a_pack, 8, true),
                file("cell", "the cell file", "packs/cells/lfp_280ah.yaml").required()},
               numbers,
               {mapping("spread", "pack.spread",
                        "standard deviations around the values of the cell file, drawn from this seed and that of the "
                        "run"),
                mapping("cell[n]", "pack.cell[n]", "what is known of cell n; wins over the spread"), source()}}),
       {},
       {}},
      {"pack.spread",
       "a lot of cells",
       all_of({numbers_of<SpreadParams>("spread"), {of(seed_of_a_spread, 7, true), source()}}),
       {},
       {}},
      {"pack.cell[n]", "one cell, of its type's values", numbers_of<models::cell::CellSpread>("cell[n]"), {}, {}}};
}

Key group(const char* name, const char* meaning) {
  return mapping(name, (std::string("cell.") + name).c_str(), meaning);
}

Place group_place(const char* name, const char* about, const std::vector<Key>& more = {}) {
  const std::vector<Key> numbers =
      shown(shown(numbers_of<CellParams>(name), "capacity", "5700 J/K"), "to_ambient", "0.5 W/K");
  return {std::string("cell.") + name, about, all_of({numbers, more, {source()}}), {}, {}};
}

Key table(std::size_t number, const char* example) {
  const auto& t = models::cell::parameter_tables[number];
  return file(t.key, (std::string(t.meaning) + "; CSV with the columns " + t.columns).c_str(), example);
}

std::vector<Place> cell_places() {
  std::vector<Key> slopes;
  for (const models::math::Parameter& p : models::cell::end_slopes) slopes.push_back(of(p));
  return {{"cell",
           "a cell",
           all_of({{text("name", "for people", "A123 26650, 2.07 Ah LFP").required(), source().required(),
                    text("validity", "where the numbers hold", "-15 to 45 degC, up to 5 C for seconds")},
                   shown(numbers_of<CellParams>(), "capacity", "280 Ah"),
                   {table(0, "packs/cells/data/ocv_flat_3v33.csv").required(),
                    table(1, "packs/cells/data/ecm_0m20.csv").required(), of(models::cell::over_temperature_choice),
                    group("hysteresis", "how fast the branches of the open-circuit voltage are changed"),
                    group("entropy", "heat and voltage from the entropic coefficient"),
                    group("self_discharge", "what leaks away"), group("heat", "heat capacity and paths").required(),
                    group("end_slopes", "beyond 0 and 100 %, when the table's own end slopes shall not go on")}}),
           {},
           {}},
          group_place("hysteresis", "branches of the open-circuit voltage"),
          group_place("entropy", "entropic coefficient",
                      {table(2, "packs/cells/data/dudt_thevenin_100ah.csv"), of(models::cell::shifts_voltage_choice)}),
          group_place("self_discharge", "self-discharge"),
          group_place("heat", "heat", {of(models::cell::rc_heat_choice)}),
          group_place("end_slopes", "ends of the open-circuit voltage", slopes)};
}

Place bench_quantity(const char* name, Dimension difference, const char* example) {
  std::vector<Key> keys{
      quantity("absolute", difference, "the part that does not depend on the reading", example).in(0, 1000, true)};
  if (difference != Dimension::temperature_difference)  // a part of what, where 0 degC is no nothing
    keys.push_back(quantity("relative", Dimension::ratio, "the part that grows with it", "0.05 %").in(0, 1, true));
  keys.push_back(
      quantity("k", Dimension::none, "coverage factor that these figures are stated with", "2").in(1, 10).required());
  keys.push_back(text("source", "certificate or budget", "certificate 2026-114").required());
  Place place{std::string("bench.uncertainty.") + name, std::string("expanded uncertainty of a ") + name, keys, {}, {}};
  place.at_least_one = {"absolute"};
  if (difference != Dimension::temperature_difference) place.at_least_one.emplace_back("relative");
  return place;
}

std::vector<Place> bench_uncertainty() {
  std::vector<Place> places{{"bench.uncertainty",
                             "how well the bench measures; verdicts then leave a guard band of it",
                             {mapping("voltage", "bench.uncertainty.voltage", "of voltages"),
                              mapping("current", "bench.uncertainty.current", "of currents"),
                              mapping("temperature", "bench.uncertainty.temperature", "of temperatures"),
                              mapping("time", "bench.uncertainty.time", "of times between two events")},
                             {},
                             {}}};
  places.front().at_least_one = {"voltage", "current", "temperature", "time"};
  places.push_back(bench_quantity("voltage", Dimension::voltage, "1 mV"));
  places.push_back(bench_quantity("current", Dimension::current, "20 mA"));
  places.push_back(bench_quantity("temperature", Dimension::temperature_difference, "0.5 K"));
  places.push_back(bench_quantity("time", Dimension::time, "1 ms"));
  return places;
}

Place bench() {
  const Key can =
                word("can", known_needs(),
                     "what it can do to a board: actions, with a stroke what the plain one does not cover, `ntc/open`; "
                     "and how a run may begin")
                    .shown_as("soc"),
            observes = word("observes", known_observables(),
                            "signals that it can see beside what the board reports, those of all cells as cell.voltage")
                           .shown_as("port.current");
  return {"bench",
          "a bench",
          {text("name", "what results call it", "our rack").required(),
           word("is", "sim", "the simulation, limited to what is listed").required(), can.as_list().required(),
           observes.as_list(), mapping("uncertainty", "bench.uncertainty", "how well it measures"), source()},
          {},
          {}};
}

}  // namespace

std::vector<Place> part_keys() {
  std::vector<Place> places;
  for (const auto& some : {pack_places(), cell_places(), std::vector<Place>{bench()}, bench_uncertainty()})
    places.insert(places.end(), some.begin(), some.end());
  return places;
}

}  // namespace rig::scenario
