// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/coverage_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "rig/expect/judge.hpp"
#include "tests/support/program.hpp"

namespace rig::cli {
namespace {

/// First column of the table in docs/protections.md, which is made from the firmware's own.
std::vector<std::string> rows_of_the_firmware() {
  std::istringstream page(tests::slurp(CELLRIG_SOURCE_DIR "/docs/protections.md"));
  std::vector<std::string> rows;
  for (std::string line; std::getline(page, line);)
    if (line.starts_with("| `")) rows.push_back(line.substr(3, line.find('`', 3) - 3));
  return rows;
}

TEST(CoverageRows, AreTheFirmwaresTable) {
  std::vector<std::string> rows;
  for (const auto& one : coverage_rows()) rows.push_back(one.row);
  EXPECT_EQ(rows, rows_of_the_firmware());
  EXPECT_EQ(rows.size(), 28U);
}

TEST(CoverageRows, EveryTimelineHasItsRow) {
  for (const auto& protection : expect::protections())
    EXPECT_EQ(std::ranges::count(coverage_rows(), protection.name, &reports::coverage::Protection::protection), 1)
        << protection.name;
}

TEST(CoverageRows, WhatDoesNotApplyIsAnAspectAndHasAReason) {
  for (const auto& one : coverage_rows()) {
    for (const auto& [aspect, reason] : one.not_applicable) {
      EXPECT_EQ(std::ranges::count(reports::coverage::aspects, aspect), 1) << aspect;
      EXPECT_NE(reason, "") << one.row << " " << aspect;
    }
    EXPECT_EQ(one.not_applicable.empty(), !one.protection.empty()) << one.row;
  }
}

}  // namespace
}  // namespace rig::cli
