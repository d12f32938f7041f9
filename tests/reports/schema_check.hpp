// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace reports {

/// First complaint of a document against a schema, "" when it is valid. Knows the words result.schema.json uses: $ref
/// to
/// #/$defs, type, enum, const, minimum, items, required, properties, additionalProperties; any other word is a
/// complaint.
[[nodiscard]] std::string complaint(const nlohmann::json& root, const nlohmann::json& schema,
                                    const nlohmann::json& value, const std::string& path);

}  // namespace reports
