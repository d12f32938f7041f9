// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "rig/campaign/record.hpp"

namespace rig::campaign {

/// campaign.html: tables and curves of what campaign.json (`found`) and the runs say.
[[nodiscard]] std::string page_of(const nlohmann::ordered_json& found, const std::vector<Record>& records);

/// results.csv: a line a run, a column for each place that differs and two for each claim (base units), RFC 4180.
[[nodiscard]] std::string csv_of(const std::vector<Record>& records);

}  // namespace rig::campaign
