// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>

#include "reports/digest.hpp"
#include "reports/render/picture.hpp"
#include "reports/render/plain_page.hpp"
#include "reports/result.hpp"
#include "reports/trace/trace.hpp"
#include "tests/reports/samples.hpp"
#include "tests/reports/trace_files.hpp"

namespace reports {
namespace {

// A page is too long to be printed by a failing test.
testing::AssertionResult has(const std::string& page, const std::string& words) {
  return (page.find(words) != std::string::npos ? testing::AssertionSuccess() : testing::AssertionFailure()) << words;
}

class Html : public testing::Test {
 protected:
  Folder folder_;
  RunResult run_ = sample_run(folder_.path);
  std::string page() const { return html(run_, folder_.path); }
};

std::string part(const std::string& page, const std::string& from, const std::string& to) {
  const std::size_t start = page.find(from);
  EXPECT_NE(start, std::string::npos) << from;
  return start == std::string::npos ? "" : page.substr(start, page.find(to, start) - start);
}

std::string section(const std::string& page, const std::string& name) {
  return part(page, "id=\"" + name + "\"", "class=\"again\"");
}

TEST_F(Html, SaysWhatAReaderNeedsWithoutAnyScript) {
  std::string text = page();
  text.erase(text.find("<script>"));
  for (const char* words : {"jk 1.0.0",
                            run_.firmware_sha256.c_str(),
                            "cellrig 0.1.0",
                            "2026-05-04T10:00:00Z",
                            "bench-3",
                            "What this report is not",
                            "mapping not verified against the standard text",
                            "5.020 s",
                            "5.200 s",
                            "+180.0 ms",
                            "+3.5 %",
                            "declared: delay 5 s + one scan + one poll",
                            "resolution 1.000 us",
                            "605.020015 s",
                            "cell[3]",
                            "3.612 V",
                            "IEC 62619:2022/8.2.2",
                            "cell_ovp_recovery",
                            "3.550 V",
                            "./cellrig run cold_charge_is_refused_below_minus_20_degC --seed 1 --gdb",
                            "firmware crashed: segmentation fault",
                            "bench sim has no relay",
                            "-68.47 s",
                            "avalanche energy",
                            "11.70 J"}) {
    EXPECT_TRUE(has(text, words));
  }
}

TEST_F(Html, IsOneFileThatLoadsNothing) {
  const std::string text = page();
  EXPECT_TRUE(has(text, "default-src 'none'"));
  EXPECT_FALSE(std::regex_search(text, std::regex("(src|href)=\"[^#]")));
  EXPECT_FALSE(has(text, "url("));
  EXPECT_FALSE(has(text, "style=\""));  // the policy would refuse it
  EXPECT_FALSE(has(text, "unsafe-inline"));
}

TEST_F(Html, ItsPolicyAdmitsExactlyItsOwnStyleAndScript) {
  const std::string text = page();
  const auto inside = [&](const std::string& open, const std::string& close) {
    return part(text, open, close).substr(open.size());
  };
  EXPECT_TRUE(has(text, "style-src 'sha256-" + sha256_base64(inside("<style>", "</style>")) + "'"));
  EXPECT_TRUE(has(text, "script-src 'sha256-" + sha256_base64(inside("<script>", "</script>")) + "'"));
}

TEST_F(Html, WorstScenariosComeFirstAndOpen) {
  const std::string text = page();
  std::vector<std::string> order;
  const std::regex details("<details class=\"scenario r-(\\w+)\" id=\"\\w+\" data-word=\"\\w+\"( open)?>");
  for (std::sregex_iterator it(text.begin(), text.end(), details), end; it != end; ++it) {
    order.push_back((*it)[1].str() + (*it)[2].str());
  }
  EXPECT_THAT(order, testing::ElementsAre("error open", "fail open", "not_applicable", "pass", "pass"));
}

TEST_F(Html, EveryScenarioHasItsAnchorAndALink) {
  const std::string text = page();
  for (const ScenarioResult& one : run_.scenarios) {
    EXPECT_TRUE(has(text, "id=\"" + one.name + "\""));
    EXPECT_TRUE(has(text, "href=\"#" + one.name + "\""));
  }
}

TEST_F(Html, PassesAndFailuresHaveAPicture) {
  const std::string text = page();
  for (int index : {0, 1, 2}) {
    EXPECT_TRUE(has(section(text, run_.scenarios[static_cast<std::size_t>(index)].name), "<svg class=\"plot\""))
        << index;
  }
  const std::string overcharge = section(text, run_.scenarios[0].name);
  for (const char* words : {"t_cross", "t_act", "t_detect", ">bms.cell[3].voltage</text>", ">cell[3].voltage</text>",
                            ">port.current</text>", ">charge_gate</text>", ">bms.alarm.cell_overvoltage</text>",
                            ">3.60 V</text>", ">s since t_cross"}) {
    EXPECT_TRUE(has(overcharge, words));
  }
  EXPECT_TRUE(has(section(text, run_.scenarios[1].name), ">us since"));
}

TEST_F(Html, SameResultGivesTheSameBytes) { EXPECT_EQ(page(), page()); }

TEST_F(Html, ATraceThatIsMissingDamagedOrExchangedIsSaidLoudly) {
  const auto complaint = [&] { return section(page(), run_.scenarios[0].name); };
  const std::filesystem::path file = folder_ / run_.scenarios[0].trace_file;
  std::string bytes = bytes_of(file);
  bytes[bytes.size() / 2] ^= 1;
  write_bytes(file, bytes);
  EXPECT_TRUE(has(complaint(), "is not the one this result names"));
  run_.scenarios[0].trace_sha256 = sha256_file(file);
  EXPECT_TRUE(has(complaint(), "damaged trace at byte"));
  EXPECT_FALSE(has(complaint(), "<svg"));
  std::filesystem::remove(file);
  EXPECT_TRUE(has(complaint(), "is not there"));
}

TEST_F(Html, ANumberThatContradictsItsWordIsShownAsAnError) {
  run_.scenarios[0].claims[1].result = "fail";
  const std::string text = page();
  EXPECT_TRUE(has(text, "This result contradicts itself"));
  EXPECT_TRUE(
      has(text, "<details class=\"scenario r-error\" id=\"" + run_.scenarios[0].name + "\" data-word=\"error\" open>"));
}

TEST_F(Html, NothingRunIsNoPass) {
  const std::string text = html(RunResult{}, folder_.path);
  EXPECT_TRUE(has(text, "Nothing was run"));
  EXPECT_TRUE(has(text, "verdict r-not_run"));
}

TEST_F(Html, HostileTextsStayText) {
  const std::string evil = std::string("</script><script>alert('x')</script>\"'&\x01") + '\0';
  ScenarioResult& one = run_.scenarios[0];
  one.name = one.about = one.reason = one.board = one.again = one.trace_file = evil;
  one.settings[evil] = evil;
  one.figures[evil] = {1, evil, evil};
  one.shows = one.labels = {evil};
  one.findings = {{0, evil, evil}};
  ClaimResult& claim = one.claims[0];
  claim.text = claim.reason = claim.limit_note = claim.worst_element = claim.protection = evil;
  claim.measured->text = claim.limit->text = claim.margin->text = evil;
  run_.firmware_name = run_.host = run_.tool_version = evil;
  const std::string text = page();
  EXPECT_FALSE(has(text, "alert('x')"));
  EXPECT_TRUE(has(text, "&lt;script&gt;alert(&#39;x&#39;)"));
  EXPECT_FALSE(has(text, "\x01"));
  const std::string svg_name = "<b>&\"'\x02";
  trace::Writer writer(folder_ / "evil", {"", "", 0, {{svg_name, svg_name, 1, false}, {svg_name + "!", "", 1, true}}});
  const double value = 1;
  for (int row = 0; row < 20; ++row) writer.row(row, &value);
  writer.change(20, 1, 1);
  writer.close();
  one.trace_file = "evil";
  one.trace_sha256 = sha256_file(folder_ / "evil");
  claim.signals = {svg_name, svg_name + "!"};
  claim.timeline.reset();
  claim.t_worst_ns = 10;
  const std::string with_picture = page();
  EXPECT_TRUE(has(with_picture, ">&lt;b&gt;&amp;&quot;&#39;\uFFFD</text>"));
  EXPECT_FALSE(has(with_picture, "<b>&\""));
}

TEST_F(Html, TracesWithoutRowsOrWithoutAnythingKnownGiveAPictureStill) {
  for (const int rows : {0, 30}) {
    trace::Header header{
        "",
        "",
        0,
        {{"cell[1].voltage", "V", 1e-3, false}, {"port.current", "A", 1e-3, false}, {"charge_gate", "", 1, true}}};
    trace::Writer writer(folder_ / "t", header);
    const double nothing[] = {unknown, unknown};
    for (int row = 0; row < rows; ++row) writer.row(std::int64_t{row} * 1'000'000, nothing);
    writer.close();
    ScenarioResult& one = run_.scenarios[0];
    one.trace_file = "t";
    one.trace_sha256 = sha256_file(folder_ / "t");
    const std::string text = section(page(), one.name);
    EXPECT_TRUE(has(text, "<svg class=\"plot\""));
    EXPECT_FALSE(has(text, "nan"));
    EXPECT_FALSE(has(text, "not known,"));
  }
}

TEST_F(Html, EveryPictureCarriesItsDataAndUPlotItsLicence) {
  const std::string text = page();
  const auto count = [&](const std::string& words) {
    std::size_t number = 0;
    for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++number;
    return number;
  };
  EXPECT_EQ(count("<figure data-plot=\"eN"), count("<svg class=\"plot\""));  // eN: a zlib stream
  EXPECT_EQ(count("<svg class=\"plot\""), 3u);
  EXPECT_TRUE(has(text, "var uPlot=function"));
  EXPECT_TRUE(has(text, "Copyright (c) 2022 Leon Sorokin"));
  EXPECT_TRUE(has(text, "id=\"undecoded\" class=\"alarm loud\" role=\"alert\" hidden"));
}

TEST_F(Html, ALibraryOfAHundredAndFiftyScenariosStaysBelowThreeMegabytes) {
  const std::vector<ScenarioResult> three(run_.scenarios.begin(), run_.scenarios.begin() + 3);
  run_.scenarios.clear();
  for (int index = 0; index < 150; ++index) {
    ScenarioResult one = three[static_cast<std::size_t>(index % 3)];
    one.name += "_" + std::to_string(index);
    for (int more = 0; more < 4; ++more) one.claims.push_back(one.claims[0]);
    run_.scenarios.push_back(one);
  }
  EXPECT_LT(page().size(), 3'000'000u);
}

TEST_F(Html, APrinterWithLessCssHasColoursInEachDrawing) {
  const std::string plain = plain_page(page());
  for (const char* gone : {"var(--", "<script>", "data-plot", "prefers-color-scheme", "#14171b"}) {
    EXPECT_FALSE(has(plain, gone));
  }
  const std::string drawing = part(plain, "<svg class=\"plot\"", "</svg>");
  EXPECT_TRUE(has(drawing, ".plot text { fill: #444; }.plot path { fill: none; stroke: #bbb; }"));
  EXPECT_TRUE(has(plain, "a { color: #0b5cad;"));
  EXPECT_TRUE(has(plain, "— end of report CR-"));
  EXPECT_EQ(plain_page("<p>"), "<p>");
}

TEST_F(Html, IsWellFormed) {
  std::string text = page();
  const std::size_t script = text.find("<script>");
  text.erase(script, text.find("</script>") - script + 9);  // as XML a script would need escapes
  for (const char* open : {"<meta", "<input"}) {
    for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at + 1))
      text.insert(text.find('>', at), "/");
  }
  text = std::regex_replace(text, std::regex("<wbr>"), "");
  text = std::regex_replace(text, std::regex(" (hidden|open)>"), " $1=\"\">");
  text.erase(0, text.find("<html"));
  write_bytes(folder_ / "page.xml", text);
  const std::string command = std::string(CELLRIG_XMLLINT) + " --huge --noout " + (folder_ / "page.xml").string();
  EXPECT_EQ(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace reports
