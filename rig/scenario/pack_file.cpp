// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "models/cell/visit.hpp"
#include "models/pack/visit.hpp"
#include "rig/scenario/cell_file.hpp"
#include "rig/scenario/model_number.hpp"
#include "rig/scenario/parts.hpp"

namespace rig::scenario {
namespace {

CellSpec open_cell(Fields& fields, const std::filesystem::path& beside, Files& files, Problems& problems) {
  const Node::Entry* entry = fields.require("cell");
  if (entry == nullptr) return {};
  const std::optional<Files::File> file = files.open(entry->value, "cell", beside, problems);
  if (!file) return {};
  return read_cell(*file, files, problems);
}

void read_spread(Fields& fields, PackSpec& pack) {
  Groups groups = open_groups(fields, {"spread"});
  const ModelReader reader{fields, &groups};
  models::cell::visit(reader, pack.spread);
  reader(seed_of_a_spread, pack.spread_seed);
  finish(groups);
}

/// "cell[3]: {capacity: 95 %}"
void read_cells(Fields& fields, PackSpec& pack) {
  for (int n = 1; n <= pack.cells; ++n) {
    const std::string key = "cell[" + std::to_string(n) + "]";
    const Node::Entry* entry = fields.take(key);
    if (entry == nullptr) continue;
    Groups groups;
    Fields& own = groups.emplace("cell[n]", Fields(entry->value, key, fields.problems(), "pack.cell[n]")).first->second;
    models::cell::visit(ModelReader{fields, &groups}, pack.cell_spread[n] = {0, 0, 0});
    own.finish();
  }
}

std::optional<PackSpec> read_pack_file(const Files::File& file, Files& files, Problems& problems) {
  const std::size_t before = problems.count();
  PackSpec pack;
  try {
    const Node& root = files.tree_of(file);
    Fields fields(root, "pack", problems, "pack");
    pack.position = root.position;
    if (fields.require("name") != nullptr) pack.name = fields.text("name").value_or("");
    const ModelReader reader{fields};
    reader(cells_of_a_pack, pack.cells);
    pack.cell = open_cell(fields, file.path.parent_path(), files, problems);
    models::pack::visit(reader, pack);
    read_spread(fields, pack);
    read_cells(fields, pack);
    fields.text("source");
    fields.finish();
  } catch (const ScenarioError& error) {
    problems.add(error);
  }
  return problems.count() == before ? std::optional(pack) : std::nullopt;
}

}  // namespace

std::optional<PackSpec> read_pack(const Node& reference, const std::filesystem::path& beside, Files& files,
                                  Problems& problems) {
  const std::optional<Files::File> file = files.open(reference, "pack", beside, problems);
  if (!file) return std::nullopt;
  return files.part_of<PackSpec>(file->path, [&] { return read_pack_file(*file, files, problems); });
}

}  // namespace rig::scenario
