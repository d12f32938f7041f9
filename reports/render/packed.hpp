// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "reports/render/picture.hpp"

namespace reports {

/// The curves of a picture for the browser (assets/plots.js): full rate inside its moment, the rest of the run thinned
/// until the text has at most `most_bytes` (or cannot be thinned further). Rows that say what both neighbours say are
/// left out. Byte-stable for one zlib.
///
/// Base64 of a zlib stream (its Adler-32 tells damage) of: length of a JSON text as varint, that text, and behind it
/// one varint after the other: the instants as differences [ns]; each curve in the text's order; for each strip its
/// instants as differences and its values. A value is 0 where not known, else 1 + zigzag of the steps from the last
/// known one. The JSON text has no names, to be short: [rows, end, t0, t1, origin, since, panels, strips, marks], all
/// times in ns; a panel is [unit, levels, curves], a level [value, label, forbidden], a curve [name, kind, stepped,
/// step], a strip [name, number of changes], a mark [t, label, kind].
[[nodiscard]] std::string packed(const Picture& picture, const trace::Trace& trace, std::int64_t end_ns,
                                 std::size_t most_bytes);

}  // namespace reports
