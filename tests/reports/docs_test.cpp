// SPDX-License-Identifier: Apache-2.0
// The pages about the formats must stay true.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/trace/trace.hpp"
#include "tests/reports/trace_files.hpp"

namespace reports {
namespace {

const std::string docs = CELLRIG_SOURCE_DIR "/docs/";

// The bytes of the block that starts with ```hex; what stands after # is talk.
std::string hex_block(const std::string& page) {
  const std::size_t start = page.find("```hex\n") + 7;
  std::istringstream lines(page.substr(start, page.find("```", start) - start));
  std::string bytes;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream pairs(line.substr(0, line.find('#')));
    for (std::string pair; pairs >> pair;) bytes += static_cast<char>(std::stoi(pair, nullptr, 16));
  }
  return bytes;
}

TEST(Docs, TheExampleInTheTracePageIsWhatTheWriterWrites) {
  const Folder folder;
  trace::Writer writer(folder / "t", {"s", "f", 7, {{"x", "V", 1e-3, false}, {"on", "", 1, true}}});
  double x = 3.3;
  writer.row(0, &x);
  writer.change(5, 1, 1);
  x = 3.301;
  writer.row(10, &x);
  writer.row(20, &unknown);
  writer.close();
  const std::string shown = hex_block(bytes_of(docs + "trace-format.md"));
  ASSERT_GT(shown.size(), 50u);
  EXPECT_EQ(bytes_of(folder / "t"), shown);
}

TEST(Docs, TheResultPageNamesEveryMemberOfTheSchema) {
  const std::string page = bytes_of(docs + "result-format.md");
  const auto schema = nlohmann::json::parse(bytes_of(CELLRIG_SOURCE_DIR "/reports/result.schema.json"));
  const nlohmann::json flat = schema.flatten();
  int named = 0;
  for (const auto& [pointer, value] : flat.items()) {
    const std::size_t place = pointer.rfind("/properties/");
    if (place == std::string::npos || pointer.find("/counts/") != std::string::npos) continue;
    const std::string member = pointer.substr(place + 12, pointer.find('/', place + 12) - place - 12);
    EXPECT_NE(page.find("`" + member + "`"), std::string::npos) << member;
    ++named;
  }
  EXPECT_GT(named, 60);
}

}  // namespace
}  // namespace reports
