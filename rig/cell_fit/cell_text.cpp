// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/cell_text.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>

#include "rig/cell_fit/cell_of.hpp"
#include "rig/scenario/text.hpp"

namespace rig::cell_fit {
namespace {

using models::cell::Lattice;
using scenario::fixed;
using scenario::joined;
using scenario::shortest;

std::string head(const std::string& what, const Words& words) {
  std::string text = "# " + what + ". " + made_by + " from " + joined(words.data_files) + ".\n";
  for (const std::string& line : words.origins) text += "# " + line + "\n";
  return text;
}

std::string validity(const Fitted& f, const std::vector<PulseTest>& tests) {
  double coldest = 1e9, warmest = -1e9, low = 1e9, high = -1e9, most_A = 0;
  for (std::size_t t = 0; t < tests.size(); ++t) {
    coldest = std::min(coldest, tests[t].temperature_degC);
    warmest = std::max(warmest, tests[t].temperature_degC);
    for (const double i : tests[t].profile.current_A) most_A = std::max(most_A, std::abs(i));
    for (const auto& s : f.replays[t].states) low = std::min(low, s.soc), high = std::max(high, s.soc);
  }
  const std::string degC = warmest - coldest > 2 ? fixed(coldest, 0) + " to " + fixed(warmest, 0) : fixed(warmest, 0);
  return degC + " degC, " + fixed(100 * high, 0) + " to " + fixed(100 * low, 0) + " % state of charge, up to " +
         fixed(most_A, 1) + " A; fitted with a residual of " + fixed(1e3 * f.voltage_V.rms, 1) + " mV RMS";
}

}  // namespace

std::string cell_yaml(const Fitted& f, const std::vector<PulseTest>& tests, const Chemistry& kind, const Words& words) {
  const auto& p = f.cell;
  const std::string efficiency = shortest(100 * kind.coulombic_efficiency) + " %";
  YAML::Emitter out;
  out << YAML::Comment(made_by) << YAML::BeginMap;
  out << YAML::Key << "name" << YAML::Value << words.name;
  out << YAML::Key << "source" << YAML::Value
      << "cellrig fit, from " + joined(words.data_files) + "; origin in the first lines of the tables";
  out << YAML::Key << "validity" << YAML::Value << validity(f, tests);
  out << YAML::Key << "capacity" << YAML::Value << shortest(p.capacity_Ah.values().front()) + " Ah";
  out << YAML::Key << "coulombic_efficiency" << YAML::Value << efficiency
      << YAML::Comment("estimate for " + std::string(kind.name));
  out << YAML::Key << "ocv" << YAML::Value << words.ocv_file;
  out << YAML::Key << "resistances" << YAML::Value << words.resistances_file;
  if (!p.hysteresis_V.empty())
    out << YAML::Key << "hysteresis" << YAML::Value << YAML::BeginMap << YAML::Key << "rate" << YAML::Value
        << shortest(p.hysteresis_rate.values().front()) << YAML::Comment("estimate") << YAML::EndMap;
  out << YAML::Key << "heat" << YAML::Value << YAML::BeginMap;
  out << YAML::Key << "capacity" << YAML::Value << shortest(p.heat_capacity_J_per_K) + " J/K";
  out << YAML::Key << "to_ambient" << YAML::Value << shortest(p.to_ambient_W_per_K) + " W/K";
  out << YAML::Key << "runaway" << YAML::Value << shortest(words.runaway_degC.value_or(separator_melts_degC)) + " degC"
      << YAML::Comment(words.runaway_degC ? "as given with --runaway" : "estimate: a polyethylene separator melts");
  out << YAML::Key << "source" << YAML::Value
      << "estimate for " + std::string(kind.name) + " of this capacity, not from the data" << YAML::EndMap;
  out << YAML::EndMap;
  return std::string(out.c_str()) + "\n";
}

std::string ocv_csv(const Fitted& f, const Words& words) {
  const bool both = !f.cell.hysteresis_V.empty();
  std::string text = head(words.name + ": open-circuit voltage", words);
  text += both ? "soc,ocv_V,hysteresis_V\n" : "soc,ocv_V\n";
  for (std::size_t k = 0; k < f.cell.ocv_V.x().size(); ++k) {
    text += shortest(f.cell.ocv_V.x()[k]) + "," + shortest(f.cell.ocv_V.y()[k]);
    text += both ? "," + shortest(f.cell.hysteresis_V.values()[k]) + "\n" : "\n";
  }
  return text;
}

std::string resistances_csv(const Fitted& f, const Words& words) {
  const auto& p = f.cell;
  const Lattice::Axes& axes = p.r0_ohm.axes();
  const bool several = axes.degC.size() > 1;
  std::string text = head(words.name + ": circuit", words);
  text += std::string("soc,") + (several ? "temperature_degC," : "") + "r0_ohm,r1_ohm,tau1_s,r2_ohm,tau2_s\n";
  for (std::size_t t = 0; t < axes.degC.size(); ++t) {
    for (std::size_t k = 0; k < axes.soc.size(); ++k) {
      text += shortest(axes.soc[k]) + (several ? "," + shortest(axes.degC[t]) : "");
      for (const Lattice* l : {&p.r0_ohm, &p.r1_ohm, &p.tau1_s, &p.r2_ohm, &p.tau2_s})
        text += "," + shortest(l->values()[t * axes.soc.size() + k]);
      text += "\n";
    }
  }
  return text;
}

}  // namespace rig::cell_fit
