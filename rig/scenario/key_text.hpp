// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "rig/scenario/keys.hpp"

namespace rig::scenario {

/// What may stand behind a key, in words: "a voltage, -20 V to 20 V, or `off`".
[[nodiscard]] std::string value_text(const Key& key);
/// What else must hold: "must be there unless template", "stands with when", "" when nothing.
[[nodiscard]] std::string company_text(const Key& key);

/// The keys of a place and of the mappings in it as a table of Markdown.
[[nodiscard]] std::string table_of_keys(const Place& place);
/// A page whose blocks `<!-- keys of PLACE -->` … `<!-- end of keys -->` hold the tables of today.
[[nodiscard]] std::string with_key_tables(const std::string& page);

}  // namespace rig::scenario
