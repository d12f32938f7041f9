// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "rig/scenario/keys.hpp"

namespace rig::scenario {

using Json = nlohmann::ordered_json;  // is YAML

/// A mapping of a place, to be tried by a reader and by a schema.
struct Sample {
  std::string place, what;  // "do.charger", "current"
  Json mapping;
};

/// What stands behind a key: its example.
[[nodiscard]] Json value_of(const Key& key);
/// What nothing behind this key may be; null when everything may.
[[nodiscard]] Json wrong_value_of(const Key& key);
/// A mapping with what is required, and with `name` (when it is not "") and what that calls for.
[[nodiscard]] Json mapping_with(const Place& place, const std::string& name);
/// Every key once, in a mapping that is right: its example, and each of its words.
[[nodiscard]] std::vector<Sample> right_samples(const Place& place);
/// An unknown key; each key with a wrong value; without what is required; without company; two of which one is due.
[[nodiscard]] std::vector<Sample> wrong_samples(const Place& place);

/// The file of the sample: the mapping where it belongs.
struct SampleFile {
  std::string kind;  // "scenario"
  Json content;
};
[[nodiscard]] SampleFile file_of(const Sample& sample);
/// A board that has everything that an action may touch.
[[nodiscard]] Json full_board();

}  // namespace rig::scenario
