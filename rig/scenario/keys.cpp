// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/keys.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>

#include "rig/scenario/key_tables.hpp"

namespace rig::scenario {
namespace {

std::vector<std::string> parts_of(std::string_view words) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t bar = std::min(words.find('|', at), words.size());
    parts.emplace_back(words.substr(at, bar - at));
    at = bar + 1;
  }
  return parts;
}

/// "cell[3].soc" -> "cell[n].soc"
std::string without_number(std::string_view key) {
  const std::size_t open = key.find('['), close = key.find(']');
  const bool has_number = open != std::string_view::npos && close != std::string_view::npos && close > open + 1 &&
                          key.substr(open + 1, close - open - 1).find_first_not_of("0123456789") == std::string::npos;
  return has_number ? std::string(key.substr(0, open)) + "[n]" + std::string(key.substr(close + 1)) : std::string(key);
}

template <class Change>
Key changed(const Key& key, const Change& change) {
  Key copy = key;
  change(copy);
  return copy;
}

}  // namespace

Key Key::required(const char* keys) const {
  return changed(*this, [&](Key& k) {
    k.is_required = true;
    k.unless = parts_of(keys);
  });
}

Key Key::or_words(const char* more) const {
  return changed(*this, [&](Key& k) { k.words = parts_of(more); });
}

Key Key::or_mapping(const char* keys) const {
  return changed(*this, [&](Key& k) { k.place = keys; });
}

Key Key::or_unit(const char* other) const {
  return changed(*this, [&](Key& k) { k.unit = other; });
}

Key Key::at_least(double least) const {
  return changed(*this, [&](Key& k) { k.low = least; });
}

Key Key::in(double least, double most, bool open) const {
  return changed(*this, [&](Key& k) {
    k.low = least;
    k.high = most;
    k.is_open = open;
  });
}

Key Key::as_list(List how) const {
  return changed(*this, [&](Key& k) { k.list = how; });
}

Key Key::with(const char* keys) const {
  return changed(*this, [&](Key& k) { k.needs = parts_of(keys); });
}

Key Key::only_beside(const char* keys) const {
  return changed(*this, [&](Key& k) { k.beside = parts_of(keys); });
}

Key Key::shown_as(const char* text) const {
  return changed(*this, [&](Key& k) { k.example = text; });
}

const Key* Place::find(std::string_view key) const {
  const auto found = std::ranges::find(keys, key, &Key::name);
  if (found != keys.end()) return &*found;
  if (key.find('[') == std::string_view::npos) return nullptr;
  const auto counted = std::ranges::find(keys, without_number(key), &Key::name);
  return counted != keys.end() ? &*counted : nullptr;
}

const Key& Place::at(std::string_view key) const {
  if (const Key* const found = find(key)) return *found;
  throw std::logic_error("no key " + std::string(key) + " in the table " + name);
}

const std::vector<Place>& all_places() {
  static const std::vector<Place> places = [] {
    std::vector<Place> all;
    for (const auto& some : {scenario_keys(), claim_keys(), action_keys(), board_keys(), part_keys(), campaign_keys()})
      all.insert(all.end(), some.begin(), some.end());
    return all;
  }();
  return places;
}

const Place& place_of(std::string_view name) {
  static const std::map<std::string, const Place*, std::less<>> index = [] {
    std::map<std::string, const Place*, std::less<>> by_name;
    for (const Place& place : all_places()) by_name.emplace(place.name, &place);
    return by_name;
  }();
  const auto found = index.find(name);
  if (found == index.end()) throw std::logic_error("no table of keys " + std::string(name));
  return *found->second;
}

const std::vector<FileKind>& file_kinds() {
  static const std::vector<FileKind> kinds{{"scenario", "scenarios"}, {"board", "board"}, {"pack", "pack"},
                                           {"cell", "cell"},          {"bench", "bench"}, {"campaign", "campaigns"}};
  return kinds;
}

namespace key_table {

Key named(const char* name, const char* meaning, std::string example, Key::Kind kind) {
  Key key;
  key.name = name;
  key.meaning = meaning;
  key.example = std::move(example);
  key.kind = kind;
  return key;
}

Key text(const char* name, const char* meaning, const char* example) {
  return named(name, meaning, example, Key::Kind::text);
}

Key file(const char* name, const char* meaning, const char* example) {
  return named(name, meaning, example, Key::Kind::file);
}

Key condition(const char* name, const char* meaning, const char* example) {
  return named(name, meaning, example, Key::Kind::condition);
}

Key moment(const char* name, const char* meaning, const char* example) {
  return named(name, meaning, example, Key::Kind::moment);
}

Key scalar(const char* name, const char* meaning, const char* example) {
  return named(name, meaning, example, Key::Kind::scalar);
}

Key amount(const char* name, const char* meaning, const char* example) {
  return named(name, meaning, example, Key::Kind::amount);
}

Key quantity(const char* name, Dimension dimension, const char* meaning, const char* example) {
  Key key = named(name, meaning, example, Key::Kind::quantity);
  key.dimension = dimension;
  return key;
}

Key whole(const char* name, double low, double high, const char* meaning, const char* example) {
  Key key = named(name, meaning, example, Key::Kind::whole);
  return key.in(low, high);
}

Key word(const char* name, const char* words, const char* meaning) { return word(name, parts_of(words), meaning); }

Key word(const char* name, std::vector<std::string> words, const char* meaning) {
  Key key = named(name, meaning, "");
  key.words = std::move(words);
  if (!key.words.empty()) key.example = key.words.front();
  return key;
}

Key bit(const char* name, const char* meaning, const char* example) {
  return named(name, meaning, example).or_words("on|off|yes|no");
}

Key source() { return text("source", "where the numbers come from", "datasheet of the maker"); }

Key mapping(const char* name, const char* place, const char* meaning) {
  return named(name, meaning, "").or_mapping(place);
}

}  // namespace key_table
}  // namespace rig::scenario
