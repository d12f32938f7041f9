// SPDX-License-Identifier: Apache-2.0
// `cellrig new` at a shell: what it writes is well formed by reader and schema, draws no warning, and passes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"

using testing::HasSubstr;

namespace {

class NewScenario : public testing::Test {
 protected:
  tests::Ran new_at_shell(const std::string& words) {
    return tests::run("cd '" + folder_.text() + "' && { " + tests::cellrig() + " " + words + "; }");
  }
  tests::TemporaryFolder folder_;
};

}  // namespace

TEST_F(NewScenario, IsWrittenAndPasses) {
  const tests::Ran made = new_at_shell("new my_first");
  EXPECT_EQ(made.exit_code, 0);
  EXPECT_EQ(made.output, "my_first.yaml\n");
  EXPECT_THAT(tests::slurp(folder_.path() / "my_first.yaml"), HasSubstr("\nmy_first:\n  about: "));
  const tests::Ran valid = new_at_shell("validate --strict my_first.yaml 2>&1");
  EXPECT_EQ(valid.exit_code, 0) << valid.output;
  EXPECT_THAT(valid.output, HasSubstr("1 scenario in 1 file"));
  const tests::Ran ran = new_at_shell("run my_first.yaml");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("  pass  my_first "));
}

TEST_F(NewScenario, FitsTheSchema) {
  new_at_shell("new my_first && { " + tests::cellrig() + " schema scenario > scenario.schema.json; }");
  const tests::Ran checked = tests::run("cd '" + folder_.text() +
                                        "' && echo my_first.yaml | /usr/bin/python3 '" CELLRIG_SOURCE_DIR
                                        "/tests/rig/scenario/schema_check.py' scenario.schema.json 2>&1");
  EXPECT_EQ(checked.output, "my_first.yaml\n");
}

TEST_F(NewScenario, NeverReplacesAFile) {
  new_at_shell("new mine.yaml");
  new_at_shell(" --version && echo changed > mine.yaml");
  const tests::Ran again = new_at_shell("new mine 2>&1");
  EXPECT_EQ(again.exit_code, 3);
  EXPECT_EQ(again.output, "new: mine.yaml is there already; it is left as it is\n");
  EXPECT_EQ(tests::slurp(folder_.path() / "mine.yaml"), "changed\n");
}

TEST_F(NewScenario, RefusesWhatIsNoName) {
  EXPECT_EQ(new_at_shell("new 'a b' 2>&1").output,
            "new: \"a b\" cannot be the name of a scenario; it is made of letters, digits, _ and -, at most 150\n");
  EXPECT_EQ(new_at_shell("new nowhere/x 2>&1").output, "new: there is no folder nowhere\n");
  EXPECT_EQ(new_at_shell("new nowhere/x 2>/dev/null").exit_code, 3);
  EXPECT_EQ(new_at_shell("new 2>&1").output, "new takes one NAME, of the scenario to write, not 0\n");
}
