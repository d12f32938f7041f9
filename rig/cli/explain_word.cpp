// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/explain_word.hpp"

#include <optional>
#include <vector>

#include "rig/cli/nearest.hpp"
#include "rig/scenario/catalogue.hpp"
#include "rig/scenario/files.hpp"
#include "rig/scenario/key_text.hpp"
#include "rig/scenario/keys.hpp"
#include "rig/scenario/parts.hpp"

namespace rig::cli {
namespace {

constexpr int most_cells = 24;

std::string text_of_signal(const std::string& word) {
  const scenario::Catalogue all = scenario::make_catalogue(most_cells);
  const auto* const list = all.find_vector(word);
  const auto id = list != nullptr && !list->empty() ? std::optional(list->front()) : all.find(word);
  if (!id) return "";
  const scenario::SignalInfo& signal = all.info(*id);
  std::string text = word + "   a signal, docs/signals.md\n  " + signal.meaning;
  if (list != nullptr) text += "; of all cells, in min max mean sum";
  text += "\n  " + std::string(scenario::dimension_name(signal.dimension));
  if (signal.resolution > 0) text += ", resolution " + scenario::format({signal.resolution, signal.dimension});
  return text + "\n";
}

std::vector<scenario::BoardSpec::Setting> shipped_settings(const std::filesystem::path& shipped) {
  scenario::Problems problems;
  scenario::Files files(shipped);
  scenario::Node reference;
  reference.text = "boards/jk_b2a8s20p.yaml";
  const auto board = scenario::read_board(reference, shipped, files, problems);
  return board ? board->settings : std::vector<scenario::BoardSpec::Setting>{};
}

std::string text_of_setting(const std::string& word, const std::filesystem::path& shipped) {
  for (const auto& setting : shipped_settings(shipped)) {
    if (setting.name != word) continue;
    const auto amount = [&](double value) { return scenario::format({value, setting.dimension}); };
    std::string text = word + "   a setting of the JK boards, docs/settings.md\n  " +
                       std::string(scenario::dimension_name(setting.dimension)) + ", " + amount(setting.value) +
                       " when not said (jk_b2a8s20p)";
    if (setting.min && setting.max) text += ", " + amount(*setting.min) + " to " + amount(*setting.max);
    return text + "\n  `settings:` of a scenario; in invariants ${" + word + "}\n";
  }
  return "";
}

std::string text_of_keys(const std::string& word) {
  std::string text;
  for (const scenario::Place& place : scenario::all_places()) {
    const scenario::Key* const key = place.name == "action" ? nullptr : place.find(word);
    if (key == nullptr) continue;
    text += (text.empty() ? "" : "\n") + word + "   a key of " + place.name + " (" + place.about + ")\n  " +
            key->meaning + "\n  " + scenario::value_text(*key);
    if (!key->example.empty()) text += "; such as " + key->example;
    const std::string company = scenario::company_text(*key);
    text += (company.empty() ? "" : "; " + company) + "\n";
  }
  return text;
}

}  // namespace

std::string explain_word(const std::string& word, const std::filesystem::path& shipped) {
  std::string text;
  for (const std::string& one : {text_of_signal(word), text_of_setting(word, shipped), text_of_keys(word)}) {
    if (!text.empty() && !one.empty()) text += "\n";
    text += one;
  }
  return text;
}

std::string near_words(const std::string& word, const std::filesystem::path& shipped) {
  std::vector<std::string> known;
  for (const scenario::Place& place : scenario::all_places())
    for (const scenario::Key& key : place.keys) known.push_back(key.name);
  for (const auto& setting : shipped_settings(shipped)) known.push_back(setting.name);
  const scenario::Catalogue all = scenario::make_catalogue(most_cells);
  for (std::size_t id = 0; id < all.size(); ++id) known.push_back(all.info(static_cast<scenario::SignalId>(id)).name);
  return near_text(word, known);
}

}  // namespace rig::cli
