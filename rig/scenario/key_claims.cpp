// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/claims.hpp"
#include "rig/scenario/key_tables.hpp"

namespace rig::scenario {
namespace {

using namespace key_table;
using D = Dimension;

Key length(const char* name, const char* meaning, const char* example) {
  return quantity(name, D::time, meaning, example).in(0, longest_s, true);
}

Key protection() {
  Key key = word("protection", protection_names(), "adds the timeline of this protection");
  key.has_board = true;
  return key;
}

std::vector<Key> of_every_run() {
  return {
      condition("always", "holds in the whole window (while `while` holds)", "max(cell.voltage) < 3.80 V"),
      condition("never", "holds at no instant of the window (while `while` holds)", "min(cell.voltage) < 2.00 V"),
      condition("while", "only there the claim is judged", "charge_fet is on").only_beside("always|never"),
      condition("when", "each time this becomes true, `then` is due", "cell[3].voltage >= 3.61 V").with("then|within"),
      condition("then", "what must be true by `within`", "charge_fet is off").only_beside("when"),
      quantity("not before", D::time, "`then` is true no earlier than this after `when`", "1 s")
          .in(0, longest_s, true)
          .only_beside("when"),
      length("when it holds for", "time counts from when `when` has held that long", "1 s").only_beside("when"),
  };
}

/// What those that judge a stretch of the run have besides.
std::vector<Key> of_a_window() {
  return {
      condition("holds", "somewhere in the window this holds for `for at least` without a gap", "bms.balancing is on")
          .with("for at least"),
      condition("converges", "starts at or above `below` and from some instant within `within` on stays below it",
                "max(cell.voltage) - min(cell.voltage)")
          .with("below|within"),
      amount("below", "where it converges to, in its unit", "5 mV").only_beside("converges"),
      condition(
          "settles",
          "from some instant within `within` on this is no further than `band` from `to`, to the end of the window "
          "(for `for at least`)",
          "port.current")
          .with("to|band|within"),
      amount("to", "where it settles, in its unit", "20 A").only_beside("settles"),
      amount("band", "how far from `to` it may be; of a temperature in K", "0.5 A").only_beside("settles"),
      condition("eventually", "true at some instant no later than `by`", "charge_fet is off").with("by"),
      length("by", "no later than this after the begin of the window", "10 min").only_beside("eventually"),
      moment("after", "begin of the window: a time of the run, or the first instant at which a condition is true",
             "1 s"),
      moment("until", "end of the window: a time, or the first instant after its begin at which a condition is true",
             "10 min"),
      condition("between", "judged in every stretch from the first to the second of these conditions or instants",
                "charge_fet turns off, charge_fet turns on")
          .as_list(),
      protection()};
}

std::vector<Key> of_all() {
  return {
      length("within", "no later than this after `when`, or after the begin of the window", "5.2 s")
          .only_beside("when|converges|settles"),
      length("for at least", "how long it must stay so", "1 s").only_beside("when|holds|settles"),
      word("limit", "standard|declared|derived|marketing", "where the limit comes from; declared when not said")
          .shown_as("declared"),
      text("limit note", "the source of the limit, in words", "setting cell_ovp, 5 s of delay, one scan"),
      mapping("lint off", "expect.lint off", "rules of the linter (docs/linter.md) that are silent for this claim"),
      text("name", "what the claim is called; its own words when not said", "the charge FET opens in time"),
      text("shows", "requirement ids (`PROT-CUTP-1`) and clauses (`IEC 62619:2022/8.2.2`) that it shows", "PROT-COVP-1")
          .as_list(Key::List::either)};
}

Place lint_off() {
  Place place{"expect.lint off", "rules of the linter and why each is silent", {}, {}, {}};
  for (const std::string& rule : lint_rules())
    place.keys.push_back(text(rule.c_str(), "why it is silent for this claim", "a byte could hold 255 %"));
  place.at_least_one = lint_rules();
  return place;
}

const std::vector<std::string> kinds{"always", "never", "when", "holds", "converges", "settles", "eventually"};

Place claims() { return {"expect", "a claim", all_of({of_every_run(), of_a_window(), of_all()}), {}, kinds}; }

Place invariants() {
  const std::vector<Key> own{
      text("unless labels", "scenarios with one of these labels are left out", "destructive")
          .as_list(Key::List::either),
      text("unless settings", "runs in which one of these settings of the board is not 0 are left out",
           "temperature_sensors_disabled")
          .as_list(Key::List::either),
      text("off", "why one of this name that was declared elsewhere does not count", "the board has none")};
  Place place{"invariants", "a claim for every run", all_of({of_every_run(), of_all(), own}), {}, {}};
  for (Key& key : place.keys) {
    if (key.name == "name") key = key.required();
    std::erase(key.beside, "holds");
    std::erase(key.beside, "settles");
    std::erase(key.beside, "converges");
  }
  place.at_least_one = {"always", "never", "when", "off"};
  return place;
}

}  // namespace

std::vector<Place> claim_keys() { return {claims(), invariants(), lint_off()}; }

}  // namespace rig::scenario
