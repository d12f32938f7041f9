// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/bench_file.hpp"

#include <algorithm>
#include <string>

#include "rig/scenario/fields.hpp"
#include "rig/scenario/files.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

/// A list of words out of `known`; what any other is said not to be: `kind`.
std::set<std::string> read_words(Fields& fields, const char* key, const Node::Entry* entry,
                                 const std::vector<std::string>& known, const char* kind) {
  std::set<std::string> words;
  if (entry == nullptr) return words;
  if (!entry->value.is_sequence()) {
    fields.complain(key, entry->value.position, "a list is due");
    return words;
  }
  for (const Node& item : entry->value.items) {
    if (std::ranges::find(known, item.text) != known.end()) {
      words.insert(item.text);
    } else {
      fields.complain(key, item.position,
                      in_quotes(item.text) + " is " + kind + "." + near_text(nearest_of(item.text, known)));
    }
  }
  return words;
}

BenchCapabilities bench_of(const Node& root, Problems& problems) {
  BenchCapabilities bench;
  Fields fields(root, "bench", problems, "bench");
  if (fields.require("name") != nullptr) bench.name = fields.text("name").value_or("");
  if (fields.require("is") != nullptr) fields.one_of("is");
  bench.can = read_words(fields, "can", fields.require("can"), known_needs(), "nothing that a scenario asks for");
  bench.observes = read_words(fields, "observes", fields.take("observes"), known_observables(),
                              "no signal that a bench may list; what the board reports is always seen");
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
