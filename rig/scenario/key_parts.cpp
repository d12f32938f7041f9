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
           observes.as_list(), source()},
          {},
          {}};
}

}  // namespace

std::vector<Place> part_keys() {
  std::vector<Place> places;
  for (const auto& some : {pack_places(), cell_places(), std::vector<Place>{bench()}})
    places.insert(places.end(), some.begin(), some.end());
  return places;
}

}  // namespace rig::scenario
