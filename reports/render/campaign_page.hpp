// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "reports/render/document.hpp"
#include "reports/render/xy_plot.hpp"

namespace reports {

/// What a campaign found, for people.
struct CampaignPage {
  using Table = PageTable;
  std::string title, about, result, reason;
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<XyPlot> plots;
  std::vector<Table> tables;
};

/// One file without scripts, in the style of the report; nothing is fetched. Byte-stable.
[[nodiscard]] std::string campaign_html(const CampaignPage& page);

}  // namespace reports
