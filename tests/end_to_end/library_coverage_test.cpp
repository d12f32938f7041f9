// SPDX-License-Identifier: Apache-2.0
// The whole library leaves no hole but those that coverage_holes.txt excuses.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/support/program.hpp"

namespace {

struct Excuse {
  std::string kind, item, reason;
  [[nodiscard]] bool excuses(const std::string& of, const std::string& name) const {
    if (of != kind) return false;
    return item.ends_with('*') ? name.starts_with(item.substr(0, item.size() - 1)) : name == item;
  }
};

std::vector<Excuse> excuses() {
  std::istringstream file(tests::slurp(CELLRIG_SOURCE_DIR "/tests/end_to_end/coverage_holes.txt"));
  std::vector<Excuse> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t first = line.find(" | "), second = line.find(" | ", first + 3);
    if (first == std::string::npos || second == std::string::npos) {
      ADD_FAILURE() << "not kind | item | why: " << line;
      continue;
    }
    all.push_back({line.substr(0, first), line.substr(first + 3, second - first - 3), line.substr(second + 3)});
  }
  return all;
}

/// "kind", "item" of everything that is neither covered nor not applicable.
std::set<std::pair<std::string, std::string>> open_items(const nlohmann::json& coverage) {
  std::set<std::pair<std::string, std::string>> open;
  const auto look = [&](const char* kind, const std::string& name, const nlohmann::json& item) {
    if (item["status"] != "covered" && item["status"] != "not_applicable") open.emplace(kind, name);
  };
  for (const auto& row : coverage["protections"])
    for (const auto& item : row["aspects"])
      look("protection", row["row"].get<std::string>() + "/" + item["aspect"].get<std::string>(), item);
  for (const auto& item : coverage["requirements"]) look("requirement", item["requirement"], item);
  for (const auto& item : coverage["clauses"]) look("clause", item["clause"], item);
  for (const auto& item : coverage["scenarios"]) look("scenario", item["name"], item);
  return open;
}

TEST(LibraryCoverage, HasNoHoleWithoutAnExcuseAndNoExcuseWithoutAHole) {
  const tests::TemporaryFolder out;
  const auto ran = tests::run(tests::cellrig() + " run --without-label endurance --out " + out.text());
  ASSERT_EQ(ran.exit_code, 0) << ran.output.substr(0, 4000);
  const auto open = open_items(nlohmann::json::parse(tests::slurp(out.path() / "coverage.json")));
  const std::vector<Excuse> all = excuses();
  for (const auto& [kind, item] : open) {
    const bool excused =
        std::ranges::any_of(all, [&, of = kind, name = item](const Excuse& one) { return one.excuses(of, name); });
    EXPECT_TRUE(excused) << kind << " " << item;
  }
  for (const Excuse& one : all) {
    EXPECT_NE(one.reason, "") << one.item;
    EXPECT_TRUE(std::ranges::any_of(open, [&](const auto& hole) { return one.excuses(hole.first, hole.second); }))
        << one.kind << " " << one.item << " is no hole any more";
  }
}

}  // namespace
