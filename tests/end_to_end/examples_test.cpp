// SPDX-License-Identifier: Apache-2.0
// The examples of docs/scenarios.md: each that is a whole file is run, and comes out as the page says.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/support/program.hpp"

namespace {

struct DocumentedExample {
  std::string text;
  bool passes = true;
};

/// Every block of YAML with a board in it, and what its line `Result:` says.
std::vector<DocumentedExample> documented_examples() {
  const std::string page = tests::slurp(CELLRIG_SOURCE_DIR "/docs/scenarios.md"), begin = "```yaml\n", end = "```\n";
  std::vector<DocumentedExample> examples;
  for (std::size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at)) {
    at += begin.size();
    const std::size_t stop = page.find(end, at);
    const std::string text = page.substr(at, stop - at), behind = page.substr(stop + end.size(), 20);
    at = stop + end.size();
    if (text.find(" board: ") != std::string::npos) examples.push_back({text, !behind.starts_with("\nResult: fail.")});
  }
  return examples;
}

}  // namespace

TEST(DocumentedExamples, ComeOutAsThePageSays) {
  const tests::TemporaryFolder folder;
  const std::vector<DocumentedExample> examples = documented_examples();
  EXPECT_GE(examples.size(), 12U);
  std::size_t failing = 0;
  for (const DocumentedExample& example : examples) {
    std::ofstream(folder.path() / "example.yaml") << example.text;
    const tests::Ran ran = tests::run("cd '" + folder.text() + "' && " + tests::cellrig() + " run example.yaml 2>&1");
    EXPECT_EQ(ran.exit_code, example.passes ? 0 : 1) << example.text << "\n" << ran.output;
    failing += example.passes ? 0 : 1;
  }
  EXPECT_GE(failing, 1U);
}
