// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "reports/result.hpp"
#include "reports/trace/trace.hpp"
#include "tests/reports/samples.hpp"
#include "tests/reports/trace_files.hpp"

namespace reports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
  return lines;
}

class TextForms : public testing::Test {
 protected:
  void write_small() {
    trace::Writer writer(folder_ / "t", {"s",
                                         "f",
                                         1,
                                         {{"cell[1].voltage", "V", 1e-3, false},
                                          {"gate", "", 1, true},
                                          {"a,\"b\"", "A", 0.25, false},
                                          {"count", "", 1, true}}});
    const double first[] = {3.3, unknown}, second[] = {3.25, -1.25};
    writer.change(0, 1, 1);
    writer.row(0, first);
    writer.change(1'500, 1, 0);
    writer.change(1'500, 1, 1);
    writer.change(2'000, 3, 7);
    writer.row(2'000, second);
    writer.change(1'000'000'001, 1, unknown);
    writer.close();
  }
  std::string csv() {
    write_csv(folder_ / "t", folder_ / "csv");
    return bytes_of(folder_ / "csv");
  }
  std::string vcd() {
    write_vcd(folder_ / "t", folder_ / "vcd");
    return bytes_of(folder_ / "vcd");
  }
  Folder folder_;
};

TEST_F(TextForms, CsvHasOneLineAnInstantAndInventsNothingBetweenRows) {
  write_small();
  EXPECT_THAT(lines_of(csv()), ElementsAre("time [s],cell[1].voltage [V],gate,\"a,\"\"b\"\" [A]\",count",  //
                                           "0.000000000,3.3,1,,",                                          //
                                           "0.000001500,,0,,",                                             //
                                           "0.000001500,,1,,",                                             //
                                           "0.000002000,3.25,1,-1.25,7",                                   //
                                           "1.000000001,,,,7"));
}

// A reader of VCD: name with scopes -> what it was at each time.
struct Vcd {
  std::map<std::string, std::string> id_of;
  std::map<std::string, std::vector<std::pair<std::int64_t, std::string>>> history;  // by id
  std::int64_t last_time = -1;
};

Vcd parse_vcd(const std::string& text) {
  Vcd vcd;
  std::vector<std::string> scopes;
  std::istringstream in(text);
  for (std::string word; in >> word;) {
    std::string skip, kind, size, id, name;
    if (word == "$scope") {
      in >> kind >> name >> skip;
      scopes.push_back(name);
    } else if (word == "$upscope") {
      in >> skip;
      EXPECT_FALSE(scopes.empty());
      scopes.pop_back();
    } else if (word == "$var") {
      in >> kind >> size >> id >> name >> skip;
      EXPECT_EQ(skip, "$end") << name;
      std::string full;
      for (const std::string& scope : scopes) full += scope + ".";
      EXPECT_TRUE(vcd.id_of.emplace(full + name, id).second) << full + name;
    } else if (word == "$comment" || word == "$timescale") {
      while (word != "$end") in >> word;
    } else if (word[0] == '#') {
      const std::int64_t time = std::stoll(word.substr(1));
      EXPECT_GE(time, vcd.last_time);
      vcd.last_time = time;
    } else if (word[0] == 'r') {
      in >> id;
      vcd.history[id].emplace_back(vcd.last_time, word.substr(1));
    } else if (word[0] != '$') {
      vcd.history[word.substr(1)].emplace_back(vcd.last_time, word.substr(0, 1));
    }
  }
  EXPECT_TRUE(scopes.empty());
  return vcd;
}

using StampedText = std::pair<std::int64_t, std::string>;

TEST_F(TextForms, VcdGivesEveryValueAtItsTimeUnderNamesWithoutBrackets) {
  write_small();
  const std::string text = vcd();
  EXPECT_THAT(text, HasSubstr("$timescale 1 ns $end"));
  EXPECT_EQ(text.find('['), std::string::npos);
  const Vcd read = parse_vcd(text);
  ASSERT_TRUE(read.id_of.contains("cell_1.voltage_V"));
  EXPECT_THAT(read.history.at(read.id_of.at("cell_1.voltage_V")),
              ElementsAre(StampedText{0, "nan"}, StampedText{0, "3.3"}, StampedText{2000, "3.25"}));
  EXPECT_THAT(read.history.at(read.id_of.at("gate")),
              ElementsAre(StampedText{0, "x"}, StampedText{0, "1"}, StampedText{1500, "0"}, StampedText{1500, "1"},
                          StampedText{1'000'000'001, "x"}));
  EXPECT_THAT(read.history.at(read.id_of.at("count")), ElementsAre(StampedText{0, "nan"}, StampedText{2000, "7"}));
  EXPECT_EQ(read.last_time, 1'000'000'001);
}

TEST_F(TextForms, VcdNamesAndIdentifiersStayDistinct) {
  trace::Header header;
  for (int index = 0; index < 9000; ++index) header.signals.push_back({"s" + std::to_string(index), "", 1, true});
  header.signals.push_back({"a[1]", "", 1, true});
  header.signals.push_back({"a_1", "", 1, true});
  header.signals.push_back({"1 x", "", 1, true});
  trace::Writer(folder_ / "t", header).close();
  const Vcd read = parse_vcd(vcd());
  EXPECT_EQ(read.id_of.size(), 9003u);
  EXPECT_EQ(read.history.size(), 9003u);  // as many identifiers
  EXPECT_TRUE(read.id_of.contains("a_1"));
  EXPECT_TRUE(read.id_of.contains("a_1_2"));
  EXPECT_TRUE(read.id_of.contains("_1_x"));
}

TEST_F(TextForms, AnEmptyTraceGivesAHeadAndNothingElse) {
  trace::Writer(folder_ / "t", {"s", "f", 1, {{"x", "V", 1e-3, false}}}).close();
  EXPECT_EQ(csv(), "time [s],x [V]\r\n");
  EXPECT_EQ(parse_vcd(vcd()).last_time, 0);
}

TEST_F(TextForms, OfARealSizedTraceHoldEveryRow) {
  const RunResult run = sample_run(folder_.path);
  write_csv(folder_ / run.scenarios[0].trace_file, folder_ / "csv");
  const auto lines = lines_of(bytes_of(folder_ / "csv"));
  EXPECT_EQ(lines.size(), 1u + 6001u + 3u);  // head, rows, changes; those at the start share the line of the first row
  const auto commas = std::count(lines[0].begin(), lines[0].end(), ',');
  for (const std::string& line : lines) EXPECT_EQ(std::count(line.begin(), line.end(), ','), commas);
}

TEST_F(TextForms, ADamagedTraceOrAFullDiskIsAnError) {
  write_small();
  EXPECT_THROW(write_csv(folder_ / "t", "/dev/full"), std::runtime_error);
  EXPECT_THROW(write_vcd(folder_ / "t", "/dev/full"), std::runtime_error);
  EXPECT_THROW(write_vcd(folder_ / "t", "/nowhere/x"), std::runtime_error);
  std::string bytes = bytes_of(folder_ / "t");
  bytes[bytes.size() / 2] ^= 1;
  write_bytes(folder_ / "t", bytes);
  EXPECT_THROW(write_csv(folder_ / "t", folder_ / "csv"), std::runtime_error);
}

}  // namespace
}  // namespace reports
