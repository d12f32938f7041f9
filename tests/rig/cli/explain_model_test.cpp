// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/explain_model.hpp"

#include <gtest/gtest.h>

namespace rig::cli {
namespace {

TEST(ExplainModel, PrintsUnitDefaultRangeMeaningAndSource) {
  const scenario::ModelPage page{"part",
                                 {},
                                 "A part.",
                                 "docs/models/part.md",
                                 {{"board file, `part:`",
                                   {{"resistance", "ohm", "2 mohm", "1 mohm to 1 ohm", "of its lead", "datasheet"},
                                    {"a_name_that_is_long", "text", "required", "", "for people", ""}}}}};
  EXPECT_EQ(explain(page), R"(part   docs/models/part.md
  A part.

board file, `part:`
  key                  unit      default       range
      meaning  [source]
  resistance           ohm       2 mohm        1 mohm to 1 ohm
      of its lead  [datasheet]
  a_name_that_is_long  text      required      -
      for people
)");
}

}  // namespace
}  // namespace rig::cli
