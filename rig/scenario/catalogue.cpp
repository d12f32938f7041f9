// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/catalogue.hpp"

#include <stdexcept>

#include "rig/scenario/text.hpp"

namespace rig::scenario {

SignalId Catalogue::add(SignalInfo info) {
  const auto id = static_cast<SignalId>(signals_.size());
  if (vectors_.contains(info.name) || !by_name_.emplace(info.name, id).second) {
    throw std::logic_error("signal " + info.name + " is declared twice");
  }
  signals_.push_back(std::move(info));
  return id;
}

void Catalogue::add_vector(const std::string& name, std::vector<SignalId> elements) {
  if (by_name_.contains(name) || !vectors_.emplace(name, std::move(elements)).second) {
    throw std::logic_error("signal " + name + " is declared twice");
  }
}

std::optional<SignalId> Catalogue::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? std::nullopt : std::optional(found->second);
}

const std::vector<SignalId>* Catalogue::find_vector(std::string_view name) const {
  const auto found = vectors_.find(name);
  return found == vectors_.end() ? nullptr : &found->second;
}

Catalogue Catalogue::of(std::string_view prefix) const {
  Catalogue some;
  some.signals_ = signals_;
  some.prefixes_ = prefixes_;
  for (const auto& [name, id] : by_name_) {
    if (name.starts_with(prefix)) some.by_name_.emplace(name.substr(prefix.size()), id);
  }
  for (const auto& [name, elements] : vectors_) {
    if (name.starts_with(prefix)) some.vectors_.emplace(name.substr(prefix.size()), elements);
  }
  return some;
}

std::vector<std::string> Catalogue::nearest(std::string_view name) const {
  std::vector<std::string> known;
  for (const SignalInfo& signal : signals_) known.push_back(signal.name);
  for (const auto& [vector_name, elements] : vectors_) known.push_back(vector_name);
  return nearest_of(name, known);
}

}  // namespace rig::scenario
