// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/selection.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "rig/cli/nearest.hpp"
#include "rig/cli/text.hpp"
#include "rig/scenario/bench_file.hpp"
#include "rig/scenario/files.hpp"
#include "rig/scenario/model_pages.hpp"
#include "rig/scenario/reader.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
using scenario::Scenario;

bool is_scenario_file(const fs::path& file) { return file.extension() == ".yaml" || file.extension() == ".yml"; }

bool holds_parts(const fs::path& folder) {  // of scenarios, not scenarios
  static const std::set<std::string> kParts = {"boards", "packs", "benches", "campaigns", "data"};
  const std::string name = folder.filename().string();
  return name.starts_with(".") || kParts.count(name) > 0;
}

bool holds_results(const fs::path& folder) {  // of a run, with copies of its scenarios
  std::error_code unused;
  return fs::exists(folder / "result.json", unused);
}

struct Word {
  fs::path path;
  std::string name;  // "" = all of the path
};

/// PATH, PATH::NAME or NAME, by the rule in the header.
Word split(const std::string& text) {
  std::error_code unused;
  const auto is_path = [&](const std::string& word) {
    return word.find('/') != std::string::npos || is_scenario_file(word) || fs::exists(word, unused);
  };
  if (fs::exists(text, unused)) return {text, ""};
  const std::size_t colons = text.rfind("::");
  if (colons != std::string::npos && is_path(text.substr(0, colons)))
    return {text.substr(0, colons), text.substr(colons + 2)};
  return is_path(text) ? Word{text, ""} : Word{"", text};
}

class Selector {
 public:
  Selector(const Arguments& arguments, const Places& places)
      : arguments_(arguments), places_(places), files_(places.scenarios) {}

  Selection select() {
    if (arguments_.what.empty()) add_shipped("");
    for (const std::string& text : arguments_.what) add(split(text));
    refuse_same_names();
    if (selection_.mistakes.empty()) keep_labelled();
    if (!selection_.mistakes.empty()) selection_.scenarios.clear();
    return std::move(selection_);
  }

 private:
  void mistake(const std::string& sentence) {
    if (told_.insert(sentence).second) selection_.mistakes.push_back(sentence);
  }

  void add(const Word& word) {
    if (word.path.empty()) {
      add_shipped(word.name);
    } else if (!fs::exists(word.path)) {
      mistake(word.path.string() + ": no such file or folder");
    } else {
      add_from(word.path, word.name);
    }
  }

  void add_shipped(const std::string& name) {
    if (places_.scenarios.empty() || !fs::is_directory(places_.scenarios)) {
      mistake("the folder of scenarios that comes with Cellrig is not there (" +
              (places_.scenarios.empty() ? "scenarios/" : places_.scenarios.string()) +
              "); CELLRIG_SCENARIOS may name another");
    } else {
      add_from(places_.scenarios, name);
    }
  }

  /// All scenarios of a path, or the one called `name`.
  void add_from(const fs::path& path, const std::string& name) {
    const std::size_t mistakes_before = selection_.mistakes.size();
    std::vector<std::string> names;
    bool found = false;
    for (const fs::path& file : files_of(path)) {
      for (const Scenario& scenario : read(file)) {
        names.push_back(scenario.name);
        if (!name.empty() && scenario.name != name) continue;
        found = true;
        add_scenario(scenario, file, !name.empty());
      }
    }
    if (found || selection_.mistakes.size() != mistakes_before) return;
    if (name.empty()) return mistake(path.string() + ": no scenario in it");
    const bool explains = arguments_.command == "explain";
    for (const std::string& model : explains ? scenario::model_names() : std::vector<std::string>()) {
      names.push_back(model);
    }
    mistake((explains ? "no scenario or model is called " : "no scenario is called ") + name + "." +
            near_text(name, names));
  }

  std::vector<fs::path> files_of(const fs::path& path) {
    if (!fs::is_directory(path)) return {for_people(path)};
    try {
      std::vector<fs::path> files = scenario_files_below(path);
      std::transform(files.begin(), files.end(), files.begin(), for_people);
      return files;
    } catch (const fs::filesystem_error& error) {
      mistake(error.what());
      return {};
    }
  }

  const std::vector<Scenario>& read(const fs::path& file) {
    const auto known = read_.find(file);
    if (known != read_.end()) return known->second;
    std::vector<scenario::ScenarioError> errors;
    std::vector<Scenario>& scenarios = read_[file] = scenario::read_scenarios(file, files_, errors);
    for (const scenario::ScenarioError& error : errors) mistake(error.what());
    ++selection_.files;
    return scenarios;
  }

  void add_scenario(const Scenario& scenario, const fs::path& file, bool named) {
    const auto same = [&](const Selected& other) {
      return other.scenario->name == scenario.name && other.scenario->file == scenario.file;
    };
    const auto there = std::find_if(selection_.scenarios.begin(), selection_.scenarios.end(), same);
    if (there != selection_.scenarios.end()) {
      there->named = there->named || named;
      return;
    }
    selection_.scenarios.push_back({std::make_shared<const Scenario>(scenario), named, selector_of(scenario, file)});
  }

  [[nodiscard]] std::string selector_of(const Scenario& scenario, const fs::path& file) const {
    const fs::path below = fs::absolute(file).lexically_relative(fs::absolute(places_.scenarios).lexically_normal());
    const bool shipped = !places_.scenarios.empty() && !below.empty() && *below.begin() != "..";
    return shipped ? scenario.name : file.string() + "::" + scenario.name;
  }

  void refuse_same_names() {
    std::map<std::string, const Scenario*> first;
    for (const Selected& selected : selection_.scenarios) {
      const Scenario& scenario = *selected.scenario;
      const auto [other, is_new] = first.emplace(scenario.name, &scenario);
      if (is_new) continue;
      const auto place = [](const Scenario& s) { return s.position.file + ":" + std::to_string(s.position.line); };
      mistake(place(scenario) + ":" + std::to_string(scenario.position.column) + "  " + scenario.name +
              ": this name is already that of " + place(*other->second));
    }
  }

  void keep_labelled() {
    const auto carries_one = [](const Selected& selected, const std::vector<std::string>& of) {
      const auto& labels = selected.scenario->labels;
      return std::ranges::find_first_of(labels, of) != labels.end();
    };
    know_labels(arguments_.labels);
    know_labels(arguments_.without);
    if (!selection_.mistakes.empty()) return;
    std::erase_if(selection_.scenarios, [&](const Selected& selected) {
      return (!arguments_.labels.empty() && !carries_one(selected, arguments_.labels)) ||
             carries_one(selected, arguments_.without);
    });
    if (selection_.scenarios.empty() && !arguments_.without.empty())
      mistake("no scenario is left without the label " + joined(arguments_.without, " or "));
  }

  /// A label that nobody carries is a mistake of who typed it.
  void know_labels(const std::vector<std::string>& asked) {
    std::vector<std::string> carried;
    for (const Selected& selected : selection_.scenarios) {
      if (asked.empty()) return;
      carried.insert(carried.end(), selected.scenario->labels.begin(), selected.scenario->labels.end());
    }
    for (const std::string& label : asked) {
      if (std::find(carried.begin(), carried.end(), label) == carried.end())
        mistake("no scenario here carries the label " + label + "." + near_text(label, carried));
    }
  }

  const Arguments& arguments_;
  const Places& places_;
  Selection selection_;
  std::set<std::string> told_;
  scenario::Files files_;
  std::map<fs::path, std::vector<Scenario>> read_;
};

}  // namespace

std::vector<fs::path> scenario_files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  const auto options = fs::directory_options::follow_directory_symlink;
  for (auto entry = fs::recursive_directory_iterator(folder, options); entry != fs::recursive_directory_iterator();
       ++entry) {
    const bool hidden = entry->path().filename().string().starts_with(".");
    if (entry->is_directory()) {
      if (holds_parts(entry->path()) || holds_results(entry->path())) entry.disable_recursion_pending();
    } else if (!hidden && is_scenario_file(entry->path())) {
      files.push_back(entry->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

scenario::BenchCapabilities bench_of(const Arguments& arguments, const Places& places,
                                     std::vector<std::string>& mistakes) {
  if (arguments.bench == "sim") return scenario::sim_capabilities();
  std::vector<scenario::ScenarioError> errors;
  const auto bench = scenario::read_bench(arguments.bench, places.scenarios, errors);
  for (const scenario::ScenarioError& error : errors) mistakes.emplace_back(error.what());
  return bench.value_or(scenario::sim_capabilities());
}

std::string nothing_runs_on(const scenario::BenchCapabilities& bench) {
  return "nothing of this can run on bench " + bench.name;
}

Selection select(const Arguments& arguments, const Places& places) { return Selector(arguments, places).select(); }

}  // namespace rig::cli
