// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/key_tables.hpp"

namespace rig::scenario {
namespace {

using namespace key_table;
using D = Dimension;
constexpr auto list = Key::List::yes;
constexpr auto one_or_list = Key::List::either;

std::vector<Key> of_one_board(const char* unless) {
  return {
      file("board", "the board under test, a file: looked for beside this one, then among those that come with Cellrig",
           "boards/jk_b2a8s20p.yaml")
          .required(unless),
      file("pack", "what it is connected to, a file like `board`", "packs/lfp_8s_280ah.yaml").required(unless),
      mapping("settings", "scenario.settings",
              "of the board, each with its unit; `cell_count` and `capacity` come from the pack when not said"),
      mapping("start", "scenario.start", "how the run begins"),
  };
}

std::vector<Key> of_a_scenario() {
  return all_of(
      {{text("about", "one sentence for people", "Cell 3 is 4 % ahead while the pack is charged.")},
       of_one_board("template|boards"),
       {mapping("boards", "scenario.boards", "several boards in place of board, pack, settings and start"),
        mapping("do", "do", "what is done, each with its moment; nothing when not said").as_list(),
        quantity("run_for", D::time, "how long the run lasts, at most 366 d", "20 min")
            .in(0, longest_s, true)
            .required("template"),
        mapping("trace", "scenario.trace", "how finely the run is recorded; chosen from run_for when not said"),
        mapping("expect", "expect", "what must hold").as_list().required("template"),
        text("labels", "words for `--label`", "night").as_list(one_or_list),
        text("shows", "requirement ids (`PROT-CUTP-1`) and clauses (`IEC 62619:2022/8.2.2`) that it shows",
             "PROT-COVP-1")
            .as_list(one_or_list)}});
}

Key parameters_of_a_template() {
  Key key = mapping("parameters", "scenario.parameters",
                    "names and defaults of `${name}`; `required` has none, and a list of names is short for that");
  key.kind = Key::Kind::text;
  key.list = Key::List::either;
  return key;
}

}  // namespace

std::vector<Place> scenario_keys() {
  const Key value = scalar("*", "the value of the parameter", "3.6 V");
  return {
      {"scenarios",
       "a file of scenarios; beside these keys each other one is the name of a scenario",
       {file("include", "files whose parameters, templates and invariants count here, their scenarios do not",
             "common.yaml")
            .as_list(one_or_list),
        mapping("parameters", "scenarios.parameters", "what `${name}` stands for in values and keys of this file"),
        mapping("templates", "scenarios.templates", "scenarios to be filled in by `template:` and `with:`"),
        mapping("invariants", "invariants", "claims for every run").as_list()},
       mapping("*", "scenario", "one claim about a board with everything needed to run it"),
       {}},
      {"scenarios.parameters", "values by name", {}, value, {}},
      {"scenarios.templates", "templates by name", {}, mapping("*", "template", "a scenario with holes"), {}},
      {"scenario",
       "a scenario",
       all_of({of_a_scenario(),
               {text("template", "name of the template that this one fills in", "overcharge"),
                mapping("with", "scenario.with", "values of the template's parameters").only_beside("template"),
                mapping("for", "scenario.for", "a family: one scenario for each point of this grid"),
                parameters_of_a_template()}}),
       {},
       {}},
      {"template", "a scenario with holes", all_of({of_a_scenario(), {parameters_of_a_template()}}), {}, {}, true},
      {"scenario.parameters", "defaults by name, or required", {}, value, {}},
      {"scenario.with", "values by name", {}, value, {}},
      {"scenario.for",
       "lists of values by name",
       {},
       scalar("*", "values of the parameter", "3.6 V").as_list(list),
       {}},
      {"scenario.boards", "boards by names of your own", {}, mapping("*", "bank", "a board with its pack"), {}},
      {"bank", "one of several boards", of_one_board(""), {}, {}},
      {"scenario.settings",
       "settings of the board by name",
       {text("preset", "name of a preset of the board, under the settings beside it", "LiFePO4")},
       scalar("*", "the value of a setting of the board", "3.6 V"),
       {}},
      {"scenario.start",
       "how the run begins",
       {quantity("soc", D::ratio, "state of charge of every cell; 50 % when not said", "94 %").in(0, 1),
        quantity("ambient", D::temperature, "of the air; 25 degC when not said", "25 degC").in(-60, 150),
        quantity("temperature", D::temperature, "of every cell; that of the air when not said", "25 degC").in(-60, 150),
        quantity("cell[n].soc", D::ratio, "state of charge of cell n", "98 %").in(0, 1),
        quantity("cell[n].temperature", D::temperature, "of cell n", "40 degC").in(-60, 150)},
       {},
       {}},
      {"scenario.trace",
       "how finely the run is recorded",
       {quantity("interval", D::time, "time between two rows of the trace", "50 ms").in(0, longest_s, true).required()},
       {},
       {}}};
}

}  // namespace rig::scenario
