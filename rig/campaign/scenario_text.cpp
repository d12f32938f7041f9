// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/scenario_text.hpp"

#include <yaml-cpp/emitter.h>

#include <fstream>
#include <stdexcept>

namespace rig::campaign {
namespace {

namespace fs = std::filesystem;
using scenario::Node;

/// What a plain word would not say: YAML's own words, and what begins like something else.
bool needs_quotes(const std::string& text) {
  return text.empty() || text.find(": ") != std::string::npos || text.find(" #") != std::string::npos ||
         text.find_first_of("\n\t\"'\\") != std::string::npos || text.back() == ':' || text.front() == ' ' ||
         text.back() == ' ' || std::string("!&*-?|>@`%{}[],#").find(text.front()) != std::string::npos;
}

/// A negative number begins like a list and is none.
bool is_number(const std::string& text) {
  return text.size() > 1 && text[0] == '-' && std::string("0123456789.").find(text[1]) != std::string::npos;
}

void emit(YAML::Emitter& out, const Node& node) {
  if (node.is_scalar()) {
    if (needs_quotes(node.text) && !is_number(node.text))
      out << YAML::DoubleQuoted << node.text;
    else
      out << node.text;
    return;
  }
  if (node.is_sequence()) {
    out << YAML::BeginSeq;
    for (const Node& item : node.items) emit(out, item);
    out << YAML::EndSeq;
    return;
  }
  out << YAML::BeginMap;
  for (const Node::Entry& entry : node.entries) {
    out << YAML::Key << entry.key << YAML::Value;
    emit(out, entry.value);
  }
  out << YAML::EndMap;
}

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream << text;
  stream.close();
  if (!stream) throw std::runtime_error(file.string() + " cannot be written");
}

}  // namespace

std::string scenario_text(const scenario::ScenarioTree& tree, const std::string& name,
                          const std::vector<std::string>& comment) {
  YAML::Emitter out;
  out << YAML::BeginMap << YAML::Key << name << YAML::Value;
  emit(out, tree.entry.value);
  out << YAML::EndMap;
  std::string text;
  for (const std::string& line : comment) text += "# " + line + "\n";
  return text + out.c_str() + "\n";
}

void write_scenario(const scenario::ScenarioTree& tree, const std::string& name,
                    const std::vector<std::string>& comment, const fs::path& file, scenario::Files& files) {
  write(file, scenario_text(tree, name, comment));
  std::vector<scenario::ScenarioError> errors;
  static_cast<void>(read_scenario(tree, files, errors));  // opens what it refers to
  const fs::path beside = tree.file.parent_path().empty() ? fs::path(".") : tree.file.parent_path();
  for (const scenario::Files::File& opened : files.opened()) {
    if (opened.path == tree.file) continue;
    const fs::path below = opened.path.lexically_normal().lexically_relative(beside.lexically_normal());
    if (!below.empty() && *below.begin() != "..") write(file.parent_path() / below, *opened.bytes);
  }
}

}  // namespace rig::campaign
