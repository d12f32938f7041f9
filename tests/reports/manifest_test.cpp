// SPDX-License-Identifier: Apache-2.0
#include "reports/manifest/manifest.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>

#include "reports/digest.hpp"
#include "reports/trace/trace.hpp"
#include "tests/support/program.hpp"

namespace reports::manifest {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using ::testing::ThrowsMessage;

class ABundle : public ::testing::Test {
 public:
  ABundle() {
    for (const auto& [path, bytes] : contents_) write(path, bytes);
    manifest_.run.tool_version = "0.1.0";
    manifest_.run.bench = "sim";
    manifest_.run.seed = 7;
    manifest_.run.firmware[""] = "inputs/firmware/jk.so";
    manifest_.run.scenarios = {{"a", "inputs/files/a.yaml"}};
    for (const auto& [path, bytes] : contents_) manifest_.files.push_back({path, bytes.size(), sha256(bytes)});
    manifest_.files.front().was = "s/a.yaml";
    write(file_name, to_json(manifest_));
  }

 protected:
  void write(const std::string& path, const std::string& bytes) const {
    fs::create_directories((folder_.path() / path).parent_path());
    std::ofstream(folder_.path() / path, std::ios::binary) << bytes;
  }
  [[nodiscard]] std::string written() const { return tests::slurp(folder_.path() / file_name); }
  [[nodiscard]] static std::string refusal(const std::string& text) {
    try {
      static_cast<void>(from_json(text));
    } catch (const std::runtime_error& refused) {
      return refused.what();
    }
    return "taken";
  }
  [[nodiscard]] std::string refusal_of(const std::string& from, const std::string& to) const {
    std::string text = to_json(manifest_);
    text.replace(text.find(from), from.size(), to);
    return refusal(text);
  }

  tests::TemporaryFolder folder_;
  std::map<std::string, std::string> contents_ = {{"inputs/files/a.yaml", "a: {}\n"},
                                                  {"inputs/firmware/jk.so", std::string("\x7f"
                                                                                        "ELF\0\1\2",
                                                                                        7)},
                                                  {"result.json", "{}\n"},
                                                  {"x.trace", "trace"}};
  Manifest manifest_;
};

TEST_F(ABundle, ReadsBackWhatWasWritten) {
  const Manifest back = from_json(written());
  EXPECT_EQ(to_json(back), to_json(manifest_));
  EXPECT_TRUE(is_as_written(written(), back));
  EXPECT_EQ(back.run.seed, 7U);
  EXPECT_EQ(back.files.front().was, "s/a.yaml");
  EXPECT_FALSE(compare(folder_.path(), back).any());
}

/// Whatever byte of whatever file is flipped in whatever bit: somebody says so.
TEST_F(ABundle, OneFlippedBitIsFoundWhereverItIs) {
  for (const auto& [path, bytes] : contents_) {
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
      std::string flipped = bytes;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
      write(path, flipped);
      EXPECT_THAT(compare(folder_.path(), manifest_).changed, ElementsAre(path)) << bit;
    }
    write(path, bytes);
  }
  const std::string good = written();
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    std::string flipped = good;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    bool taken = true;
    try {
      taken = is_as_written(flipped, from_json(flipped));
    } catch (const std::runtime_error&) {
      taken = false;
    }
    EXPECT_FALSE(taken) << "bit " << bit << " of manifest.json";
  }
}

TEST_F(ABundle, ASizeThatIsNotTheFilesIsFoundWhateverItsHash) {
  manifest_.files.back().bytes += 1;
  EXPECT_THAT(compare(folder_.path(), manifest_).changed, ElementsAre(manifest_.files.back().path));
}

TEST_F(ABundle, MissingAndExtraFilesAreNamed) {
  fs::remove(folder_.path() / "x.trace");
  write("inputs/files/more.yaml", "");
  const Differences found = compare(folder_.path(), manifest_);
  EXPECT_THAT(found.missing, ElementsAre("x.trace"));
  EXPECT_THAT(found.extra, ElementsAre("inputs/files/more.yaml"));
  EXPECT_THAT(found.changed, IsEmpty());
}

TEST_F(ABundle, APathOutOfTheFolderIsRefused) {
  for (const char* path :
       {"../x.trace", "/etc/passwd", "inputs/../../x", "./x.trace", "a//b", "a/", "", "a\\\\b", ".."}) {
    EXPECT_THAT(refusal_of("\"x.trace\"", "\"" + std::string(path) + "\""), HasSubstr("is not a path below")) << path;
  }
}

TEST_F(ABundle, ALinkIsRefusedWhateverItLeadsTo) {
  fs::remove(folder_.path() / "x.trace");
  fs::create_symlink("result.json", folder_.path() / "x.trace");
  EXPECT_THAT([&] { static_cast<void>(compare(folder_.path(), manifest_)); },
              ThrowsMessage<std::runtime_error>(HasSubstr(" is a link; a bundle holds none")));
  fs::remove(folder_.path() / "x.trace");
  write("x.trace", "trace");
  fs::rename(folder_.path() / "inputs", folder_.path() / "elsewhere");
  fs::create_directory_symlink("elsewhere", folder_.path() / "inputs");
  EXPECT_THAT([&] { static_cast<void>(compare(folder_.path(), manifest_)); },
              ThrowsMessage<std::runtime_error>(HasSubstr(" is a link; a bundle holds none")));
}

TEST_F(ABundle, WhatIsNoManifestIsRefusedInASentence) {
  EXPECT_THAT(refusal(""), StartsWith("manifest.json: no manifest of a run: "));
  EXPECT_THAT(refusal("[1, 2]"), StartsWith("manifest.json: no manifest of a run: "));
  EXPECT_THAT(refusal("{\"manifest_version\": 2}"), HasSubstr("manifest_version 2 is not known; known is 1"));
  EXPECT_THAT(refusal_of("\"x.trace\"", "\"result.json\""), HasSubstr("\"result.json\" stands twice"));
  EXPECT_THAT(refusal_of("\"x.trace\"", "\"manifest.json\""), HasSubstr("lists itself"));
  EXPECT_THAT(refusal_of("\"inputs/files/a.yaml\"", "\"inputs/files/b.yaml\""),
              HasSubstr("\"inputs/files/b.yaml\" is needed to run again and is not among the files"));
  EXPECT_THAT(refusal_of("\"bytes\": 3", "\"bytes\": -3"), HasSubstr("-3 is not a whole number"));
}

TEST(ResultDifference, NamesThePathAndBothValues) {
  const std::string a =
      R"({"scenarios": [{"claims": [{"n": 5.02}], "again": "x", "time_of_day": {"wall_s": 1}}], "seed": 1})";
  EXPECT_EQ(first_result_difference(a, a), "");
  EXPECT_EQ(
      first_result_difference(
          a, R"({"scenarios": [{"claims": [{"n": 5.03}], "again": "y", "time_of_day": {"wall_s": 2}}], "seed": 2})"),
      "scenarios[0].claims[0].n: 5.02 was recorded, 5.03 came now");
  EXPECT_EQ(
      first_result_difference(
          a, R"({"scenarios": [{"claims": [{"n": 5.02}], "again": "y", "time_of_day": {"wall_s": 2}}], "seed": 1})"),
      "");
  EXPECT_EQ(first_result_difference(a, R"({"scenarios": [{"claims": []}], "seed": 1})"),
            "scenarios[0].claims[0]: {\"n\":5.02} was recorded, nothing came now");
  EXPECT_EQ(first_result_difference(R"({"scenarios": [{"name": "x", "seed": 1}]})",
                                    R"({"scenarios": [{"name": "x", "seed": 2}]})"),
            "scenarios[0] (x).seed: 1 was recorded, 2 came now");
  EXPECT_EQ(first_result_difference(R"({"a": null})", R"({"a": 1, "b": 2})"), "a: null was recorded, 1 came now");
  EXPECT_EQ(first_result_difference(R"({"a": 1})", R"({"a": 1, "b": 2})"), "b: nothing was recorded, 2 came now");
  EXPECT_EQ(first_result_difference(R"({"a": [1]})", R"({"a": [1, 2]})"), "a[1]: nothing was recorded, 2 came now");
  EXPECT_EQ(first_result_difference(R"({"a": 1})", R"({"a": 1.0})"), "a: 1 was recorded, 1.0 came now");
}

class TraceDifference : public ::testing::Test {
 protected:
  struct Shape {
    double volts = 3.6;
    std::int64_t off_ns = 5'000'000'000;
    int rows = 3;
    std::string firmware = "jk 1";
    std::uint64_t seed = 1;
    double first = 3.5;
    bool falls = true;
  };
  fs::path trace(const char* name, const Shape& shape) {
    const fs::path file = folder_.path() / name;
    trace::Writer writer(
        file, {"s", shape.firmware, shape.seed, {{"cell[1].voltage", "V", 0.001, false}, {"charge_fet", "", 1, true}}});
    for (int row = 0; row < shape.rows; ++row) {
      const double volts = row == 0 ? shape.first : row == 1 ? shape.volts : 3.5;
      writer.row(row * 4'000'000'000LL, &volts);
      if (row == 1 && shape.falls) writer.change(shape.off_ns, 1, 0);
    }
    writer.close();
    return file;
  }
  std::string difference(const Shape& a, const Shape& b) {
    return first_trace_difference(trace("a", a), trace("b", b));
  }
  tests::TemporaryFolder folder_;
};

TEST_F(TraceDifference, IsNoneBetweenEqualTraces) { EXPECT_EQ(difference({}, {}), ""); }

TEST_F(TraceDifference, NamesTheFirstInstantAndSignal) {
  EXPECT_EQ(difference({}, {.volts = 3.601}), "at 4 s cell[1].voltage: 3.6 V was recorded, 3.601 V came now");
  EXPECT_EQ(difference({}, {.off_ns = 5'000'000'001}),
            "at 5 s: charge_fet = 0 at 5 s was recorded, charge_fet = 0 at 5.000000001 s came now");
  EXPECT_EQ(difference({}, {.rows = 2}), "at 8 s: a row was recorded and did not come now");
  EXPECT_EQ(difference({.rows = 2}, {}), "at 8 s: a row came now and was not recorded");
  EXPECT_EQ(difference({}, {.falls = false}), "at 5 s: charge_fet = 0 at 5 s was recorded, nothing more came now");
  EXPECT_EQ(difference({.falls = false}, {}), "at 5 s: nothing more was recorded, charge_fet = 0 at 5 s came now");
  EXPECT_EQ(difference({}, {.firmware = "jk 2"}), "firmware: \"jk 1\" was recorded, \"jk 2\" came now");
  EXPECT_EQ(difference({}, {.seed = 2}), "seed: \"1\" was recorded, \"2\" came now");
}

TEST_F(TraceDifference, WhatNobodyKnewInBothIsNone) {
  const double nobody_knows = std::nan("");
  EXPECT_EQ(difference({.first = nobody_knows}, {.volts = 3.601, .first = nobody_knows}),
            "at 4 s cell[1].voltage: 3.6 V was recorded, 3.601 V came now");
  EXPECT_EQ(difference({.first = nobody_knows}, {}), "at 0 s cell[1].voltage: unknown was recorded, 3.5 V came now");
}

}  // namespace
}  // namespace reports::manifest
