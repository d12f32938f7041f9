// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/math/parameter.hpp"
#include "rig/scenario/keys.hpp"
#include "rig/scenario/model_number.hpp"

namespace rig::scenario {

// The tables themselves, a function a kind of file.
[[nodiscard]] std::vector<Place> scenario_keys();
[[nodiscard]] std::vector<Place> claim_keys();
[[nodiscard]] std::vector<Place> action_keys();
[[nodiscard]] std::vector<Place> board_keys();
[[nodiscard]] std::vector<Place> part_keys();  // packs, cells, benches
[[nodiscard]] std::vector<Place> campaign_keys();

namespace key_table {

inline constexpr double longest_s = 366 * 86400.;  // of a run, and so of all times in it

[[nodiscard]] Key named(const char* name, const char* meaning, std::string example, Key::Kind kind = Key::Kind::none);
[[nodiscard]] Key text(const char* name, const char* meaning, const char* example);
[[nodiscard]] Key file(const char* name, const char* meaning, const char* example);
[[nodiscard]] Key condition(const char* name, const char* meaning, const char* example);
[[nodiscard]] Key moment(const char* name, const char* meaning, const char* example);  // a time or a condition
[[nodiscard]] Key scalar(const char* name, const char* meaning, const char* example);  // one value, whatever it is
[[nodiscard]] Key amount(const char* name, const char* meaning, const char* example);  // a quantity of any dimension
[[nodiscard]] Key quantity(const char* name, Dimension dimension, const char* meaning, const char* example);
[[nodiscard]] Key whole(const char* name, double low, double high, const char* meaning, const char* example);
[[nodiscard]] Key word(const char* name, const char* words, const char* meaning);  // "on|off"
[[nodiscard]] Key word(const char* name, std::vector<std::string> words, const char* meaning);
[[nodiscard]] Key bit(const char* name, const char* meaning, const char* example = "on");
[[nodiscard]] Key source();
[[nodiscard]] Key mapping(const char* name, const char* place, const char* meaning);

[[nodiscard]] Key of(const models::math::Choice& choice);
[[nodiscard]] Key of(const models::math::Parameter& parameter, double standard = 0, bool is_whole = false);

/// Adds every number of a visit list that stands in `group`.
class FromModel {
 public:
  FromModel(std::vector<Key>& keys, std::string_view group) : keys_(keys), group_(group) {}
  void operator()(const models::math::Parameter& p, double& standard) const { add(p, standard, false); }
  void operator()(const models::math::Parameter& p, int& standard) const { add(p, standard, true); }
  template <class Lattice>
  void operator()(const models::math::Parameter& p, Lattice& /*standard*/) const {
    add(p, p.standard, false);
  }

 private:
  void add(const models::math::Parameter& p, double standard, bool is_whole) const {
    if (group_ == p.group) keys_.push_back(of(p, standard, is_whole));
  }
  std::vector<Key>& keys_;
  std::string_view group_;
};

template <class Params>
[[nodiscard]] std::vector<Key> numbers_of(std::string_view group = "") {
  std::vector<Key> keys;
  Params standard;
  visit(FromModel(keys, group), standard);
  return keys;
}

/// One list after the other.
[[nodiscard]] std::vector<Key> all_of(const std::vector<std::vector<Key>>& lists);
/// The same keys; those named have this example.
[[nodiscard]] std::vector<Key> shown(std::vector<Key> keys, std::string_view name, const char* example);

}  // namespace key_table
}  // namespace rig::scenario
