// SPDX-License-Identifier: Apache-2.0
// What is hostile or broken beyond sense is refused after little work, counted here, not timed: bytes read, depth
// reached, and for long files the mistake that stands at their end.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "rig/scenario/reader.hpp"
#include "rig/scenario/scenario_tree.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

class RefusedEarly : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("cellrig_refused_early_" + std::to_string(::getpid()));
    fs::create_directories(folder_ / "tree");
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(const fs::path& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  /// The only mistake, without its folder.
  std::string mistake_of(const fs::path& file) {
    Problems problems;
    EXPECT_TRUE(scenario_trees(file, files_, problems).empty());
    EXPECT_EQ(problems.count(), 1U);
    return problems.any() ? shortened(problems.sorted().front().what()) : "";
  }
  std::string shortened(std::string text) const {
    const std::string folder = folder_.generic_string() + "/";
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder))
      text.erase(at, folder.size());
    return text;
  }

  fs::path folder_;
  Files files_{CELLRIG_SCENARIOS};
};

TEST_F(RefusedEarly, AHundredMegabytesAreNotRead) {
  const fs::path file = write("big.yaml", "a: b\n");
  fs::resize_file(file, 100U << 20U);  // sparse
  EXPECT_EQ(mistake_of(file), "big.yaml:1:1  big.yaml has 104857600 bytes; at most 1 MB are read");
  EXPECT_EQ(files_.bytes_read(), 0U);
}

TEST_F(RefusedEarly, AHundredMegabytesAreNotReadWhereTheyAreIncluded) {
  fs::resize_file(write("big.yaml", "a: b\n"), 100U << 20U);
  const std::string text = "include: big.yaml\n";
  EXPECT_EQ(mistake_of(write("s.yaml", text)),
            "s.yaml:1:10  include: big.yaml has 104857600 bytes; at most 1 MB are read");
  EXPECT_EQ(files_.bytes_read(), text.size());
}

TEST_F(RefusedEarly, ATableOfAHundredMegabytesIsNotRead) {
  fs::resize_file(write("big.csv", "time_s,current_A\n"), 100U << 20U);
  Node reference;
  reference.text = "big.csv";
  reference.position = {"s.yaml", 1, 1};
  Problems problems;
  EXPECT_FALSE(files_.open(reference, "profile", folder_, problems));
  EXPECT_EQ(shortened(problems.sorted().at(0).what()),
            "s.yaml:1:1  profile: big.csv has 104857600 bytes; at most 16 MB are read");
  EXPECT_EQ(files_.bytes_read(), 0U);
}

TEST_F(RefusedEarly, WhatIsNoFileIsNotRead) {
  EXPECT_EQ(mistake_of("/dev/zero"), "/dev/zero:1:1  /dev/zero cannot be read");
  EXPECT_EQ(files_.bytes_read(), 0U);
}

/// The place of the mistake is the depth reached: the parser stood there when it stopped. (It does not go into a
/// bracket that is never closed; that one is found by looking, not by descending.)
TEST_F(RefusedEarly, TenThousandLevelsEndAtTheSixtyFifth) {
  const std::string open(10'000, '['), close(10'000, ']');
  EXPECT_EQ(mistake_of(write("list.yaml", "s: " + open + close + "\n")),
            "list.yaml:1:67  nested deeper than 64 levels");
  EXPECT_EQ(mistake_of(write("open.yaml", "s: " + open + "\n")),
            "open.yaml:1:10003  the [ opened here is never closed");
  std::string braces = "s: ", dashes = "s:\n  ", lines;
  for (int i = 0; i < 10'000; ++i) {
    braces += "{a: ";
    dashes += "- ";
  }
  for (std::size_t i = 0; i < 1'000; ++i) lines += std::string(i, ' ') + "a:\n";
  EXPECT_EQ(mistake_of(write("braces.yaml", braces)), "braces.yaml:1:256  nested deeper than 64 levels");
  EXPECT_EQ(mistake_of(write("dashes.yaml", dashes + "x\n")), "dashes.yaml:2:129  nested deeper than 64 levels");
  EXPECT_EQ(mistake_of(write("lines.yaml", lines)), "lines.yaml:65:65  nested deeper than 64 levels");
}

/// A million characters on one line, a hundred thousand keys: linear work, or this test would not end in its time.
TEST_F(RefusedEarly, ALongLineAndManyKeysAreNoSquare) {
  std::string line = "s: [";
  while (line.size() < 1'000'000) line += "a,";
  EXPECT_EQ(mistake_of(write("line.yaml", line + "*x]\n")),
            "line.yaml:1:1000001  aliases (*) are not used here; write the value out");
  std::string keys;
  int count = 0;
  for (; keys.size() < 1'000'000; ++count) keys += "k" + std::to_string(count) + ": 1\n";
  EXPECT_EQ(mistake_of(write("keys.yaml", keys + "k7: 2\n")),
            "keys.yaml:" + std::to_string(count + 1) + ":1  k7 stands twice; first on line 8");
}

TEST_F(RefusedEarly, AnIncludeOfItselfEndsAfterOneReading) {
  const std::string text = "include: self.yaml\n";
  EXPECT_EQ(mistake_of(write("self.yaml", text)),
            "self.yaml:1:10  include: self.yaml includes itself: self.yaml -> self.yaml");
  EXPECT_EQ(files_.bytes_read(), text.size());
}

TEST_F(RefusedEarly, ACircleOfIncludesEndsWhenEachWasReadOnce) {
  std::uintmax_t bytes = 0;
  for (int i = 0; i < 5; ++i) {
    const std::string text = "include: c" + std::to_string((i + 1) % 5) + ".yaml\n";
    write("c" + std::to_string(i) + ".yaml", text);
    bytes += text.size();
  }
  EXPECT_EQ(mistake_of(folder_ / "c0.yaml"),
            "c4.yaml:1:10  include: c0.yaml includes itself: c0.yaml -> c1.yaml -> c2.yaml -> c3.yaml -> c4.yaml -> "
            "c0.yaml");
  EXPECT_EQ(files_.bytes_read(), bytes);
}

/// Another name for the same file is the same file.
TEST_F(RefusedEarly, ACircleThroughALinkIsOne) {
  write("tree/one.yaml", "include: two.yaml\n");
  fs::create_symlink("one.yaml", folder_ / "tree/two.yaml");
  EXPECT_EQ(mistake_of(folder_ / "tree/one.yaml"),
            "tree/one.yaml:1:10  include: two.yaml includes itself: one.yaml -> two.yaml");
}

TEST_F(RefusedEarly, NoKindOfReferenceFollowsALinkOutOfItsTree) {
  write("secret.yaml", "name: secret\n");
  write("secret.csv", "time_s,current_A\n0,1\n1,1\n");
  for (const char* ending : {"yaml", "csv"})
    fs::create_symlink(folder_ / ("secret." + std::string(ending)), folder_ / ("tree/link." + std::string(ending)));
  fs::create_directory_symlink(folder_, folder_ / "tree/out");
  const std::string text =
      "include: link.yaml\n"
      "a: {board: link.yaml, pack: out/secret.yaml, run_for: 1 s, expect: [{always: discharge_fet is on}]}\n"
      "b:\n"
      "  board: boards/jk_b2a8s20p.yaml\n"
      "  pack: packs/lfp_8s_280ah.yaml\n"
      "  do:\n"
      "    - {at: 0 s, profile: {file: link.csv, positive: charge}}\n"
      "    - {at: 0 s, \"ntc[1]\": {curve: out/secret.csv}}\n"
      "  run_for: 1 s\n"
      "  expect: [{always: discharge_fet is on}]\n";
  std::vector<ScenarioError> errors;
  EXPECT_TRUE(read_scenarios(write("tree/s.yaml", text), CELLRIG_SCENARIOS, errors).empty());
  std::string said;
  for (const ScenarioError& error : errors) said += shortened(error.what()) + "\n";
  const std::string out = " is a link that leads out of its folder\n";
  EXPECT_EQ(said, "tree/s.yaml:1:10  include: link.yaml" + out + "tree/s.yaml:2:12  board: link.yaml" + out +
                      "tree/s.yaml:2:29  pack: out/secret.yaml" + out + "tree/s.yaml:7:33  profile: link.csv" + out +
                      "tree/s.yaml:8:35  curve: out/secret.csv" + out);
}

}  // namespace
}  // namespace rig::scenario
