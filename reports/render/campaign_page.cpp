// SPDX-License-Identifier: Apache-2.0
#include "reports/render/campaign_page.hpp"

#include "reports/render/assets.hpp"
#include "reports/render/document.hpp"
#include "reports/render/view.hpp"

namespace reports {

std::string campaign_html(const CampaignPage& page) {
  using view::data;
  data all = view::object(), plots = view::list();
  for (const XyPlot& plot : page.plots) {
    data one = view::object();
    one.set("caption", view::text(plot.caption));
    one.set("drawing", draw(plot));
    plots.push_back(one);
  }
  all.set("title", view::text(page.title));
  all.set("about", view::text(page.about));
  all.set("result", view::text(page.result));
  all.set("reason", view::text(page.reason));
  all.set("facts", view::pairs(page.facts));
  all.set("plots", plots);
  all.set("tables", view::tables(page.tables));
  view::set_style(all, std::string(assets::report_css));
  return view::rendered("campaign", assets::campaign_mustache, all);
}

}  // namespace reports
