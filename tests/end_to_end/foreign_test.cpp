// SPDX-License-Identifier: Apache-2.0
// A firmware that others wrote: built by its own Makefile against board.h alone, judged by its own scenarios.
#include <gtest/gtest.h>

#include <fstream>
#include <vector>

#include "reports/result.hpp"
#include "tests/support/program.hpp"

namespace {

/// The example in a folder of its own: `edit` (a shell command) first, then its Makefile.
std::string foreign_in(const tests::TemporaryFolder& folder, const std::string& edit = "true") {
  const std::string foreign = folder.text() + "/foreign";
  std::filesystem::copy(CELLRIG_SOURCE_DIR "/examples/foreign", foreign, std::filesystem::copy_options::recursive);
  std::filesystem::remove(foreign + "/foreign_bms.so");
  const auto made = tests::run("cd " + foreign + " && " + edit +
                               " && make BOARD_INCLUDE='" CELLRIG_SOURCE_DIR "/firmware-under-test/include'");
  EXPECT_EQ(made.exit_code, 0) << made.output;
  return foreign;
}

reports::RunResult result_of(const tests::TemporaryFolder& folder, const std::string& scenarios, int exit_code) {
  const auto ran = tests::run(tests::cellrig() + " run " + scenarios + " --firmware " + folder.text() +
                              "/foreign/foreign_bms.so --out " + folder.text() + "/out");
  EXPECT_EQ(ran.exit_code, exit_code) << ran.output;
  return reports::from_json(tests::slurp(folder.path() / "out/result.json"));
}

}  // namespace

TEST(ForeignFirmware, IsBuiltByItsOwnMakefileAndPassesItsOwnScenarios) {
  const tests::TemporaryFolder folder;
  const auto result = result_of(folder, foreign_in(folder), 0);
  EXPECT_GE(result.scenarios.size(), 2u);
  for (const auto& scenario : result.scenarios)
    EXPECT_EQ(scenario.result, "pass") << scenario.name << ": " << scenario.reason;
}

TEST(ForeignFirmware, ThatForgetsToSelectItsChipIsToldSo) {
  const tests::TemporaryFolder folder;
  const std::string forgets = "sed -i 's/write_pin(PIN_ADC_SELECT, 0)/write_pin(PIN_ADC_SELECT, 1)/' foreign_bms.c";
  const auto result = result_of(folder, foreign_in(folder, forgets) + "/over_voltage.yaml", 1);
  ASSERT_EQ(result.scenarios.size(), 1u);
  ASSERT_FALSE(result.scenarios[0].findings.empty());
  EXPECT_EQ(result.scenarios[0].findings[0].what, "SPI transfer on bus 0 while no chip is selected: it reads ones");
}

/// The blocks of the page in one language, in order.
static std::vector<std::string> blocks_of(const std::string& page, const std::string& language) {
  std::vector<std::string> blocks;
  const std::string fence = "```" + language + "\n";
  for (std::size_t at = page.find(fence); at != std::string::npos; at = page.find(fence, at)) {
    at += fence.size();
    blocks.push_back(page.substr(at, page.find("```", at) - at));
  }
  return blocks;
}

static void write(const std::filesystem::path& file, const std::string& text) { std::ofstream(file) << text; }

/// AddressSanitizer says on stderr that it does not know the stacks of the kernel's threads.
static bool is_of_the_sanitizer([[maybe_unused]] const std::string& finding) {
#ifdef __SANITIZE_ADDRESS__
  return finding.starts_with("something was printed during the run");
#else
  return false;
#endif
}

TEST(PortYourFirmware, ThePageAloneMakesAPortThatRuns) {
  const tests::TemporaryFolder folder;
  const std::string page = tests::slurp(CELLRIG_SOURCE_DIR "/docs/port-your-firmware.md");
  const auto c = blocks_of(page, "c"), make = blocks_of(page, "make"), yaml = blocks_of(page, "yaml");
  ASSERT_EQ(c.size(), 2u);
  ASSERT_EQ(make.size(), 1u);
  ASSERT_EQ(yaml.size(), 3u) << "board, a chip on SPI, scenario";
  std::filesystem::create_directory(folder.path() / "boards");
  write(folder.path() / "Makefile", make[0]);
  write(folder.path() / "boards/mine_4s.yaml", yaml[0]);
  write(folder.path() / "first.yaml", yaml[2]);
  for (const std::string& firmware : c) {
    write(folder.path() / "my_bms.c", firmware);
    const auto ran = tests::run("cd " + folder.text() +
                                " && make -B CC='cc -Werror' BOARD_INCLUDE='" CELLRIG_SOURCE_DIR
                                "/firmware-under-test/include' && " +
                                tests::cellrig() + " run first.yaml --firmware my_bms.so --out out");
    EXPECT_EQ(ran.exit_code, 0) << ran.output;
    const auto result = reports::from_json(tests::slurp(folder.path() / "out/result.json"));
    ASSERT_EQ(result.scenarios.size(), 1u) << ran.output;
    EXPECT_EQ(result.scenarios[0].result, "pass") << ran.output;
    for (const auto& finding : result.scenarios[0].findings) {
      if (!is_of_the_sanitizer(finding.what)) ADD_FAILURE() << finding.what;
    }
  }
}
