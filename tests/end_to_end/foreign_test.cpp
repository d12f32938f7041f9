// SPDX-License-Identifier: Apache-2.0
// A firmware that others wrote: built by its own Makefile against board.h alone, judged by its own scenarios.
#include <gtest/gtest.h>

#include "reports/result.hpp"
#include "tests/support/program.hpp"

TEST(ForeignFirmware, IsBuiltByItsOwnMakefileAndPassesItsOwnScenarios) {
  const tests::TemporaryFolder folder;
  std::filesystem::copy(CELLRIG_SOURCE_DIR "/examples/foreign", folder.path() / "foreign",
                        std::filesystem::copy_options::recursive);
  std::filesystem::remove(folder.path() / "foreign/foreign_bms.so");
  const std::string foreign = folder.text() + "/foreign";
  const auto made =
      tests::run("make -C " + foreign + " BOARD_INCLUDE='" CELLRIG_SOURCE_DIR "/firmware-under-test/include'");
  ASSERT_EQ(made.exit_code, 0) << made.output;
  const auto ran = tests::run(tests::cellrig() + " run " + foreign + " --firmware " + foreign +
                              "/foreign_bms.so --out " + folder.text() + "/out");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  const auto result = reports::from_json(tests::slurp(folder.path() / "out/result.json"));
  EXPECT_GE(result.scenarios.size(), 2u);
  for (const auto& scenario : result.scenarios)
    EXPECT_EQ(scenario.result, "pass") << scenario.name << ": " << scenario.reason;
}
