// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/coverage_rows.hpp"

namespace rig::cli {
namespace {

using reports::coverage::Protection;
using Reasons = std::map<std::string, std::string>;

Protection limit(const std::string& row, const std::string& protection, const std::string& label = "") {
  Protection one;
  one.row = row;
  one.protection = protection;
  one.label = label.empty() ? row : label;
  return one;
}

/// A row that looks at a state and not at a quantity of the plant: scenarios say by their labels what they show.
Protection state(const std::string& row, const Reasons& reasons) {
  Protection one;
  one.row = one.label = row;
  one.not_applicable = {{"inside", "a state, which has no setting"},
                        {"at", "a state, which has no setting"},
                        {"beyond", "a state, which has no setting"},
                        {"at_delay", "nothing of the plant says when the state began"},
                        {"after_delay", "nothing of the plant says when the state began"},
                        {"held", "ends with its cause"},
                        {"re_trip", "trips each time that its cause is there; nothing is counted"},
                        {"power_cut", "a start judges anew, both gates off until all is known"},
                        {"reset", "a start judges anew, both gates off until all is known"}};
  for (const auto& [aspect, reason] : reasons) {
    if (reason.empty())
      one.not_applicable.erase(aspect);
    else
      one.not_applicable[aspect] = reason;
  }
  return one;
}

/// A warning has a setting, but no gate that would date an act.
Protection warning(const std::string& row) {
  Reasons reasons;
  for (const char* aspect : {"inside", "at", "beyond", "at_delay", "after_delay"})
    reasons[aspect] = "opens no gate, which would date it; its claims read the warning";
  reasons["before_delay"] = "a warning, which opens nothing";
  reasons["reset"] = reasons["power_cut"] = "a start judges anew";
  return state(row, reasons);
}

std::vector<Protection> make_rows() {
  const Reasons immediate = {{"before_delay", "no delay"}};
  return {
      limit("cell_ovp", "cell_overvoltage"),
      limit("cell_uvp", "cell_undervoltage"),
      limit("pack_ovp", "pack_overvoltage"),
      limit("pack_uvp", "pack_undervoltage"),
      limit("charge_ocp", "charge_overcurrent"),
      limit("discharge_ocp", "discharge_overcurrent"),
      limit("discharge_ocp_2", "discharge_overcurrent_2", "ocp_2"),
      limit("discharge_ocp_3", "discharge_overcurrent_3", "ocp_3"),
      limit("scp", "short_circuit"),
      limit("charge_otp", "charge_overtemperature"),
      limit("charge_utp", "charge_undertemperature"),
      limit("discharge_otp", "discharge_overtemperature"),
      limit("discharge_utp", "discharge_undertemperature"),
      limit("mos_otp", "mos_overtemperature"),
      limit("box_otp", "box_overtemperature"),
      limit("power_off", "power_off"),
      state("cell_count", {{"before_delay", "a wrong count is there from the first reading on, which has no delay"}}),
      state("pack_difference", {}),
      state("cell_leads", immediate),
      state("scan_age", immediate),
      state("sensors", immediate),
      state("current_sensor", {}),
      state("charge_mos", {{"reset", ""}}),
      state("discharge_mos", {{"reset", ""}}),
      warning("wire_resistance"),
      warning("cell_difference"),
      warning("temperature_difference"),
      warning("low_soc")};
}

}  // namespace

const std::vector<Protection>& coverage_rows() {
  static const std::vector<Protection> rows = make_rows();
  return rows;
}

}  // namespace rig::cli
