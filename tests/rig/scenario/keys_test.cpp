// SPDX-License-Identifier: Apache-2.0
// One table of keys, two judges: what it calls right the readers and the schemas take, what it calls wrong both refuse.
#include "rig/scenario/keys.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <set>

#include "rig/campaign/plan.hpp"
#include "rig/scenario/bench_file.hpp"
#include "rig/scenario/fields.hpp"
#include "rig/scenario/key_text.hpp"
#include "rig/scenario/reader.hpp"
#include "tests/rig/scenario/sample.hpp"
#include "tests/rig/scenario/schema_check.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

/// Names that stand for something else in the same file: a family as a whole is read below.
const std::set<std::string> families{"scenarios.parameters", "scenarios.templates", "template",
                                     "scenario.parameters",  "scenario.with",       "scenario.for",
                                     "scenario family"};

bool belongs_to_a_family(const Sample& sample) {
  static const std::set<std::string> keys{"template", "with", "for", "parameters"};
  if (families.contains(sample.place)) return true;
  const std::string key = sample.what.substr(0, sample.what.find(' '));
  return (sample.place == "scenario" || sample.place == "scenarios") && (keys.contains(key) || key == "templates");
}

class Keys : public testing::Test {
 public:
  Keys() : folder_(fs::temp_directory_path() / ("cellrig_keys_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    write("common.yaml", Json{{"parameters", {{"x", "1"}}}});
    write("board.json.yaml", full_board());
  }
  ~Keys() override { fs::remove_all(folder_); }
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;

 protected:
  void write(const std::string& name, const Json& content) const {
    std::ofstream(folder_ / name) << content.dump(1) << "\n";
  }

  std::string read_through_scenario(const char* key, const std::string& name) {
    Json scenario = mapping_with(place_of("scenario"), "");
    scenario["board"] = "board.json.yaml";
    scenario[key] = name;
    write("host.yaml", {{"s", scenario}});
    return read("scenario", folder_ / "host.yaml");
  }

  /// What the reader says; "" when it takes the file.
  std::string read(const std::string& kind, const fs::path& file) {
    std::vector<ScenarioError> errors;
    if (kind == "scenario") static_cast<void>(read_scenarios(file, CELLRIG_SCENARIOS, errors));
    if (kind == "board" || kind == "pack") return read_through_scenario(kind.c_str(), file.filename().string());
    if (kind == "bench") static_cast<void>(read_bench(file, CELLRIG_SCENARIOS, errors));
    if (kind == "cell") {
      Json pack = mapping_with(place_of("pack"), "");
      pack["cell"] = file.filename().string();
      write("host_pack.yaml", pack);
      return read_through_scenario("pack", "host_pack.yaml");
    }
    if (kind == "campaign") {
      Files files(CELLRIG_SCENARIOS);
      Problems problems;
      const auto find = [](const std::string&, const fs::path&, std::string&) { return std::vector<ScenarioTree>(1); };
      static_cast<void>(campaign::read_plans(file, files, find, problems));
      errors = problems.sorted();
    }
    return errors.empty() ? "" : errors.front().what();
  }

  /// Tries all samples; `is_right`: both must take them, else both must refuse them.
  void try_all(const std::vector<Sample>& samples, bool is_right) {
    std::map<std::string, std::vector<std::string>> files;
    std::map<std::string, std::string> shown;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const SampleFile file = file_of(samples[i]);
      const std::string name = std::to_string(i) + ".yaml";
      write(name, file.content);
      const std::string path = (folder_ / name).string();
      files[file.kind].push_back(path);
      shown[path] = samples[i].place + ": " + samples[i].what + "\n" + file.content.dump();
      const std::string said = read(file.kind, path);
      EXPECT_EQ(said.empty(), is_right) << "reader: " << shown[path] << "\n" << said;
    }
    for (const auto& [kind, some] : files) {
      for (const auto& [path, said] : schema_check(kind, some, folder_))
        EXPECT_EQ(said.empty(), is_right) << "schema: " << shown[path] << "\n" << said;
    }
  }

  std::vector<Sample> of_all(std::vector<Sample> (*of)(const Place&)) {
    std::vector<Sample> all;
    for (const Place& place : all_places()) {
      for (Sample& sample : of(place)) {
        if (!belongs_to_a_family(sample)) all.push_back(std::move(sample));
      }
    }
    return all;
  }

  fs::path folder_;
};

TEST_F(Keys, WithTheirExamplesAndWordsAreTaken) { try_all(of_all(right_samples), true); }

TEST_F(Keys, ThatAreUnknownWrongAloneOrMissingAreRefused) { try_all(of_all(wrong_samples), false); }

TEST(KeyTable, NamesEveryKeyOnceAndSaysWhatItMeans) {
  std::set<std::string> places;
  for (const Place& place : all_places()) {
    EXPECT_TRUE(places.insert(place.name).second) << place.name;
    std::set<std::string> names;
    for (const Key& key : place.keys) {
      EXPECT_TRUE(names.insert(key.name).second) << place.name << " " << key.name;
      EXPECT_FALSE(key.meaning.empty()) << place.name << " " << key.name;
      EXPECT_TRUE(!key.example.empty() || !key.place.empty()) << place.name << " " << key.name;
      EXPECT_TRUE(key.unless.empty() || key.is_required) << place.name << " " << key.name;
      for (const auto* others : {&key.needs, &key.beside}) {
        for (const std::string& other : *others) EXPECT_NE(place.find(other), nullptr) << place.name << " " << other;
      }
      EXPECT_TRUE(key.place.empty() || !place_of(key.place).about.empty()) << place.name << " " << key.name;
    }
  }
}

TEST(KeyTable, StandsInTheReferenceAsItIsToday) {
  for (const char* const name : {"docs/scenarios.md", "docs/campaigns.md"}) {
    std::ostringstream written;
    written << std::ifstream(std::string(CELLRIG_SOURCE_DIR "/") + name).rdbuf();
    EXPECT_EQ(written.str(), with_key_tables(written.str()))
        << name << " is older than the table of keys: ninja key_tables_page, then build/dev/tests/rig/scenario/"
        << "key_tables_page < " << name << " > new && mv new " << name;
    EXPECT_NE(written.str().find("<!-- keys of "), std::string::npos) << name;
  }
}

TEST(KeyTable, EveryKeyStandsInTheReference) {
  std::ostringstream pages;
  for (const char* const name : {"docs/scenarios.md", "docs/campaigns.md"})
    pages << std::ifstream(std::string(CELLRIG_SOURCE_DIR "/") + name).rdbuf();
  for (const Place& place : all_places()) {
    for (const Key& key : place.keys)
      EXPECT_NE(pages.str().find(key.meaning.substr(0, key.meaning.find('|'))), std::string::npos)
          << place.name << " " << key.name;
  }
}

TEST(KeyTable, IsWhatTheReadersMayAskFor) {
  Problems problems;
  Node node;
  node.kind = Node::Kind::mapping;
  Fields fields(node, "charger", problems, "do.charger");
  EXPECT_EQ(fields.take("current"), nullptr);
  EXPECT_THROW(static_cast<void>(fields.take("colour")), std::logic_error);
  EXPECT_THROW(static_cast<void>(fields.quantity("current", Dimension::voltage)), std::logic_error);
  EXPECT_THROW(Fields(node, "x", problems, "do.nothing"), std::logic_error);
}

}  // namespace
}  // namespace rig::scenario
