// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/bench_file.hpp"

#include <algorithm>
#include <string>

#include "rig/scenario/fields.hpp"
#include "rig/scenario/files.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

void read_can(Fields& fields, BenchCapabilities& bench) {
  const Node::Entry* entry = fields.require("can");
  if (entry == nullptr) return;
  if (!entry->value.is_sequence()) return fields.complain("can", entry->value.position, "a list is due");
  const std::vector<std::string> known = known_needs();
  for (const Node& item : entry->value.items) {
    if (std::ranges::find(known, item.text) != known.end()) {
      bench.can.insert(item.text);
    } else {
      fields.complain(
          "can", item.position,
          in_quotes(item.text) + " is nothing that a scenario asks for." + near_text(nearest_of(item.text, known)));
    }
  }
}

BenchCapabilities bench_of(const Node& root, Problems& problems) {
  BenchCapabilities bench;
  Fields fields(root, "bench", problems);
  if (fields.require("name") != nullptr) bench.name = fields.text("name").value_or("");
  if (fields.require("is") != nullptr) fields.one_of("is", {"sim"});
  read_can(fields, bench);
  fields.text("source");
  fields.finish();
  return bench;
}

}  // namespace

std::optional<BenchCapabilities> read_bench(const std::filesystem::path& file, const std::filesystem::path& shipped,
                                            std::vector<ScenarioError>& errors) {
  Problems problems;
  Files files(shipped);
  BenchCapabilities bench;
  try {
    const bool is_shipped =
        !std::filesystem::exists(file) && file.is_relative() && std::filesystem::exists(shipped / file);
    if (const auto source = files.open_path(is_shipped ? shipped / file : file, problems))
      bench = bench_of(parse_tree(*source->bytes, source->path.generic_string()), problems);
  } catch (const ScenarioError& error) {
    problems.add(error);
  }
  for (ScenarioError& error : problems.sorted()) errors.push_back(std::move(error));
  return problems.any() ? std::nullopt : std::optional(bench);
}

}  // namespace rig::scenario
