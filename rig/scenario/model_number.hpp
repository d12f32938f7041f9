// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "models/math/parameter.hpp"
#include "rig/scenario/fields.hpp"

namespace rig::scenario {

/// Dimension of a parameter's unit; nullopt for compound units such as K/W.
[[nodiscard]] std::optional<Dimension> dimension_of(const models::math::Parameter& parameter);
/// "2.5 mV", "3 K/W": as it may stand in a file.
[[nodiscard]] std::string amount_of(const models::math::Parameter& parameter, double value);

/// The value of a parameter in its mapping, in the base unit; says what is wrong with unit and range, and that it is
/// missing.
[[nodiscard]] std::optional<double> model_number(Fields& fields, const models::math::Parameter& parameter);
/// Says that a value that was read lies outside of the range; true when it does not.
bool is_allowed(Fields& fields, const models::math::Parameter& parameter, double value);

/// The words of a choice, and the one that the mapping gives; nullopt when it gives none.
[[nodiscard]] std::vector<std::string> words_of(const models::math::Choice& choice);
[[nodiscard]] std::optional<std::string> chosen(Fields& fields, const models::math::Choice& choice);

/// The mappings of a file in which groups of parameters stand, as far as they are there.
using Groups = std::map<std::string, Fields>;
[[nodiscard]] Groups open_groups(Fields& top, const std::vector<std::string>& names);
/// Nothing but `source` may be left in them.
void finish(Groups& groups);

/// Reads every number of a visit list into the struct that it belongs to, each from the group where it stands; those of
/// a group that is absent keep their defaults.
struct ModelReader {
  Fields& fields;
  Groups* groups = nullptr;
  void operator()(const models::math::Parameter& parameter, double& target) const;
  void operator()(const models::math::Parameter& parameter, int& target) const;
  [[nodiscard]] Fields* place_of(const models::math::Parameter& parameter) const;  // nullptr: its group is absent
  [[nodiscard]] std::optional<double> read(const models::math::Parameter& parameter) const;
};

}  // namespace rig::scenario
