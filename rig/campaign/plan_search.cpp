// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/plan_parts.hpp"

namespace rig::campaign {
namespace {

using scenario::Dimension;
using scenario::Fields;
using scenario::Node;
using scenario::Problems;

constexpr int most_phases_of_an_overdrive = 1000;

void read_between(Fields& fields, Edge& edge, Problems& problems) {
  const Node::Entry* const between = fields.require("between");
  if (between == nullptr) return;
  const Node& list = between->value;
  if (!list.is_sequence() || list.items.size() != 2)
    return fields.complain("between", list.position,
                           "two values are due, [where it does not happen, where it does], such as [3.5 V, 3.8 V]");
  const auto from = amount_of(list.items[0], "between", problems);
  const auto to = from ? amount_of(list.items[1], "between", *from, problems) : std::nullopt;
  if (!to) return;
  edge.from = *from;
  edge.to = *to;
  if (edge.from.number == edge.to.number) fields.complain("between", list.position, "both values are the same");
}

void read_resolution(Fields& fields, Edge& edge, Problems& problems) {
  const Node::Entry* const given = fields.require("resolution");
  if (given == nullptr || edge.from.number == edge.to.number) return;
  const auto resolution = amount_of(given->value, "resolution", edge.from, problems);
  if (!resolution) return;
  edge.resolution = resolution->number;
  if (!(edge.resolution > 0))
    fields.complain("resolution", given->value.position, "\"" + given->value.text + "\" must be greater than zero");
}

std::optional<Edge> read_edge(const Node& node, const char* what, const char* happening, Problems& problems) {
  const std::size_t before = problems.count();
  Fields fields(node, what, problems, std::string("campaign.search.") + what);
  if (!node.is_mapping()) return std::nullopt;
  Edge edge;
  if (fields.require("value") != nullptr) edge.path = fields.text("value").value_or("");
  const auto action = action_of(edge.path);
  if (!edge.path.empty() && !action)
    fields.complain("value", node.find("value")->value.position,
                    "\"" + edge.path + "\" is not in an action; such as do[1].hold.cell[3].voltage");
  edge.action = action.value_or(0);
  read_between(fields, edge, problems);
  read_resolution(fields, edge, problems);
  edge.around = fields.text("around").value_or("");
  if (const Node::Entry* when = fields.require(happening)) {
    edge.when = fields.text(happening).value_or("");
    edge.when_position = when->value.position;
  }
  edge.within_s = fields.positive("within", Dimension::time);
  fields.finish();
  return problems.count() == before ? std::optional(edge) : std::nullopt;
}

/// Takes a list of amounts that measure what `like` does.
std::vector<Amount> amounts(Fields& fields, const char* key, const Amount& like, Problems& problems) {
  std::vector<Amount> list;
  const Node::Entry* const given = fields.take(key);
  if (given == nullptr) return list;
  if (!given->value.is_sequence()) fields.complain(key, given->value.position, "a list is due, such as [5 mV, 50 mV]");
  for (const Node& item : given->value.items) {
    const auto amount = amount_of(item, key, like, problems);
    if (amount && !(amount->number > 0))
      fields.complain(key, item.position, "\"" + item.text + "\" must be greater than zero");
    if (amount) list.push_back(*amount);
  }
  return list;
}

}  // namespace

std::optional<Search> read_search(const Node& node, Problems& problems) {
  const std::size_t before = problems.count();
  Fields fields(node, "search", problems, "campaign.search");
  if (!node.is_mapping()) return std::nullopt;
  Search search;
  const Node::Entry *trip = fields.require("trip"), *release = fields.take("release");
  const auto edge = trip != nullptr ? read_edge(trip->value, "trip", "trips", problems) : std::nullopt;
  if (edge) search.trip = *edge;
  if (release != nullptr) search.release = read_edge(release->value, "release", "releases", problems);
  if (edge) search.overdrives = amounts(fields, "overdrives", edge->from, problems);
  if (!edge) static_cast<void>(fields.take("overdrives"));
  search.phases = static_cast<std::size_t>(fields.whole("phases", 1, most_phases_of_an_overdrive).value_or(1));
  search.scan_s = fields.positive("scan", Dimension::time);
  const Node::Entry* const tolerance = fields.take("tolerance");
  if (edge && tolerance != nullptr) search.tolerance = amount_of(tolerance->value, "tolerance", edge->from, problems);
  const bool is_guided = edge && (!edge->around.empty() || (search.release && !search.release->around.empty()));
  if (is_guided && tolerance == nullptr)
    problems.add(node.position, "search: tolerance is missing: how far from `around` is still right");
  if (edge && !is_guided && tolerance != nullptr)
    fields.complain("tolerance", tolerance->key_position, "of what? around: settings.NAME is missing");
  fields.finish();
  return problems.count() == before ? std::optional(search) : std::nullopt;
}

}  // namespace rig::campaign
