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

/// Above 0, and no more than the table of keys allows.
double part_of(Fields& fields, const char* key, Dimension dimension) {
  const double part = fields.positive(key, dimension).value_or(0);
  const double most = fields.place().at(key).high.value_or(part);
  if (part > most)
    fields.complain(key, fields.position(),
                    "must be at most " + format({most, dimension}) + ", more is no measurement");
  return part;
}

Uncertainty uncertainty_of(const Node& node, const std::string& name, Dimension dimension, Problems& problems) {
  Fields fields(node, name, problems, "bench.uncertainty." + name);
  const bool is_temperature = dimension == Dimension::temperature;
  Uncertainty stated;
  stated.dimension = dimension;
  stated.absolute = part_of(fields, "absolute", is_temperature ? Dimension::temperature_difference : dimension);
  if (!is_temperature) stated.relative = part_of(fields, "relative", Dimension::ratio);
  if (node.is_mapping() && !fields.has("absolute") && !fields.has("relative"))
    fields.complain(name, node.position, is_temperature ? "absolute is due" : "absolute or relative is due");
  if (const Node::Entry* const k = fields.require("k")) {
    stated.k = fields.positive("k", Dimension::none).value_or(stated.k);
    if (stated.k < 1 || stated.k > 10)
      fields.complain("k", k->value.position, in_quotes(k->value.text) + " is no coverage factor; 2 is usual, 1 to 10");
  }
  if (fields.require("source") != nullptr) stated.source = fields.text("source").value_or("");
  fields.finish();
  return stated;
}

BenchUncertainty read_uncertainty(const Node& node, Problems& problems) {
  static const std::pair<const char*, Dimension> quantities[] = {{"voltage", Dimension::voltage},
                                                                 {"current", Dimension::current},
                                                                 {"temperature", Dimension::temperature},
                                                                 {"time", Dimension::time}};
  Fields fields(node, "uncertainty", problems, "bench.uncertainty");
  BenchUncertainty uncertainty;
  for (const auto& [name, dimension] : quantities) {
    if (const Node::Entry* const entry = fields.take(name))
      uncertainty.stated.push_back(uncertainty_of(entry->value, name, dimension, problems));
  }
  fields.finish();
  if (node.is_mapping() && !uncertainty.any())
    fields.complain("uncertainty", node.position, "voltage, current, temperature or time is due");
  return uncertainty;
}

BenchCapabilities bench_of(const Node& root, Problems& problems) {
  BenchCapabilities bench;
  Fields fields(root, "bench", problems, "bench");
  if (fields.require("name") != nullptr) bench.name = fields.text("name").value_or("");
  if (fields.require("is") != nullptr) fields.one_of("is");
  bench.can = read_words(fields, "can", fields.require("can"), known_needs(), "nothing that a scenario asks for");
  bench.observes = read_words(fields, "observes", fields.take("observes"), known_observables(),
                              "no signal that a bench may list; what the board reports is always seen");
  if (const Node::Entry* const entry = fields.take("uncertainty"))
    bench.uncertainty = read_uncertainty(entry->value, problems);
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
