// SPDX-License-Identifier: Apache-2.0
// Every seeded defect builds, loads and runs: a scenario that turns red over it does so for the defect's own reason.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "board.h"
#include "tests/firmware-under-test/jk/app/fake_board.hpp"

namespace {

std::vector<std::string> names() {
  std::vector<std::string> list;
  std::istringstream in(CELLRIG_DEFECTS);
  for (std::string name; std::getline(in, name, ',');) list.push_back(name);
  return list;
}

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string path_of(const std::string& name) { return CELLRIG_BINARY_DIR "/firmware/defects/" + name + ".so"; }

class SeededDefect : public ::testing::TestWithParam<std::string> {};

TEST_P(SeededDefect, LoadsAndRunsUndisturbed) {
  void* const handle = dlopen(path_of(GetParam()).c_str(), RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(handle, nullptr) << dlerror();
  const auto get_api = reinterpret_cast<decltype(&cellrig_get_api)>(dlsym(handle, "cellrig_get_api"));
  ASSERT_NE(get_api, nullptr);
  const board_api* const api = get_api(BOARD_ABI_VERSION);
  ASSERT_NE(api, nullptr);

  fake::Board board;
  const board_config config = {sizeof config, BOARD_RESET_POWER_ON, "JK-B2A8S20P", ""};
  void* instance = nullptr;
  ASSERT_EQ(api->create(&board.host(), &config, &instance), 0);
  board.step = [&](std::uint64_t now_ns) { return api->step(instance, now_ns); };
  board.irq = [&](std::uint32_t line, std::uint32_t level) { api->irq(instance, line, level); };
  board.run_until(10 * fake::s);
  EXPECT_TRUE(board.level(0)) << "all is benign: the charge gate is on";
  EXPECT_TRUE(board.level(1)) << "all is benign: the discharge gate is on";
  EXPECT_FALSE(board.kicks_ns.empty());
  api->destroy(instance);
  dlclose(handle);
}

INSTANTIATE_TEST_SUITE_P(All, SeededDefect, ::testing::ValuesIn(names()), [](const auto& row) { return row.param; });

TEST(SeededDefects, AreAtLeastFourteen) { EXPECT_GE(names().size(), 14u); }

TEST(SeededDefects, EachIsAnotherProgram) {
  std::vector<std::string> programs;
  for (const std::string& name : names()) {
    programs.push_back(content(path_of(name)));
    ASSERT_FALSE(programs.back().empty()) << name;
    for (std::size_t i = 0; i + 1 < programs.size(); ++i) EXPECT_NE(programs[i], programs.back()) << name;
  }
}

}  // namespace
