// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "models/balancing_converter/visit.hpp"
#include "models/mosfet/visit.hpp"
#include "rig/scenario/board_settings.hpp"
#include "rig/scenario/board_wiring.hpp"
#include "rig/scenario/compound.hpp"
#include "rig/scenario/csv.hpp"
#include "rig/scenario/fields.hpp"
#include "rig/scenario/model_number.hpp"
#include "rig/scenario/parts.hpp"

namespace rig::scenario {
namespace {

using models::math::Parameter;

constexpr int most_bases = 4;

// The file with all it is based on underneath: overrides win key by key.
std::optional<Node> open_tree(const Node& reference, const std::filesystem::path& beside, Files& files,
                              Problems& problems, std::filesystem::path& folder, int depth) {
  const std::optional<Files::File> file = files.open(reference, "board", beside, problems);
  if (!file) return std::nullopt;
  Node tree = parse_tree(*file->bytes, file->path.generic_string());
  const Node::Entry* base = tree.find("based_on");
  if (base == nullptr) {
    folder = file->path.parent_path();
    return tree;
  }
  if (depth >= most_bases) {
    problems.add(base->value.position,
                 "based_on: more than " + std::to_string(most_bases) + " boards stand on each other");
    return std::nullopt;
  }
  const std::optional<Node> below =
      open_tree(base->value, file->path.parent_path(), files, problems, folder, depth + 1);
  return below ? std::optional(merged(*below, tree)) : std::nullopt;
}

void set(double& target, std::optional<double> value) {
  if (value) target = *value;
}

void read_bank(Fields& board, const char* key, Problems& problems, BoardSpec::Bank& bank) {
  const Node::Entry* entry = board.require(key);
  if (entry == nullptr) return;
  Fields fields(entry->value, key, problems);
  models::mosfet::visit(ModelReader{fields}, bank);
  fields.text("source");
  fields.finish();
}

void read_supply(Fields& board, Problems& problems, BoardSpec& spec) {
  const Node::Entry* entry = board.take("supply");
  if (entry == nullptr) return;
  Fields fields(entry->value, "supply", problems);
  set(spec.brown_out_V, fields.positive("brown_out", Dimension::voltage));
  set(spec.brown_in_V, fields.positive("brown_in", Dimension::voltage));
  set(spec.supply_current_A, fields.not_negative("current", Dimension::current));
  if (const auto balancing = fields.not_negative("balancing", Dimension::current)) {
    spec.balancing_extra_A = *balancing - spec.supply_current_A;
    if (spec.balancing_extra_A < 0) fields.complain("balancing", entry->value.position, "lies below current");
  }
  set(spec.asleep_A, fields.not_negative("asleep", Dimension::current));
  if (spec.brown_in_V < spec.brown_out_V) fields.complain("brown_in", entry->value.position, "lies below brown_out");
  fields.text("source");
  fields.finish();
}

/// A part that a board may have, with one number.
void read_part(Fields& board, const char* part, const char* key, Dimension dimension, Problems& problems,
               double& target) {
  const Node::Entry* entry = board.take(part);
  if (entry == nullptr) return;
  Fields fields(entry->value, part, problems);
  if (fields.require(key) != nullptr) set(target, fields.positive(key, dimension));
  fields.text("source");
  fields.finish();
}

void read_mos(Fields& board, Problems& problems, BoardSpec& spec) {
  const Node::Entry* entry = board.take("mos_thermal");
  if (entry == nullptr) return;
  Fields fields(entry->value, "mos_thermal", problems);
  set(spec.mos_heat_capacity_J_per_K, compound(fields, "heat_capacity", "J/K"));
  if (spec.mos_heat_capacity_J_per_K == 0)
    fields.complain("heat_capacity", entry->value.position, "must be greater than zero");
  if (const auto resistance = compound(fields, "to_ambient", "K/W")) {
    if (*resistance == 0) fields.complain("to_ambient", entry->value.position, "must be greater than zero");
    spec.mos_to_ambient_W_per_K = *resistance > 0 ? 1 / *resistance : 0;
  }
  fields.text("source");
  fields.finish();
}

void read_ntc(Fields& board, const std::filesystem::path& folder, Files& files, Problems& problems, BoardSpec& spec) {
  const Node::Entry* entry = board.require("ntc");
  if (entry == nullptr) return;
  Fields fields(entry->value, "ntc", problems);
  set(spec.ntc.divider_ohm, fields.positive("divider", Dimension::resistance));
  set(spec.ntc.time_constant_s, fields.positive("time_constant", Dimension::time));
  if (const Node::Entry* curve = fields.require("curve")) {
    if (const auto file = files.open(curve->value, "curve", folder, problems)) {
      const CsvTable table = parse_csv(*file->bytes, file->path.generic_string(), problems);
      spec.ntc.r_ohm_over_degC = curve_of(table, "temperature_degC", "r_ohm", problems);
    }
  }
  fields.text("source");
  fields.finish();
}

/// The sign is looked at here, the rest of the range by the converter.
std::optional<double> number_of_right_sign(Fields& fields, const Parameter& p) {
  const Dimension dimension = dimension_of(p).value_or(Dimension::none);
  return p.low > 0 ? fields.positive(p.key, dimension) : fields.not_negative(p.key, dimension);
}

void read_converter(Fields& board, Problems& problems, BoardSpec& spec) {
  const Node::Entry* entry = board.take("converter");
  if (entry == nullptr) return;
  Fields fields(entry->value, "converter", problems);
  models::balancing_converter::ConverterParams& c = spec.converter;
  models::balancing_converter::visit(
      [&](const Parameter& p, double& target) {
        if (*p.group == '\0') set(target, number_of_right_sign(fields, p));
      },
      c);
  if (c.store_max_V <= c.store_min_V) fields.complain("store_max", entry->value.position, "must lie above store_min");
  if (c.efficiency_in > 1) fields.complain("efficiency_in", entry->value.position, "more than 100 % is not possible");
  if (c.efficiency_out > 1) fields.complain("efficiency_out", entry->value.position, "more than 100 % is not possible");
  fields.text("source");
  fields.finish();
}

void read_leads(Fields& board, Problems& problems, BoardSpec& spec) {
  const Node::Entry* entry = board.take("sense_leads");
  if (entry == nullptr) return;
  Fields fields(entry->value, "sense_leads", problems);
  set(spec.converter.lead_ohm, fields.not_negative("resistance", Dimension::resistance));
  set(spec.lead_float_s, fields.positive("float_time", Dimension::time));
  fields.text("source");
  fields.finish();
}

void read_cells(Fields& board, Problems& problems, BoardSpec& spec) {
  const Node::Entry* entry = board.require("cells");
  if (entry == nullptr) return;
  Fields fields(entry->value, "cells", problems);
  if (fields.require("min") != nullptr) spec.min_cells = fields.whole("min", 1, 24).value_or(1);
  if (fields.require("max") != nullptr) spec.max_cells = fields.whole("max", 1, 24).value_or(24);
  if (spec.max_cells < spec.min_cells) fields.complain("max", entry->value.position, "must not be less than min");
  fields.finish();
}

void read_values(Fields& board, BoardSpec& spec) {
  if (board.require("name") != nullptr) spec.name = board.text("name").value_or("");
  if (board.require("firmware") != nullptr) spec.firmware = board.text("firmware").value_or("");
  set(spec.telemetry_poll_s, board.positive("telemetry_poll", Dimension::time));
  set(spec.watchdog_s, board.not_negative("watchdog", Dimension::time));
  set(spec.start_up_s, board.not_negative("start_up", Dimension::time));
  set(spec.comparator_A, board.positive("comparator_level", Dimension::current));
  set(spec.shunt_ohm, board.not_negative("shunt", Dimension::resistance));
  set(spec.copper_ohm, board.not_negative("copper", Dimension::resistance));
}

BoardSpec board_of(const Node& root, const std::filesystem::path& folder, Files& files, Problems& problems) {
  BoardSpec spec;
  spec.position = root.position;
  Fields board(root, "board", problems);
  board.take("based_on");
  board.texts("source");
  read_values(board, spec);
  read_cells(board, problems, spec);
  read_wiring(board, problems, spec);
  read_bank(board, "charge_bank", problems, spec.charge_bank);
  read_bank(board, "discharge_bank", problems, spec.discharge_bank);
  read_supply(board, problems, spec);
  read_mos(board, problems, spec);
  read_part(board, "precharge", "resistance", Dimension::resistance, problems, spec.precharge_ohm);
  read_part(board, "charge_limiter", "current", Dimension::current, problems, spec.charge_limiter_A);
  read_part(board, "heater", "resistance", Dimension::resistance, problems, spec.heater_ohm);
  read_ntc(board, folder, files, problems, spec);
  read_converter(board, problems, spec);
  read_leads(board, problems, spec);
  read_board_settings(board, problems, spec);
  board.finish();
  return spec;
}

}  // namespace

std::optional<BoardSpec> read_board(const Node& reference, const std::filesystem::path& beside, Files& files,
                                    Problems& problems) {
  const std::size_t before = problems.count();
  std::optional<BoardSpec> spec;
  try {
    std::filesystem::path folder;
    const std::optional<Node> root = open_tree(reference, beside, files, problems, folder, 0);
    if (root) spec = board_of(*root, folder, files, problems);
  } catch (const ScenarioError& error) {
    problems.add(error);
  }
  return problems.count() == before ? spec : std::nullopt;
}

}  // namespace rig::scenario
