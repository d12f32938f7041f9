// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "models/math/parameter.hpp"
#include "rig/scenario/fields.hpp"

namespace rig::scenario {

/// Dimension of a parameter's unit; nullopt for compound units such as K/W.
[[nodiscard]] std::optional<Dimension> dimension_of(const models::math::Parameter& parameter);

/// The value of a parameter in its mapping, in the base unit; says what is wrong with the unit, and that it is missing.
[[nodiscard]] std::optional<double> written_number(Fields& fields, const models::math::Parameter& parameter);
/// The same; says what is wrong with the range as well.
[[nodiscard]] std::optional<double> model_number(Fields& fields, const models::math::Parameter& parameter);

/// Reads every number of a visit list into the struct that it belongs to.
struct ModelReader {
  Fields& fields;
  void operator()(const models::math::Parameter& parameter, double& target) const {
    if (const std::optional<double> value = model_number(fields, parameter)) target = *value;
  }
};

}  // namespace rig::scenario
