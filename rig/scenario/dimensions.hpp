// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "rig/scenario/quantity.hpp"

namespace rig::scenario {

/// Dimension of a result, or nullopt when the operation has no meaning. degC - degC is K, degC + K is degC,
/// degC + degC means nothing; products exist where physics names them (V·A = W, W·s = J, V/A = ohm, …).
[[nodiscard]] std::optional<Dimension> sum_dimension(Dimension a, Dimension b);
[[nodiscard]] std::optional<Dimension> difference_dimension(Dimension a, Dimension b);
[[nodiscard]] std::optional<Dimension> product_dimension(Dimension a, Dimension b);
[[nodiscard]] std::optional<Dimension> quotient_dimension(Dimension a, Dimension b);

}  // namespace rig::scenario
