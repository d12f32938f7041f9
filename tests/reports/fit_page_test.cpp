// SPDX-License-Identifier: Apache-2.0
#include "reports/render/fit_page.hpp"

#include <gmock/gmock.h>

using testing::HasSubstr;
using testing::Not;

namespace reports {
namespace {

FitPage fitted_page() {
  FitPage p;
  p.title = "a <b> cell";
  p.verdict = "Residual 2 mV RMS.";
  p.facts = {{"slow.csv", "4 Ah"}};
  p.tables = {{"Circuit", {"soc", "R0"}, {{"50 %", "27 mohm"}}}};
  p.plots = {{"pulses.csv", {0, 1, 2}, {3.7, 3.6, 3.61}, {3.7, 3.601, 3.612}, {0, -4, 0}, 2}};
  return p;
}

}  // namespace

TEST(FitPage, ShowsFactsTablesAndBothCurves) {
  const std::string html = fit_html(fitted_page());
  for (const char* text : {"slow.csv", "4 Ah", "27 mohm", "<th>soc</th><th>R0</th>",
                           R"(<td class="t">50 %</td><td class="t">27 mohm</td>)", ">measured</text>", ">model</text>"})
    EXPECT_THAT(html, HasSubstr(text));
}

TEST(FitPage, EscapesWhatPeopleWrote) {
  EXPECT_THAT(fit_html(fitted_page()), HasSubstr("a &lt;b&gt; cell"));
  EXPECT_THAT(fit_html(fitted_page()), Not(HasSubstr("a <b> cell")));
}

TEST(FitPage, RunsNoScript) { EXPECT_THAT(fit_html(fitted_page()), Not(HasSubstr("<script"))); }

TEST(FitPage, IsTheSameBytesTwice) { EXPECT_EQ(fit_html(fitted_page()), fit_html(fitted_page())); }

}  // namespace reports
