// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "rig/scenario/model_pages.hpp"

namespace rig::cli {

/// Every key of a model with unit, default, range, meaning and source.
[[nodiscard]] std::string explain(const scenario::ModelPage& page);

/// The models, the signals, and where the names of scenarios are found.
[[nodiscard]] std::string explainable();

}  // namespace rig::cli
