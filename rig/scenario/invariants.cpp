// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/invariants.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "rig/scenario/catalogue.hpp"
#include "rig/scenario/claims.hpp"
#include "rig/scenario/fields.hpp"
#include "rig/scenario/parameters.hpp"
#include "rig/scenario/scenario_file.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

/// An invariant as it stands in a file: a claim, and what parts from it.
struct Declared {
  std::string name;
  Node claim;
  std::vector<std::string> unless_labels, unless_settings;
  bool is_off = false;
  bool is_shipped = false;  // meant for the shipped firmware: a board without a setting that it names has no such rule
  std::vector<Node::Entry> parameters;
};

bool lacks_a_name(const Node& claim, const std::vector<Node::Entry>& parameters) {
  std::set<std::string, std::less<>> names;
  collect_parameters(claim, names);
  return std::ranges::any_of(names, [&](const std::string& name) {
    return std::ranges::find(parameters, name, &Node::Entry::key) == parameters.end();
  });
}

/// "3.6 V": what a claim may hold in place of the setting's name.
std::string text_of(double value, Dimension dimension) {
  if (dimension == Dimension::boolean) return value != 0 ? "on" : "off";
  if (dimension == Dimension::ratio) return shortest(value * 100) + " %";
  const std::string unit(base_unit(dimension));
  return shortest(value) + (unit.empty() ? "" : " " + unit);
}

class InvariantReader {
 public:
  InvariantReader(const Scenario& scenario, Files& files, Problems& problems)
      : scenario_(scenario), files_(files), problems_(problems) {}

  void add_file(const fs::path& file, bool is_shipped = false) {
    try {
      const ScenarioFile content = read_scenario_file(file, files_, problems_);
      if (!content.scenarios.empty())
        problems_.add(content.scenarios.front().key_position,
                      std::string(invariants_file) + " holds no scenarios, only invariants");
      add(content.invariants, content.parameters, is_shipped);
    } catch (const ScenarioError& error) {
      problems_.add(error);
    }
  }

  void add(const std::vector<Node>& nodes, const std::vector<Node::Entry>& parameters, bool is_shipped = false) {
    for (const Node& node : nodes) {
      if (!node.is_mapping()) {
        problems_.add(node.position, "invariants: a claim is a mapping, such as {name: …, never: …}");
        continue;
      }
      Declared one = declared(node);
      one.parameters = parameters;
      one.is_shipped = is_shipped;
      const auto same = std::ranges::find(all_, one.name, &Declared::name);
      if (same == all_.end()) {
        all_.push_back(std::move(one));
      } else {
        *same = std::move(one);
      }
    }
  }

  std::vector<Claim> claims() {
    const Catalogue catalogue = make_catalogue(scenario_);
    for (const BoardSetup* setup : setups_of(scenario_)) {
      const Catalogue own = catalogue.of(setup->prefix());
      const std::vector<Node::Entry> settings = as_parameters(*setup);
      for (const Declared& one : all_) {
        if (!one.is_off && !is_excluded(one, *setup)) read(one, *setup, settings, own);
      }
    }
    return std::move(claims_);
  }

 private:
  Declared declared(const Node& node) {
    Declared one;
    one.claim = node;
    Fields fields(node, "invariants", problems_, "invariants");
    if (fields.require("name") != nullptr) one.name = fields.text("name").value_or("");
    one.unless_labels = fields.texts("unless labels");
    one.unless_settings = fields.texts("unless settings");
    one.is_off = fields.text("off").has_value();
    for (const Node::Entry& other : node.entries) {
      if (other.key.starts_with("unless") && other.key != "unless labels" && other.key != "unless settings")
        problems_.add(other.key_position,
                      "invariants: " + other.key + " is not a key here. Near: unless labels, unless settings");
    }
    const auto is_own = [](const Node::Entry& e) { return e.key.starts_with("unless") || e.key == "off"; };
    std::erase_if(one.claim.entries, is_own);
    for (const char* key : {"holds", "converges", "after", "until", "protection"}) {
      if (const Node::Entry* wrong = node.find(key))
        problems_.add(wrong->key_position, std::string("invariants: ") + key +
                                               ": what holds in every run is always, never or when, without a window");
    }
    return one;
  }

  bool is_excluded(const Declared& one, const BoardSetup& setup) const {
    const auto is_on = [&](const std::string& name) {
      const auto found = setup.settings.find(name);
      return found != setup.settings.end() && found->second != 0;
    };
    return std::ranges::find_first_of(one.unless_labels, scenario_.labels) != one.unless_labels.end() ||
           std::ranges::any_of(one.unless_settings, is_on);
  }

  static std::vector<Node::Entry> as_parameters(const BoardSetup& setup) {
    std::vector<Node::Entry> parameters;
    for (const BoardSpec::Setting& setting : setup.board.settings) {
      Node value;
      value.text = text_of(setup.settings.at(setting.name), setting.dimension);
      parameters.push_back({setting.name, {}, std::move(value)});
    }
    return parameters;
  }

  void read(const Declared& one, const BoardSetup& setup, const std::vector<Node::Entry>& settings,
            const Catalogue& catalogue) {
    std::vector<Node::Entry> own_first = one.parameters;
    if (!own_first.empty()) own_first.insert(own_first.end(), settings.begin(), settings.end());
    const std::vector<Node::Entry>& parameters = own_first.empty() ? settings : own_first;
    if (one.is_shipped && lacks_a_name(one.claim, parameters)) return;
    Node list;
    list.kind = Node::Kind::sequence;
    list.position = one.claim.position;
    const std::size_t before = problems_.count();
    list.items.push_back(Filling(parameters, problems_).fill(one.claim));
    if (problems_.count() > before) return;
    without_a_delay_of_zero(list.items.front());
    // Whether the run is long enough is not the invariant's concern: then it is not armed, or not to its end.
    for (Claim& claim : read_claims(list, catalogue, 0, problems_, "invariants")) {
      claim.name = one.name;
      if (!setup.called.empty()) claim.text = setup.called + ": " + claim.text;
      claims_.push_back(std::move(claim));
    }
  }

  static void without_a_delay_of_zero(Node& claim) {
    std::erase_if(claim.entries, [](const Node::Entry& entry) {
      const auto length = parse_quantity(entry.value.text);
      return entry.key == "when it holds for" && length && length->dimension == Dimension::time && length->value == 0;
    });
  }

  const Scenario& scenario_;
  Files& files_;
  Problems& problems_;
  std::vector<Declared> all_;
  std::vector<Claim> claims_;
};

}  // namespace

std::optional<fs::path> invariants_above(const fs::path& file) {
  std::error_code failed;
  for (fs::path folder = fs::absolute(file, failed).lexically_normal().parent_path(); !failed;
       folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / invariants_file, failed)) return folder / invariants_file;
    if (fs::exists(folder / ".git", failed) || folder == folder.parent_path()) break;
    failed.clear();
  }
  return std::nullopt;
}

std::vector<Claim> read_invariants(const Scenario& scenario, const std::vector<Node>& own,
                                   const std::vector<Node::Entry>& parameters, Files& files, Problems& problems) {
  InvariantReader reader(scenario, files, problems);
  std::error_code failed;
  const fs::path shipped = files.shipped() / invariants_file;
  if (fs::is_regular_file(shipped, failed)) reader.add_file(shipped, true);
  const auto above = invariants_above(scenario.file);
  if (above && !fs::equivalent(*above, shipped, failed)) reader.add_file(*above);
  reader.add(own, parameters);
  return reader.claims();
}

}  // namespace rig::scenario
