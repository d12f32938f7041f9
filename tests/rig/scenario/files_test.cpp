// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "rig/scenario/csv.hpp"
#include "rig/scenario/sha256.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

// FIPS 180-4 test vectors (NIST CSRC examples) and the padding boundaries.
TEST(Sha256, GivesTheDigestsOfTheStandard) {
  const auto digest = [](const std::string& text) {
    Sha256 hash;
    hash.update(text);
    return hash.hex();
  };
  EXPECT_EQ(digest(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(digest(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Csv, MayBeginWithTheByteOrderMarkOfASpreadsheet) {
  Problems problems;
  const CsvTable table = parse_csv("\xEF\xBB\xBFtime_s,current_A\r\n0,1\r\n1,2\r\n", "excel.csv", problems);
  EXPECT_FALSE(problems.any());
  ASSERT_NE(table.column("time_s"), nullptr);
  EXPECT_EQ(*table.column("current_A"), (std::vector<double>{1, 2}));
}

TEST(Sha256, DoesNotDependOnHowTheBytesWereCut) {
  const std::string text(200, 'x');
  Sha256 whole;
  whole.update(text);
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256 parts;
    parts.update(text.substr(0, cut));
    parts.update(text.substr(cut));
    EXPECT_EQ(parts.hex(), whole.hex()) << cut;
  }
}

class FilesTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("cellrig_files_test_" + std::to_string(::getpid()));
    fs::create_directories(root_ / "shipped" / "boards");
    fs::create_directories(root_ / "user");
    write(root_ / "shipped/boards/a.yaml", "shipped");
    write(root_ / "outside.yaml", "secret");
  }
  void TearDown() override { fs::remove_all(root_); }
  static void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  std::string read(const std::string& reference) {
    Files files(root_ / "shipped");
    Node node;
    node.text = reference;
    const auto file = files.open(node, "board", root_ / "user", problems_);
    return file ? *file->bytes : "";
  }
  fs::path root_;
  Problems problems_;
};

TEST_F(FilesTest, WhatLiesBesideTheFileWinsOverTheShippedOne) {
  EXPECT_EQ(read("boards/a.yaml"), "shipped");
  write(root_ / "user/boards/a.yaml", "mine");
  EXPECT_EQ(read("boards/a.yaml"), "mine");
}

TEST_F(FilesTest, NothingOutsideTheTwoTreesIsRead) {
  EXPECT_EQ(read("../outside.yaml"), "");
  EXPECT_EQ(read("boards/../../outside.yaml"), "");
  EXPECT_EQ(read((root_ / "outside.yaml").string()), "");
  fs::create_symlink(root_ / "outside.yaml", root_ / "user/link.yaml");
  EXPECT_EQ(read("link.yaml"), "");
  EXPECT_EQ(problems_.count(), 4U);
}

TEST_F(FilesTest, TheHashIsOfTheConcatenatedFilesInOrder) {
  write(root_ / "user/s.yaml", "first");
  Files files(root_ / "shipped");
  Node node;
  node.text = "boards/a.yaml";
  files.start_hash();
  ASSERT_TRUE(files.open_path(root_ / "user/s.yaml", problems_));
  ASSERT_TRUE(files.open(node, "board", root_ / "user", problems_));
  ASSERT_TRUE(files.open(node, "board", root_ / "user", problems_));  // counts once
  Sha256 expected;
  expected.update("firstshipped");
  EXPECT_EQ(files.sha256(), expected.hex());
}

TEST(Csv, CommentsAndWindowsLineEndsAreSkipped) {
  Problems problems;
  const CsvTable table = parse_csv("# source\r\nx,y_V\r\n0,1.5\r\n\r\n2,-3e-2\r\n", "f.csv", problems);
  EXPECT_FALSE(problems.any());
  const Curve curve = curve_of(table, "x", "y_V", problems);
  EXPECT_EQ(curve.x, (std::vector<double>{0, 2}));
  EXPECT_EQ(curve.y, (std::vector<double>{1.5, -0.03}));
}

TEST(Csv, WhatIsNotAFiniteNumberIsRefused) {
  for (const char* cell : {"nan", "inf", "", "1 V", "0x1", "1;2"}) {
    Problems problems;
    static_cast<void>(parse_csv(std::string("x,y\n1,") + cell + "\n", "f.csv", problems));
    EXPECT_EQ(problems.count(), 1U) << cell;
  }
}

}  // namespace
}  // namespace rig::scenario
