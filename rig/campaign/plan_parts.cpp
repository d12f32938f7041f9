// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/plan_parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "rig/scenario/text.hpp"

namespace rig::campaign {
namespace {

using scenario::Dimension;
using scenario::Fields;
using scenario::Node;
using scenario::Problems;

constexpr int most_phases = 100'000;

/// "scan" (the board's own period), or a time.
std::optional<double> period(Fields& fields, const Node& node) {
  const Node::Entry* const of = node.find("of");
  if (of != nullptr && of->value.is_scalar() && of->value.text == "scan") {
    static_cast<void>(fields.take("of"));
    return std::nullopt;
  }
  return fields.positive("of", Dimension::time);
}

// ---- draw

struct Law {
  const char* name;
  Distribution::Kind kind;
  std::array<const char*, 3> keys;  // a, b, c
};
constexpr Law laws[] = {{"normal", Distribution::Kind::normal, {"mean", "sigma", nullptr}},
                        {"uniform", Distribution::Kind::uniform, {"from", "to", nullptr}},
                        {"triangular", Distribution::Kind::triangular, {"from", "to", "likely"}},
                        {"lognormal", Distribution::Kind::lognormal, {"median", "sigma", nullptr}}};

std::string what_is_odd(const Distribution& d) {
  switch (d.kind) {
    case Distribution::Kind::normal:
      return d.b > 0 ? "" : "sigma must be greater than zero";
    case Distribution::Kind::lognormal:
      return d.b > 0 && d.a > 0 ? "" : "median and sigma must be greater than zero";
    case Distribution::Kind::uniform:
      return d.a < d.b ? "" : "from must be below to";
    case Distribution::Kind::triangular:
      return d.a < d.b && d.a <= d.c && d.c <= d.b ? "" : "from must be below to, and likely between them";
  }
  return "";
}

class LawReader {
 public:
  LawReader(const Node::Entry& entry, const Law& law, Problems& problems)
      : entry_(entry),
        law_(law),
        problems_(problems),
        fields_(entry.value, entry.key, problems, "campaign.draw." + entry.key) {
    d_.kind = law.kind;
  }

  std::optional<Distribution> run() {
    const std::size_t before = problems_.count();
    if (!entry_.value.is_mapping()) return std::nullopt;
    const std::array<double*, 3> into = {&d_.a, &d_.b, &d_.c};
    for (std::size_t i = 0; i < into.size() && law_.keys[i] != nullptr; ++i) number(law_.keys[i], *into[i], true);
    number("least", d_.least, false);
    number("most", d_.most, false);
    fields_.finish();
    if (problems_.count() != before) return std::nullopt;
    std::string odd = what_is_odd(d_);
    if (odd.empty() && !(d_.share_below(d_.most) - d_.share_below(d_.least) > 1e-9))
      odd = "next to nothing of it lies between least and most";
    if (!odd.empty()) problems_.add(entry_.value.position, entry_.key + ": " + odd);
    d_.unit = like_ ? like_->unit : "";
    return odd.empty() ? std::optional(d_) : std::nullopt;
  }

 private:
  void number(const char* key, double& into, bool required) {
    const Node::Entry* const given = required ? fields_.require(key) : fields_.take(key);
    if (given == nullptr) return;
    const bool is_log_sigma = law_.kind == Distribution::Kind::lognormal && std::string_view(key) == "sigma";
    const bool bare = is_log_sigma || !like_;
    const auto amount =
        bare ? amount_of(given->value, key, problems_) : amount_of(given->value, key, *like_, problems_);
    if (!amount) return;
    if (is_log_sigma && amount->quantity.dimension != Dimension::none && amount->quantity.dimension != Dimension::ratio)
      fields_.complain(key, given->value.position, "of a logarithm: a pure number or a percentage is due");
    into = is_log_sigma ? amount->quantity.value : amount->number;
    if (!like_ && !is_log_sigma) like_ = amount;
  }

  const Node::Entry& entry_;
  const Law& law_;
  Problems& problems_;
  Fields fields_;
  Distribution d_;
  std::optional<Amount> like_;  // the first number, whose unit all others take
};

std::optional<Distribution> read_law(const Node::Entry& place, Problems& problems) {
  std::vector<std::string> names;
  for (const Law& law : laws) names.emplace_back(law.name);
  const Node& node = place.value;
  if (!node.is_mapping() || node.entries.size() != 1) {
    problems.add(node.position, place.key + ": one of " + scenario::joined(names) +
                                    " is due, such as {normal: {mean: 98 %, sigma: 0.5 %}}");
    return std::nullopt;
  }
  const Node::Entry& entry = node.entries.front();
  const auto law = std::ranges::find(laws, entry.key, &Law::name);
  if (law == std::end(laws)) {
    problems.add(entry.key_position, place.key + ": " + entry.key + " is not one of " + scenario::joined(names));
    return std::nullopt;
  }
  return LawReader(entry, *law, problems).run();
}

}  // namespace

std::vector<Draw> read_draw(const Node& node, Problems& problems) {
  std::vector<Draw> all;
  Fields fields(node, "draw", problems, "campaign.draw");
  for (const Node::Entry* place : fields.take_rest()) {
    if (const auto law = read_law(*place, problems)) all.push_back({place->key, *law, place->key_position});
  }
  return all;
}

std::vector<Variation> read_vary(const Node& node, Problems& problems) {
  std::vector<Variation> all;
  Fields fields(node, "vary", problems, "campaign.vary");
  for (const Node::Entry* place : fields.take_rest()) {
    Variation one{place->key, {}, place->key_position};
    if (!place->value.is_sequence() || place->value.items.empty())
      problems.add(place->value.position, place->key + ": a list of values is due, such as [3.5 V, 3.6 V]");
    for (const Node& item : place->value.items) {
      if (item.is_scalar())
        one.texts.push_back(item.text);
      else
        problems.add(item.position, place->key + ": a value is due; this is a list or a mapping");
    }
    all.push_back(std::move(one));
  }
  return all;
}

std::optional<Phases> read_phases(const Node& node, Problems& problems) {
  const std::size_t before = problems.count();
  Phases phases;
  phases.position = node.position;
  if (node.is_scalar()) {
    int count = 0;
    const char* const end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, count);
    if (error != std::errc{} || stop != end || count < 2 || count > most_phases)
      problems.add(node.position, "phases: \"" + node.text + "\" is not a whole number from 2 to " +
                                      std::to_string(most_phases) + ", nor a mapping {count: 64, …}");
    phases.count = static_cast<std::size_t>(count);
  } else {
    Fields fields(node, "phases", problems, "campaign.phases");
    if (fields.require("count") != nullptr)
      phases.count = static_cast<std::size_t>(fields.whole("count", 2, most_phases).value_or(2));
    phases.period_s = period(fields, node);
    const auto from = fields.text("from");
    if (from) phases.from = action_of(*from);
    if (from && !phases.from)
      fields.complain("from", node.find("from")->value.position,
                      "\"" + *from + "\" is not an entry of do:, such as do[1]");
    phases.claim = fields.text("claim").value_or("");
    fields.finish();
  }
  return problems.count() == before ? std::optional(phases) : std::nullopt;
}

std::optional<Faults> read_faults(const Node& node, Problems& problems) {
  const std::size_t before = problems.count();
  Fields fields(node, "faults", problems, "campaign.faults");
  if (!node.is_mapping()) return std::nullopt;
  Faults faults;
  faults.position = node.position;
  if (fields.require("first_at") != nullptr)
    faults.first_s = fields.not_negative("first_at", Dimension::time).value_or(0);
  if (fields.require("second_at") != nullptr)
    faults.second_s = fields.not_negative("second_at", Dimension::time).value_or(0);
  if (problems.count() == before && !(faults.second_s > faults.first_s))
    fields.complain("second_at", node.find("second_at")->value.position, "lies not behind first_at");
  faults.phases = static_cast<std::size_t>(fields.whole("phases", 1, most_phases).value_or(1));
  faults.period_s = period(fields, node);
  if (const Node::Entry* list = fields.require("list")) {
    Fields names(list->value, "list", problems, "campaign.faults.list");
    for (const Node::Entry* fault : names.take_rest()) {
      const bool is_action = fault->value.is_mapping() && fault->value.entries.size() == 1;
      if (!is_action)
        problems.add(fault->value.position, fault->key + ": one action is due, such as {\"lead[3]\": open}");
      else
        faults.list.push_back({fault->key, fault->value.entries.front()});
    }
    if (list->value.is_mapping() && list->value.entries.size() < 2)
      problems.add(list->value.position, "list: a pair takes two faults");
  }
  fields.finish();
  return problems.count() == before ? std::optional(faults) : std::nullopt;
}

}  // namespace rig::campaign
