// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string_view>

#include "rig/lint/interval.hpp"
#include "rig/scenario/catalogue.hpp"
#include "rig/scenario/expression.hpp"

namespace rig::lint {

/// What a signal can be at all: what fits into its field of the protocol, or what nature allows. The name is without
/// its board's prefix; docs/linter.md lists the rows.
[[nodiscard]] Interval range_of_signal(std::string_view own_name);

/// Of a signal, in whatever one knows of the run.
using Ranges = std::function<Interval(scenario::SignalId)>;

/// range_of_signal() for every signal of a catalogue, which must outlive it.
[[nodiscard]] Ranges ranges_at_all(const scenario::Catalogue& catalogue);

/// Of the value of an arithmetic expression, its signals taken as independent of each other.
[[nodiscard]] Interval range_of(const scenario::Expression& expression, const Ranges& ranges);

}  // namespace rig::lint
