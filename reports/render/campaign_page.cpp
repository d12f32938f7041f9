// SPDX-License-Identifier: Apache-2.0
#include "reports/render/campaign_page.hpp"

#include <stdexcept>

#include "reports/digest.hpp"
#include "reports/render/assets.hpp"
#include "reports/render/text.hpp"
#include "reports/render/view.hpp"

namespace reports {
namespace {

using view::data;

data cells_of(const std::vector<std::string>& cells) {
  data all = view::list();
  for (const std::string& cell : cells) {
    data one = view::object();
    one.set("word", view::text(cell));
    all.push_back(one);
  }
  return all;
}

data rows_of(const CampaignPage::Table& table) {
  data rows = view::list();
  for (const auto& cells : table.rows) {
    data row = view::object();
    row.set("cells", cells_of(cells));
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

std::string campaign_html(const CampaignPage& page) {
  data all = view::object(), facts = view::list(), plots = view::list(), tables = view::list();
  for (const auto& [name, value] : page.facts) {
    data fact = view::object();
    fact.set("name", view::text(name));
    fact.set("value", view::text(value));
    facts.push_back(fact);
  }
  for (const XyPlot& plot : page.plots) {
    data one = view::object();
    one.set("caption", view::text(plot.caption));
    one.set("drawing", draw(plot));
    plots.push_back(one);
  }
  for (const CampaignPage::Table& table : page.tables) {
    data one = view::object();
    one.set("caption", view::text(table.caption));
    one.set("heads", cells_of(table.heads));
    one.set("rows", rows_of(table));
    tables.push_back(one);
  }
  all.set("title", view::text(page.title));
  all.set("about", view::text(page.about));
  all.set("result", view::text(page.result));
  all.set("reason", view::text(page.reason));
  all.set("facts", facts);
  all.set("plots", plots);
  all.set("tables", tables);
  all.set("css", std::string(assets::report_css));
  all.set("css_hash", "'sha256-" + sha256_base64(assets::report_css) + "'");
  kainjow::mustache::mustache document{std::string(assets::campaign_mustache)};
  if (!document.is_valid()) throw std::runtime_error("campaign.mustache: " + document.error_message());
  document.set_custom_escape([](const std::string& text) { return escaped(text); });
  return document.render(all);
}

}  // namespace reports
