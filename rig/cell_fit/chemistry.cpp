// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/chemistry.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "models/cell/visit.hpp"
#include "rig/scenario/model_number.hpp"
#include "rig/scenario/quantity.hpp"

namespace rig::cell_fit {
namespace {

using models::math::Parameter;

// Ends: what the open-circuit tables in scenarios/packs/cells/data and 5 to 50 mV of polarisation leave. At 95 % a slow
// discharge shows: LFP 3.356 V (a charge: 3.39 V), NMC 4.07 to 4.11 V (a charge: below 4.13 V), LTO 2.63 V (2.64 V).
constexpr std::array<Chemistry, 5> kKinds = {{{"LFP", 1.8, 3.9, 3.38, 2.6, 2.95, 3.42, 0.999, 30, 0.045},
                                              {"NMC", 2.0, 4.6, 4.12, 3.05, 3.2, 4.15, 0.9985, 15, 0.03},
                                              {"NCA", 2.0, 4.5, 4.12, 3.05, 3.2, 4.15, 0.9985, 15, 0.03},
                                              {"LCO", 2.5, 4.6, 4.12, 3.05, 3.4, 4.15, 0.9985, 17, 0.03},
                                              {"LTO", 1.0, 3.1, 2.64, 1.9, 2.1, 2.66, 0.999, 30, 0.05}}};

bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::toupper(static_cast<unsigned char>(a[i])) != std::toupper(static_cast<unsigned char>(b[i]))) return false;
  }
  return true;
}

/// What a cell file may give for heat.runaway.
Parameter runaway_parameter() {
  Parameter found{};
  const auto look = [&found](const Parameter& p, const auto&) {
    if (std::string_view(p.key) == "runaway") found = p;
  };
  models::cell::CellParams standard;
  models::cell::visit(look, standard);
  return found;
}

}  // namespace

const Chemistry* find_chemistry(std::string_view name) {
  for (const Chemistry& kind : kKinds) {
    if (same(kind.name, name)) return &kind;
  }
  return nullptr;
}

std::optional<Limits> parse_limits(const std::string& text, std::vector<std::string>& mistakes) {
  const auto volts = [](const std::string& word) {
    const auto read = scenario::parse_quantity(word);
    return read && read->dimension == scenario::Dimension::voltage ? std::optional(read->value) : std::nullopt;
  };
  if (const std::size_t dots = text.find(".."); dots != std::string::npos) {
    const auto a = volts(text.substr(0, dots)), b = volts(text.substr(dots + 2));
    if (a && b && *a != *b) return Limits{std::min(*a, *b), std::max(*a, *b)};
  }
  mistakes.push_back("--limits: \"" + text + "\" is not a range of voltage such as 2.5V..4.1V");
  return std::nullopt;
}

std::optional<double> parse_runaway(const std::string& text, std::vector<std::string>& mistakes) {
  const Parameter allowed = runaway_parameter();
  const auto read = scenario::parse_quantity(text);
  if (read && read->dimension == scenario::Dimension::temperature && allowed.allows(read->value)) return read->value;
  mistakes.push_back("--runaway: \"" + text + "\" is not a temperature from " +
                     scenario::amount_of(allowed, allowed.low) + " to " + scenario::amount_of(allowed, allowed.high) +
                     ", such as 130degC");
  return std::nullopt;
}

std::string chemistries() {
  std::string all;
  for (const Chemistry& kind : kKinds) all += (all.empty() ? "" : ", ") + std::string(kind.name);
  return all;
}

}  // namespace rig::cell_fit
