// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rig/scenario/quantity.hpp"

namespace rig::scenario {

/// One key of a mapping: what may stand behind it, and what it means. A value is any of: a scalar of `kind`, one of
/// `words`, a mapping with the keys of `place`; or a list of them. The readers ask these tables; JSON Schema, the
/// tables of docs/scenarios.md and `cellrig explain` are made from them.
struct Key {
  enum class Kind : std::uint8_t { none, text, file, condition, moment, quantity, whole, amount, scalar };
  enum class List : std::uint8_t { no, yes, either };

  std::string name;  // "run_for"; "cell[n].soc": n is a number
  std::string meaning, example;
  Kind kind = Kind::none;
  Dimension dimension = Dimension::none;  // of a quantity
  std::string unit;                       // a quantity may have this one beside, or instead when dimension is none
  std::optional<double> low, high;        // in the base unit; of whole numbers and quantities
  bool is_open = false;                   // low itself is not allowed
  std::vector<std::string> words;
  std::string place;     // of the mapping; "": none
  List list = List::no;  // yes: of all that; either: the mapping, or a list of the rest (without a mapping one of them)
  bool has_board = false;  // of several boards a word has the name of one in front: "a.short_circuit"
  bool is_required = false;
  std::vector<std::string> unless;         // required, unless one of these keys is there
  std::vector<std::string> needs, beside;  // keys that are then due; it stands only with one of these

  // For tables: the same key, and what it says more.
  [[nodiscard]] Key required(const char* unless = "") const;  // "template|boards"
  [[nodiscard]] Key or_words(const char* words) const;        // "off|on"
  [[nodiscard]] Key or_mapping(const char* place) const;
  [[nodiscard]] Key or_unit(const char* unit) const;
  [[nodiscard]] Key at_least(double low) const;
  [[nodiscard]] Key in(double low, double high, bool is_open = false) const;
  [[nodiscard]] Key as_list(List list = List::yes) const;
  [[nodiscard]] Key with(const char* keys) const;         // needs, "then|within"
  [[nodiscard]] Key only_beside(const char* keys) const;  // beside
  [[nodiscard]] Key shown_as(const char* example) const;
};

/// A mapping of a file.
struct Place {
  std::string name;   // "scenario", "scenario.trace", "do.charger"
  std::string about;  // one sentence
  std::vector<Key> keys;
  std::optional<Key> other;              // what stands behind names that the author chooses
  std::vector<std::string> exactly_one;  // of these keys
  bool is_partial = false;               // may be completed elsewhere: what is required is due there at the latest
  std::vector<std::string> at_least_one = {};  // of these keys

  /// The key of this name, `cell[3]` is `cell[n]`; nullptr: none.
  [[nodiscard]] const Key* find(std::string_view key) const;
  [[nodiscard]] const Key& at(std::string_view key) const;  // throws std::logic_error
};

[[nodiscard]] const std::vector<Place>& all_places();
[[nodiscard]] const Place& place_of(std::string_view name);  // throws std::logic_error

/// What a file of each kind begins with: "scenario" -> place "scenarios".
struct FileKind {
  const char *name, *place;
};
[[nodiscard]] const std::vector<FileKind>& file_kinds();

}  // namespace rig::scenario
