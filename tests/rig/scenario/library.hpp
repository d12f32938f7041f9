// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "rig/scenario/scenario.hpp"

namespace rig::scenario::library {

/// All that lies under scenarios/; what cannot be read is reported as a failure of the calling test.
[[nodiscard]] std::vector<Scenario> shipped();

/// The same, read once a process.
[[nodiscard]] const std::vector<Scenario>& all();

/// What is done to board and pack, without its numbers: kinds of actions with their keys (each kind once, whatever
/// cell, sensor or time), settings that differ from the board's defaults and its nearest preset, and what the start
/// says. Board and pack are not part of it.
[[nodiscard]] std::string stimulus_of(const Scenario& scenario);

/// What must hold, without its numbers: every claim's words and signals (each shape once), with the cell's number, the
/// board's name, limits and windows left out.
[[nodiscard]] std::string claim_of(const Scenario& scenario);

/// Families of what can go wrong or must be right: row -> aspects. A scenario covers "row/aspect" by carrying that
/// label.
struct Family {
  std::string title;
  std::vector<std::string> aspects;  // columns
  std::vector<std::string> rows;
  std::map<std::string, std::string> not_applicable;  // "row/aspect" -> why
};
[[nodiscard]] const std::vector<Family>& families();

/// "row/aspect" -> scenarios that carry it.
[[nodiscard]] std::map<std::string, std::set<std::string>> coverage(const std::vector<Scenario>& scenarios);

/// docs/library.md
[[nodiscard]] std::string page(const std::vector<Scenario>& scenarios);

}  // namespace rig::scenario::library
