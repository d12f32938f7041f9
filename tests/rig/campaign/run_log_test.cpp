// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/run_log.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/program.hpp"

namespace rig::campaign {
namespace {

namespace fs = std::filesystem;

Record record(std::size_t run) {
  Record r;
  r.run = run;
  r.scenario = "s";
  r.values = {{"start.cell[3].soc", "98.2 %"}};
  r.seed = 18446744073709551615ULL;
  r.result = run % 2 == 0 ? "pass" : "fail";
  r.reason = run % 2 == 0 ? "" : "too \"late\"\nby far";
  r.claims = {{"pass", 5.02, 0.1 + 0.2, "s", 7}, {"fail", {}, {}, "", -1}};
  return r;
}

class Log : public testing::Test {
 protected:
  void write(std::size_t runs) {
    RunLog log(file, "first", false);
    for (std::size_t i = 0; i < runs; ++i) log.append(record(i));
  }
  [[nodiscard]] std::string text() const { return tests::slurp(file); }
  tests::TemporaryFolder folder;
  fs::path file = folder.path() / "runs.jsonl";
};

TEST_F(Log, ARecordReadsBackAsItWas) {
  const auto back = from_line(to_line(record(1)));
  ASSERT_TRUE(back);
  EXPECT_EQ(to_line(*back), to_line(record(1)));
  EXPECT_EQ(back->values, record(1).values);
  EXPECT_EQ(back->seed, record(1).seed);
  EXPECT_EQ(back->reason, record(1).reason);
  EXPECT_EQ(back->claims[0].margin, 0.1 + 0.2);
  EXPECT_FALSE(back->claims[1].measured);
}

TEST_F(Log, WhatIsNoRecordIsNone) {
  for (const char* line :
       {"", "{", "{}", "[1]", R"({"run":0,"scenario":"s","values":{},"seed":1,"result":"good","claims":[]})"})
    EXPECT_FALSE(from_line(line)) << line;
}

TEST_F(Log, GoesOnAfterTheLastWholeLineWhereverItWasCut) {
  write(3);
  const std::string whole = text();
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    std::ofstream(file, std::ios::trunc | std::ios::binary) << whole.substr(0, cut);
    {
      RunLog log(file, "first", true);
      for (std::size_t i = log.kept().size(); i < 3; ++i) log.append(record(i));
    }
    ASSERT_EQ(text(), whole) << "cut after " << cut << " bytes";
  }
}

TEST_F(Log, CutsOffWhatDoesNotFollow) {
  write(1);
  std::ofstream(file, std::ios::app | std::ios::binary) << to_line(record(5)) << "\n" << to_line(record(1)) << "\n";
  EXPECT_EQ(RunLog(file, "first", true).kept().size(), 1u);
  EXPECT_EQ(text(), "first\n" + to_line(record(0)) + "\n");
}

TEST_F(Log, OfAnotherCampaignIsLeftAlone) {
  write(2);
  const std::string before = text();
  EXPECT_THROW(RunLog(file, "another", true), std::runtime_error);
  EXPECT_EQ(text(), before);
  EXPECT_EQ(RunLog(file, "another", false).kept().size(), 0u);
  EXPECT_EQ(text(), "another\n");
}

}  // namespace
}  // namespace rig::campaign
