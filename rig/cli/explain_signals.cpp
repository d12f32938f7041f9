// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/explain_signals.hpp"

#include <algorithm>

#include "rig/cli/text.hpp"
#include "rig/scenario/catalogue.hpp"

namespace rig::cli {
namespace {

using scenario::Catalogue;
using scenario::SignalId;
using scenario::SignalInfo;
using scenario::SignalKind;

std::string with_n(std::string name) {
  const std::size_t at = name.find("cell[1]");
  return at == std::string::npos ? name : name.replace(at, 7, "cell[n]");
}

std::string unit_of(const SignalInfo& signal) {
  if (signal.dimension == scenario::Dimension::boolean) return "bit";
  if (signal.dimension == scenario::Dimension::ratio) return "1";
  return std::string(scenario::base_unit(signal.dimension));
}

std::string section(const Catalogue& all, const char* heading, SignalKind kind, std::size_t columns) {
  std::string text = std::string("\n") + heading + "\n";
  for (SignalId id = 0; id < static_cast<SignalId>(all.size()); ++id) {
    const SignalInfo& signal = all.info(id);
    if (signal.kind != kind) continue;
    text +=
        "  " + padded(with_n(signal.name), columns) + "  " + padded(unit_of(signal), 4) + "  " + signal.meaning + "\n";
  }
  return text;
}

}  // namespace

std::string explain_signals() {
  const Catalogue all = scenario::make_catalogue(1);
  std::size_t columns = 0;
  for (SignalId id = 0; id < static_cast<SignalId>(all.size()); ++id)
    columns = std::max(columns, width(all.info(id).name));
  return "signals   docs/signals.md\n"
         "  What a claim can name. cell[n] counts from 1; without [n] it stands for all cells, in min max mean sum.\n" +
         section(all, "Plant", SignalKind::plant, columns) +
         section(all, "Plant, bits and pins", SignalKind::plant_bit, columns) +
         section(all, "Reported by the board", SignalKind::telemetry, columns) +
         section(all, "Reported by the board, bits", SignalKind::telemetry_bit, columns) +
         section(all, "Counted at the wires", SignalKind::traffic, columns);
}

}  // namespace rig::cli
