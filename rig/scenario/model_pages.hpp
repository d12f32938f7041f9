// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace rig::scenario {

/// One key of a model as people set it in a file; `standard` and `range` as they may stand there.
struct ModelKey {
  std::string key, unit, standard, range, meaning, source;
};

/// Keys that stand in one mapping: a file, a part of it, or an action of a scenario.
struct ModelSection {
  std::string where;
  std::vector<ModelKey> keys;
};

/// What can be set of one model, from its visit lists and with the defaults that its structs hold.
struct ModelPage {
  std::string name;
  std::vector<std::string> also;  // other names
  std::string about, docs;
  std::vector<ModelSection> sections;
};

[[nodiscard]] const std::vector<ModelPage>& model_pages();
[[nodiscard]] const ModelPage* find_model(std::string_view name);  // nullptr: none is called so
[[nodiscard]] std::vector<std::string> model_names();              // with the other ones

}  // namespace rig::scenario
