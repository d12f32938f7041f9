// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/explain_model.hpp"

#include <algorithm>

#include "rig/cli/text.hpp"

namespace rig::cli {
namespace {

using scenario::ModelKey;
using scenario::ModelPage;
using scenario::ModelSection;

std::string dash(const std::string& text) { return text.empty() ? "-" : text; }

std::string key_text(const ModelKey& key, std::size_t columns) {
  std::string text = "  " + padded(key.key, columns) + "  " + padded(dash(key.unit), 8) + "  " +
                     padded(dash(key.standard), 12) + "  " + dash(key.range) + "\n      " + key.meaning;
  if (!key.source.empty()) text += "  [" + key.source + "]";
  return text + "\n";
}

std::string section_text(const ModelSection& section) {
  std::size_t columns = 12;
  for (const ModelKey& key : section.keys) columns = std::max(columns, width(key.key));
  std::string text = "\n" + section.where + "\n";
  text += "  " + padded("key", columns) + "  unit      default       range\n      meaning  [source]\n";
  for (const ModelKey& key : section.keys) text += key_text(key, columns);
  return text;
}

}  // namespace

std::string explain(const ModelPage& page) {
  std::string text = page.name + "   " + page.docs + "\n  " + page.about + "\n";
  for (const ModelSection& section : page.sections) text += section_text(section);
  return text;
}

std::string explainable() {
  std::string text = "What `cellrig explain` knows\n\n";
  for (const ModelPage& page : scenario::model_pages()) {
    text += "  " + padded(page.name, 20) + page.about + "\n";
    if (!page.also.empty()) text += "  " + padded("", 20) + "also: " + joined(page.also, ", ") + "\n";
  }
  text += "  " + padded("signals", 20) + "everything that a claim can name, with unit and meaning\n";
  return text + "\nand every scenario, by its name: `cellrig list` prints them.\n";
}

}  // namespace rig::cli
