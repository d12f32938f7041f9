// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/key_tables.hpp"

namespace rig::scenario {
namespace {

using namespace key_table;
using D = Dimension;
constexpr double most_phases = 100'000;

Key phase_period() {
  return quantity("of", D::time, "the period: scan, the board's time per channel times its cells, or a time", "scan")
      .in(0, longest_s, true)
      .or_words("scan");
}

Place edge(const char* name, const char* about, const char* happening, const char* meaning) {
  return {name,
          about,
          {text("value", "place in an action that is moved", "do[1].hold.cell[3].voltage").required(),
           amount("between", "two values: at the first it does not happen, at the second it does", "3.5 V, 3.8 V")
               .as_list()
               .required(),
           amount("resolution", "how finely, in the same unit", "0.5 mV").required(),
           text("around", "place of the setting where it ought to be", "settings.cell_ovp"),
           condition(happening, meaning, "charge_fet is off").required(),
           quantity("within", D::time, "of the action; to the next one or the end when not said", "7 s")
               .in(0, longest_s, true)},
          {},
          {}};
}

std::vector<Place> law_places() {
  const Key least = amount("least", "what lies below is drawn from the part inside", "90 %"),
            most = amount("most", "what lies above is drawn from the part inside", "100 %");
  const auto number = [](const char* name, const char* meaning, const char* example) {
    return amount(name, meaning, example).required();
  };
  return {{"campaign.draw.law",
           "a distribution, one of these",
           {mapping("normal", "campaign.draw.normal", "Gauss"),
            mapping("uniform", "campaign.draw.uniform", "all values alike"),
            mapping("triangular", "campaign.draw.triangular", "three points"),
            mapping("lognormal", "campaign.draw.lognormal", "the logarithm is normal")},
           {},
           {"normal", "uniform", "triangular", "lognormal"}},
          {"campaign.draw.normal",
           "normal distribution",
           {number("mean", "its mean", "98 %"), number("sigma", "standard deviation", "0.5 %"), least, most},
           {},
           {}},
          {"campaign.draw.uniform",
           "uniform distribution",
           {number("from", "least value", "92 %"), number("to", "greatest value", "98 %"), least, most},
           {},
           {}},
          {"campaign.draw.triangular",
           "triangular distribution",
           {number("from", "least value", "92 %"), number("to", "greatest value", "98 %"),
            number("likely", "the most frequent value", "95 %"), least, most},
           {},
           {}},
          {"campaign.draw.lognormal",
           "logarithmic normal distribution",
           {number("median", "half lies below", "95 %"), number("sigma", "of the logarithm, a pure number", "0.01"),
            least, most},
           {},
           {}}};
}

}  // namespace

std::vector<Place> campaign_keys() {
  std::vector<Place> places{
      {"campaigns", "a file of campaigns by name", {}, mapping("*", "campaign", "a scenario, many runs"), {}},
      {"campaign",
       "a scenario, many runs",
       {text("scenario", "NAME of one that comes with Cellrig, PATH or PATH::NAME, or a list of them",
             "overcharge_of_one_strong_cell_opens_the_charge_fet")
            .as_list(Key::List::either)
            .required(),
        text("about", "one sentence for people", "Where the charge FET really opens."),
        mapping("search", "campaign.search", "where a value really trips, by bisection"),
        mapping("phases", "campaign.phases", "the fault at so many offsets inside of a scan"),
        mapping("faults", "campaign.faults", "each fault before each other, alone, and none"),
        mapping("vary", "campaign.vary", "a grid of values"),
        mapping("draw", "campaign.draw", "values drawn from distributions").with("runs"),
        whole("runs", 1, 1'000'000, "how many are drawn", "100").only_beside("draw"),
        whole("seed", 0, 1'000'000'000, "of what is drawn; 1 when not said", "1"),
        bit("shrink", "the first run that breaks a claim is made smaller")},
       {},
       {},
       false,
       {"search", "phases", "faults", "vary", "draw", "shrink"}},
      {"campaign.search",
       "a bisection",
       {mapping("trip", "campaign.search.trip", "the edge at which it happens").required(),
        mapping("release", "campaign.search.release", "the edge at which it ends, of a later action"),
        amount("tolerance", "of trip and release against `around`; beyond it the campaign fails", "6 mV"),
        amount("overdrives", "beyond the trip: the delay over the overdrive", "100 mV").as_list(),
        whole("phases", 1, 1000, "of the scan, at each overdrive; 1 when not said", "64"),
        quantity("scan", D::time, "the period of the scan; the board's when not said", "64 ms").in(0, longest_s, true)},
       {},
       {}},
      edge("campaign.search.trip", "where it happens", "trips", "what happens"),
      edge("campaign.search.release", "where it ends", "releases", "what happens then"),
      {"campaign.phases",
       "offsets inside of a period",
       {whole("count", 2, most_phases, "how many", "64").required(), phase_period(),
        text("from", "entry of do: that is moved with all behind it; the first behind time 0 when not said", "do[1]"),
        text("claim", "name of the claim whose reaction is measured; the first when … then when not said",
             "the FET opens")},
       {},
       {}},
      {"campaign.faults",
       "pairs of faults",
       {quantity("first_at", D::time, "moment of the first", "5 s").in(0, longest_s).required(),
        quantity("second_at", D::time, "moment of the second", "8 s").in(0, longest_s).required(),
        whole("phases", 1, most_phases, "offsets of the second one; 1 when not said", "8"), phase_period(),
        mapping("list", "campaign.faults.list", "one action each, by names of your own").required()},
       {},
       {}},
      {"campaign.faults.list", "faults by name", {}, mapping("*", "action", "one action"), {}},
      {"campaign.vary", "lists of values by place", {}, scalar("*", "values", "3.6 V").as_list(), {}},
      {"campaign.draw", "distributions by place", {}, mapping("*", "campaign.draw.law", "a distribution"), {}}};
  Key& phases = places[1].keys[3];
  phases.kind = Key::Kind::whole;
  phases = phases.in(2, most_phases);
  for (Place& place : law_places()) places.push_back(std::move(place));
  return places;
}

}  // namespace rig::scenario
