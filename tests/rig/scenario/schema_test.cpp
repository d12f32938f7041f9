// SPDX-License-Identifier: Apache-2.0
// What the readers take, the schemas take; python3-jsonschema is the judge.
#include "rig/scenario/schema.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>

#include "rig/scenario/keys.hpp"
#include "tests/rig/scenario/schema_check.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

std::string kind_of(const fs::path& file) {
  const std::string path = fs::relative(file, CELLRIG_SCENARIOS).generic_string();
  if (path.starts_with("boards/")) return "board";
  if (path.starts_with("packs/cells/")) return "cell";
  if (path.starts_with("campaigns/on_test/")) return "scenario";  // what the campaigns vary
  if (path.starts_with("packs/")) return "pack";
  if (path.starts_with("benches/")) return "bench";
  return path.starts_with("campaigns/") ? "campaign" : "scenario";
}

class Schemas : public testing::Test {
 public:
  Schemas() : folder_(fs::temp_directory_path() / ("cellrig_schemas_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~Schemas() override { fs::remove_all(folder_); }
  Schemas(const Schemas&) = delete;
  Schemas& operator=(const Schemas&) = delete;

 protected:
  fs::path folder_;
};

TEST_F(Schemas, TakeEveryFileThatComesWithCellrig) {
  std::map<std::string, std::vector<std::string>> files;
  for (const auto& entry : fs::recursive_directory_iterator(CELLRIG_SCENARIOS)) {
    if (entry.path().extension() == ".yaml") files[kind_of(entry.path())].push_back(entry.path().string());
  }
  EXPECT_EQ(files.size(), file_kinds().size());
  for (const auto& [kind, some] : files) {
    for (const auto& [file, complaint] : schema_check(kind, some, folder_)) EXPECT_EQ(complaint, "") << file;
  }
}

TEST_F(Schemas, RefuseWhatIsNoFileOfTheirKind) {
  const std::string board = CELLRIG_SCENARIOS "/boards/jk_8s.yaml", pack = CELLRIG_SCENARIOS "/packs/lfp_8s_280ah.yaml";
  for (const FileKind& kind : file_kinds()) {
    const std::string& file = std::string(kind.name) == "board" ? pack : board;
    EXPECT_NE(schema_check(kind.name, {file}, folder_)[file], "") << kind.name;
  }
}

}  // namespace
}  // namespace rig::scenario
