// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "models/afe/visit.hpp"
#include "models/balancing_converter/visit.hpp"
#include "models/mosfet/visit.hpp"
#include "models/ntc/visit.hpp"
#include "models/pack/visit.hpp"
#include "rig/scenario/board_settings.hpp"
#include "rig/scenario/board_wiring.hpp"
#include "rig/scenario/csv.hpp"
#include "rig/scenario/fields.hpp"
#include "rig/scenario/model_number.hpp"
#include "rig/scenario/parts.hpp"

namespace rig::scenario {
namespace {

constexpr int most_bases = 4;

// The file with all it is based on underneath: overrides win key by key.
std::optional<Node> whole_tree(const Files::File& file, Files& files, Problems& problems, std::filesystem::path& folder,
                               int depth) {
  const Node& tree = files.tree_of(file);
  const Node::Entry* base = tree.find("based_on");
  if (base == nullptr) {
    folder = file.path.parent_path();
    return tree;
  }
  if (depth >= most_bases) {
    problems.add(base->value.position,
                 "based_on: more than " + std::to_string(most_bases) + " boards stand on each other");
    return std::nullopt;
  }
  const auto base_file = files.open(base->value, "board", file.path.parent_path(), problems);
  const auto below = base_file ? whole_tree(*base_file, files, problems, folder, depth + 1) : std::nullopt;
  return below ? std::optional(merged(*below, tree)) : std::nullopt;
}

void set(double& target, std::optional<double> value) {
  if (value) target = *value;
}

void read_bank(Fields& board, const char* key, Problems& problems, BoardSpec::Bank& bank) {
  const Node::Entry* entry = board.require(key);
  if (entry == nullptr) return;
  Fields fields(entry->value, key, problems, std::string("board.") + key);
  models::mosfet::visit(ModelReader{fields}, bank);
  fields.text("source");
  fields.finish();
}

/// The parts of the board that the pack's current sees.
void read_loop(Fields& board, BoardSpec& spec) {
  Groups groups = open_groups(board, {"supply", "mos_thermal", "precharge", "charge_limiter", "heater"});
  models::pack::visit(ModelReader{board, &groups}, spec);
  if (const auto supply = groups.find("supply"); supply != groups.end()) {
    Fields& fields = supply->second;
    if (spec.balancing_extra_A < 0) fields.complain("balancing", fields.position(), "lies below current");
    if (spec.brown_in_V < spec.brown_out_V) fields.complain("brown_in", fields.position(), "lies below brown_out");
  }
  finish(groups);
}

/// A pin that switches a part needs the part.
void check_switched_parts(Fields& board, const BoardSpec& spec) {
  const auto check = [&](const char* name, const char* key, double has) {
    const auto switches = [name](const BoardSpec::Pin& pin) { return pin.is == name; };
    if (has == 0 && std::any_of(spec.pins.begin(), spec.pins.end(), switches))
      board.complain(name, board.position(),
                     std::string("is missing; a pin switches it: ") + name + ": {" + key + ": …}");
  };
  check("precharge", "resistance", spec.precharge_ohm);
  check("charge_limiter", "current", spec.charge_limiter_A);
  check("heater", "resistance", spec.heater_ohm);
}

void read_ntc(Fields& board, const std::filesystem::path& folder, Files& files, Problems& problems, BoardSpec& spec) {
  const Node::Entry* entry = board.require("ntc");
  if (entry == nullptr) return;
  Fields fields(entry->value, "ntc", problems, "board.ntc");
  models::ntc::visit(ModelReader{fields}, spec.ntc);
  if (const Node::Entry* curve = fields.require(models::ntc::curve_choice.key)) {
    if (const auto file = files.open(curve->value, "curve", folder, problems)) {
      const CsvTable table = parse_csv(*file->bytes, file->path.generic_string(), problems);
      spec.ntc.r_ohm_over_degC = curve_of(table, "temperature_degC", "r_ohm", problems);
    }
  }
  fields.text("source");
  fields.finish();
}

void read_converter(Fields& board, Problems& problems, BoardSpec& spec) {
  const Node::Entry* entry = board.take("converter");
  if (entry == nullptr) return;
  Fields fields(entry->value, "converter", problems, "board.converter");
  models::balancing_converter::ConverterParams& c = spec.converter;
  models::balancing_converter::visit(ModelReader{fields}, c);
  if (c.store_max_V <= c.store_min_V) fields.complain("store_max", entry->value.position, "must lie above store_min");
  fields.text("source");
  fields.finish();
}

void read_leads(Fields& board, Problems& problems, BoardSpec& spec) {
  const Node::Entry* entry = board.take("sense_leads");
  if (entry == nullptr) return;
  Fields fields(entry->value, "sense_leads", problems, "board.sense_leads");
  models::afe::visit(ModelReader{fields}, spec.leads);
  fields.text("source");
  fields.finish();
}

void read_cells(Fields& board, Problems& problems, BoardSpec& spec) {
  const Node::Entry* entry = board.require("cells");
  if (entry == nullptr) return;
  Fields fields(entry->value, "cells", problems, "board.cells");
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
}

BoardSpec board_of(const Node& root, const std::filesystem::path& folder, Files& files, Problems& problems) {
  BoardSpec spec;
  spec.position = root.position;
  Fields board(root, "board", problems, "board");
  board.take("based_on");
  board.texts("source");
  read_values(board, spec);
  read_cells(board, problems, spec);
  read_wiring(board, problems, spec);
  read_bank(board, "charge_bank", problems, spec.charge_bank);
  read_bank(board, "discharge_bank", problems, spec.discharge_bank);
  read_loop(board, spec);
  check_switched_parts(board, spec);
  read_ntc(board, folder, files, problems, spec);
  read_converter(board, problems, spec);
  read_leads(board, problems, spec);
  read_board_settings(board, problems, spec);
  board.finish();
  return spec;
}

std::optional<BoardSpec> read_board_file(const Files::File& file, Files& files, Problems& problems) {
  const std::size_t before = problems.count();
  std::optional<BoardSpec> spec;
  try {
    std::filesystem::path folder;
    const std::optional<Node> root = whole_tree(file, files, problems, folder, 0);
    if (root) spec = board_of(*root, folder, files, problems);
  } catch (const ScenarioError& error) {
    problems.add(error);
  }
  return problems.count() == before ? spec : std::nullopt;
}

}  // namespace

std::optional<BoardSpec> read_board(const Node& reference, const std::filesystem::path& beside, Files& files,
                                    Problems& problems) {
  const std::optional<Files::File> file = files.open(reference, "board", beside, problems);
  if (!file) return std::nullopt;
  return files.part_of<BoardSpec>(file->path, [&] { return read_board_file(*file, files, problems); });
}

}  // namespace rig::scenario
