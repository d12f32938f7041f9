// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include "tests/rig/bench/firmware_bench.hpp"

namespace rig::bench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

class FirmwareLoad : public FirmwareBench {
 protected:
  std::string refusal_of(const std::string& name) {
    try {
      load(name);
    } catch (const FirmwareRefused& refusal) {
      return refusal.what();
    }
    return "accepted";
  }
};

TEST_F(FirmwareLoad, RefusesAFileThatIsNotThere) {
  EXPECT_THAT(refusal_of("nowhere"), EndsWith("nowhere.so: no such file"));
}

TEST_F(FirmwareLoad, RefusesAFileThatIsNotElf) {
  config.file = testing::TempDir() + std::to_string(::getpid()) + "text.so";
  std::ofstream(config.file) << std::string(200, 'x');
  try {
    FirmwareModule module("firmware", config, board);
    FAIL() << "accepted";
  } catch (const FirmwareRefused& refusal) {
    EXPECT_THAT(refusal.what(), EndsWith("text.so: not a shared object (no ELF header)"));
  }
}

TEST_F(FirmwareLoad, SaysWhatTheLoaderSaysOfABrokenElf) {
  config.file = testing::TempDir() + std::to_string(::getpid()) + "cut.so";
  std::ifstream whole(std::string(CONFORMANCE_DIR) + "/step.so", std::ios::binary);
  std::string bytes(300, '\0');
  whole.read(bytes.data(), 300);
  std::ofstream(config.file, std::ios::binary) << bytes;
  try {
    FirmwareModule module("firmware", config, board);
    FAIL() << "accepted";
  } catch (const FirmwareRefused& refusal) {
    EXPECT_THAT(refusal.what(), HasSubstr("cut.so: cannot be loaded: "));
  }
}

TEST_F(FirmwareLoad, RefusesALibraryWithoutTheSymbol) {
  EXPECT_THAT(refusal_of("no_symbol"), EndsWith("no_symbol.so: exports no symbol cellrig_get_api"));
}

TEST_F(FirmwareLoad, NamesBothVersionsWhenTheMajorNumberDiffers) {
  EXPECT_THAT(refusal_of("other_major"), EndsWith("was built for board ABI 2.5, this rig serves 1.1"));
}

TEST_F(FirmwareLoad, RefusesAFirmwareThatCannotServeThisHost) {
  EXPECT_THAT(refusal_of("returns_null"), EndsWith("cannot serve board ABI 1.1 (cellrig_get_api returned NULL)"));
}

TEST_F(FirmwareLoad, RefusesATableThatIsTooSmall) {
  EXPECT_THAT(refusal_of("small_table"),
              AllOf(HasSubstr("board_api of 72 bytes"), HasSubstr("at least 80 are needed")));
}

TEST_F(FirmwareLoad, RefusesAFirmwareWithoutAStyle) {
  EXPECT_THAT(refusal_of("no_style"), EndsWith("offers neither BOARD_CAP_STEP nor BOARD_CAP_RUN"));
}

TEST_F(FirmwareLoad, RefusesATableWithAHole) {
  EXPECT_THAT(refusal_of("no_create"), EndsWith("has no create()"));
  EXPECT_THAT(refusal_of("no_step"), EndsWith("says BOARD_CAP_STEP but has no step()"));
  EXPECT_THAT(refusal_of("no_run"), EndsWith("says BOARD_CAP_RUN but has no run()"));
}

TEST_F(FirmwareLoad, TellsNameAndVersion) {
  load("step");
  EXPECT_EQ(firmware->firmware_name(), "conformance");
  EXPECT_EQ(firmware->firmware_version(), "1.2.3");
}

TEST_F(FirmwareLoad, RefusalInCreateIsAnErrorWithTheFirmwaresOwnReason) {
  load("refusing");
  run_to(100 * ms);
  EXPECT_THAT(errors(), ElementsAre("firmware refused to start: cell_count must be 4 to 8"));
  EXPECT_TRUE(firmware->dead());
  EXPECT_THAT(resets.back(), (Edge{50 * ms, 1, BOARD_RESET_SOFTWARE}));
}

TEST_F(FirmwareLoad, GivesEachInstanceItsOwnGlobals) {
  load("globals");
  const auto first = std::move(firmware);
  load("globals");
  run_to(51 * ms);
  EXPECT_THAT(edges, ElementsAre(Edge{50 * ms, 4, 1}, Edge{50 * ms, 4, 1}, Edge{50 * ms, 1, 1}, Edge{50 * ms, 2, 1},
                                 Edge{50 * ms, 40, 1}, Edge{50 * ms, 1, 1}, Edge{50 * ms, 2, 1}, Edge{50 * ms, 40, 1}));
}

TEST_F(FirmwareLoad, GivesEachInstanceItsOwnUniqueSymbols) {
  load("unique_globals");
  const auto first = std::move(firmware);
  load("unique_globals");
  run_to(51 * ms);
  EXPECT_THAT(edges, ElementsAre(Edge{50 * ms, 1, 1}, Edge{50 * ms, 1, 1}));
  first->reset(BOARD_RESET_PIN);
  run_to(102 * ms);
  EXPECT_EQ(edges.back(), (Edge{101 * ms, 1, 1}));
}

TEST_F(FirmwareLoad, ReentrantInstancesShareOneImageAndKeepItOverAReset) {
  load("reentrant");
  const auto first = std::move(firmware);
  load("reentrant");
  run_to(51 * ms);
  EXPECT_THAT(edges, ElementsAre(Edge{50 * ms, 1, 1}, Edge{50 * ms, 2, 1}));
  firmware->reset(BOARD_RESET_PIN);
  run_to(102 * ms);
  EXPECT_EQ(edges.back(), (Edge{101 * ms, 3, 1}));
}

TEST(FirmwareLoadWithoutABench, NeedsAKernelResolutionOfOneNanosecond) {
  testing::NiceMock<MockBoardBackend> board;
  FirmwareConfig config;
  config.file = std::string(CONFORMANCE_DIR) + "/step.so";
  EXPECT_THROW(FirmwareModule("firmware", config, board), std::logic_error);  // the kernel's own default is 1 ps
}

}  // namespace
}  // namespace rig::bench
