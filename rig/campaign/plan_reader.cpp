// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "reports/digest.hpp"
#include "rig/campaign/plan.hpp"
#include "rig/campaign/plan_parts.hpp"
#include "rig/scenario/text.hpp"

namespace rig::campaign {
namespace {

using scenario::Fields;
using scenario::Node;
using scenario::Problems;

constexpr int most_runs = 1'000'000;

class PlanReader {
 public:
  PlanReader(const Node::Entry& entry, const FindScenarios& find, Problems& problems)
      : entry_(entry), find_(find), problems_(problems), fields_(entry.value, entry.key, problems, "campaign") {
    plan_.name = entry.key;
    plan_.position = entry.key_position;
  }

  Plan run(const std::filesystem::path& file) {
    plan_.file = file;
    check_name();
    if (!entry_.value.is_mapping()) return std::move(plan_);
    plan_.about = fields_.text("about").value_or("");
    subjects();
    const Node::Entry *search = fields_.take("search"), *phases = fields_.take("phases"),
                      *faults = fields_.take("faults"), *vary = fields_.take("vary"), *draw = fields_.take("draw");
    if (search != nullptr) plan_.search = read_search(search->value, problems_);
    if (phases != nullptr) plan_.phases = read_phases(phases->value, problems_);
    if (faults != nullptr) plan_.faults = read_faults(faults->value, problems_);
    if (vary != nullptr) plan_.vary = read_vary(vary->value, problems_);
    if (draw != nullptr) plan_.draw = read_draw(draw->value, problems_);
    numbers(draw);
    check_kinds(search, phases, faults, vary, draw);
    fields_.finish();
    return std::move(plan_);
  }

 private:
  void check_name() {
    const auto legal = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
    if (entry_.key.front() == '-' || entry_.key.size() > 150 || !std::ranges::all_of(entry_.key, legal))
      problems_.add(entry_.key_position,
                    "the name of a campaign is made of letters, digits, _ and -; not \"" + entry_.key + "\"");
  }

  void subjects() {
    const Node::Entry* const words = fields_.require("scenario");
    if (words == nullptr) return;
    if (words->value.is_scalar()) return subject(words->value);
    if (words->value.is_mapping())
      return problems_.add(words->value.position,
                           "scenario: NAME, PATH::NAME or a list of them is due; this is a mapping");
    for (const Node& item : words->value.items) {
      if (item.is_scalar())
        subject(item);
      else
        problems_.add(item.position, "scenario: NAME or PATH::NAME is due");
    }
  }

  void subject(const Node& word) {
    std::string complaint;
    for (auto& tree : find_(word.text, plan_.file.parent_path(), complaint))
      plan_.subjects.push_back({std::move(tree), word.text, word.position});
    if (!complaint.empty()) problems_.add(word.position, "scenario: " + complaint);
  }

  void numbers(const Node::Entry* draw) {
    plan_.runs = static_cast<std::size_t>(fields_.whole("runs", 1, most_runs).value_or(0));
    plan_.seed = static_cast<std::uint64_t>(fields_.whole("seed", 0, 1'000'000'000).value_or(1));
    plan_.shrink = fields_.yes_no("shrink").value_or(false);
    if (draw != nullptr && !fields_.has("runs"))
      problems_.add(draw->key_position, "draw: runs: is missing, how many are drawn");
    if (draw == nullptr && fields_.has("runs"))
      fields_.complain("runs", entry_.value.find("runs")->key_position, "without draw: every run would be the same");
  }

  void check_kinds(const Node::Entry* search, const Node::Entry* phases, const Node::Entry* faults,
                   const Node::Entry* vary, const Node::Entry* draw) {
    std::vector<const Node::Entry*> kinds;
    for (const Node::Entry* kind : {search, phases, faults, draw})
      if (kind != nullptr) kinds.push_back(kind);
    if (vary != nullptr && faults == nullptr && draw == nullptr) kinds.push_back(vary);
    if (kinds.empty() && !plan_.shrink)
      problems_.add(entry_.key_position,
                    entry_.key + ": one of search, phases, faults, vary, draw is due, or shrink: on");
    if (kinds.size() > 1)
      problems_.add(kinds[1]->key_position, kinds[1]->key + ": there is " + kinds[0]->key +
                                                " already; vary goes with draw and faults, nothing else together");
    if (search != nullptr && plan_.subjects.size() > 1)
      problems_.add(search->key_position, "search: takes one scenario, not " + std::to_string(plan_.subjects.size()));
    if (search != nullptr && plan_.shrink) problems_.add(search->key_position, "search: nothing to shrink");
  }

  const Node::Entry& entry_;
  const FindScenarios& find_;
  Problems& problems_;
  Fields fields_;
  Plan plan_;
};

}  // namespace

std::optional<std::size_t> action_of(const std::string& path) {
  if (!path.starts_with("do[")) return std::nullopt;
  std::size_t number = 0;
  const char* const end = path.data() + path.size();
  const auto [stop, error] = std::from_chars(path.data() + 3, end, number);
  if (error != std::errc{} || stop == end || *stop != ']') return std::nullopt;
  return number;
}

std::vector<Plan> read_plans(const std::filesystem::path& file, scenario::Files& files, const FindScenarios& find,
                             Problems& problems) {
  std::vector<Plan> plans;
  try {
    const auto source = files.open_path(file, problems);
    if (!source) return plans;
    const Node root = scenario::parse_tree(*source->bytes, file.generic_string());
    for (const Node::Entry& entry : root.entries) {
      plans.push_back(PlanReader(entry, find, problems).run(file));
      plans.back().text_sha256 = reports::sha256(*source->bytes);
    }
  } catch (const scenario::ScenarioError& error) {
    problems.add(error);
  } catch (const std::exception& error) {
    problems.add({file.generic_string(), 1, 1}, std::string("cannot be read: ") + error.what());
  }
  return plans;
}

}  // namespace rig::campaign
