// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/claims.hpp"

#include <algorithm>
#include <string>

#include "rig/scenario/claim_text.hpp"
#include "rig/scenario/condition.hpp"
#include "rig/scenario/shows.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

class ClaimReader {
 public:
  ClaimReader(const Node& item, const Catalogue& catalogue, double run_for_s, Problems& problems,
              const std::string& what)
      : item_(item),
        fields_(item, what, problems, "expect"),
        catalogue_(catalogue),
        run_for_s_(run_for_s),
        problems_(problems) {}

  Claim run() {
    claim_.position = item_.position;
    for (const Node::Entry& entry : item_.entries) claim_.places.emplace_back(entry.key, entry.value.position);
    kind();
    common();
    fields_.finish();
    claim_.text = claim_text(claim_);
    if (claim_.name.empty()) claim_.name = claim_.text;
    return std::move(claim_);
  }

 private:
  struct Kind {
    const char* key;
    ClaimKind kind;
  };

  void kind() {
    static constexpr Kind kinds[] = {{"always", ClaimKind::always},        {"never", ClaimKind::never},
                                     {"when", ClaimKind::when_then},       {"holds", ClaimKind::holds},
                                     {"converges", ClaimKind::converges},  {"settles", ClaimKind::settles},
                                     {"eventually", ClaimKind::eventually}};
    const Kind* chosen = nullptr;
    int found = 0;
    for (const Kind& candidate : kinds) {
      if (!fields_.has(candidate.key)) continue;
      ++found;
      if (chosen == nullptr) chosen = &candidate;
    }
    if (found != 1) {
      problems_.add(item_.position,
                    fields_.what() +
                        ": a claim has exactly one of always, never, when, holds, converges, settles, eventually; "
                        "this has " +
                        std::to_string(found));
    }
    if (chosen == nullptr) return static_cast<void>(fields_.take_rest());
    claim_.kind = chosen->kind;
    body();
    if (found > 1) static_cast<void>(fields_.take_rest());
  }

  void body() {
    switch (claim_.kind) {
      case ClaimKind::always:
        return invariant("always");
      case ClaimKind::never:
        return invariant("never");
      case ClaimKind::when_then:
        return when_then();
      case ClaimKind::holds:
        return holds();
      case ClaimKind::converges:
        return converges();
      case ClaimKind::settles:
        return settles();
      case ClaimKind::eventually:
        return eventually();
    }
  }

  void invariant(const char* key) {
    if (auto e = state(key)) claim_.then = std::move(*e);
    if (fields_.has("while")) claim_.while_ = state("while");
  }

  void when_then() {
    if (auto e = event("when")) claim_.when = std::move(*e);
    if (fields_.require("then") != nullptr) {
      if (auto e = event("then")) claim_.then = std::move(*e);
    }
    if (fields_.require("within") != nullptr) claim_.within_s = window("within").value_or(0);
    claim_.not_before_s = window("not before");
    claim_.for_at_least_s = window("for at least");
    claim_.when_holds_for_s = window("when it holds for");
    if (claim_.not_before_s && claim_.within_s > 0 && *claim_.not_before_s >= claim_.within_s) {
      say("not before", "must be less than within");
    }
    if (claim_.for_at_least_s && is_edge(claim_.then))
      say("for at least", "then is an instant and lasts no time; write is on or is off");
    if (claim_.when_holds_for_s && is_edge(claim_.when)) {
      say("when it holds for", "when is an instant and lasts no time; write is on or is off");
    }
  }

  void holds() {
    if (auto e = state("holds")) claim_.then = std::move(*e);
    if (fields_.require("for at least") != nullptr) claim_.for_at_least_s = window("for at least");
  }

  void number(const char* key) {
    auto e = expression(key);
    if (!e) return;
    if (e->dimension == Dimension::boolean) say(key, "a number is due, not something true or false");
    claim_.then = std::move(*e);
  }

  void settles() {
    number("settles");
    const Dimension dimension = claim_.then.dimension;
    const bool known = !claim_.then.text.empty() && dimension != Dimension::boolean;
    const Dimension distance = dimension == Dimension::temperature ? Dimension::temperature_difference : dimension;
    if (fields_.require("to") != nullptr && known)
      claim_.to = {fields_.quantity("to", dimension).value_or(0), dimension};
    if (fields_.require("band") != nullptr && known)
      claim_.band = {fields_.positive("band", distance).value_or(0), distance};
    if (fields_.require("within") != nullptr) claim_.within_s = window("within").value_or(0);
    claim_.for_at_least_s = window("for at least");
  }

  void eventually() {
    if (auto e = event("eventually")) claim_.then = std::move(*e);
    if (fields_.require("by") != nullptr) claim_.within_s = window("by").value_or(0);
  }

  void converges() {
    number("converges");
    if (fields_.require("below") != nullptr && claim_.then.dimension != Dimension::boolean) {
      claim_.below = {fields_.quantity("below", claim_.then.dimension).value_or(0), claim_.then.dimension};
    }
    if (fields_.require("within") != nullptr) claim_.within_s = window("within").value_or(0);
  }

  void common() {
    static_cast<void>(fields_.take("while"));
    if (fields_.has("while") && claim_.kind != ClaimKind::always && claim_.kind != ClaimKind::never) {
      say("while", "stands only with always and never");
    }
    bound("after", claim_.after_s, claim_.opens);
    bound("until", claim_.until_s, claim_.closes);
    between();
    if (claim_.after_s && claim_.until_s && *claim_.after_s >= *claim_.until_s) say("after", "must be less than until");
    check_room();
    limit();
    if (const auto name = fields_.text("protection")) protection(*name);
    claim_.name = fields_.text("name").value_or("");
    claim_.shows = read_shows(fields_);
    silence();
  }

  void silence() {
    const Node::Entry* const entry = fields_.take("lint off");
    if (entry == nullptr) return;
    if (!entry->value.is_mapping() || entry->value.entries.empty())
      return say("lint off", "rules and why they are silent here, such as {never-fails: it is a sentinel}");
    for (const Node::Entry& rule : entry->value.entries) {
      const auto known = std::ranges::find(lint_rules(), rule.key);
      if (known == lint_rules().end())
        problems_.add(rule.key_position, "lint off: " + rule.key + " is not a rule of the linter." +
                                             near_text(nearest_of(rule.key, lint_rules())));
      if (!rule.value.is_scalar() || trimmed(rule.value.text).empty())
        problems_.add(rule.value.position, "lint off: " + rule.key + ": a reason is due, a sentence");
      claim_.lint_off.emplace_back(rule.key, rule.value.text);
    }
  }

  // A window of time that fits into the part of the run that is judged.
  void check_room() {
    const double begin = claim_.after_s.value_or(0);
    const double end = claim_.until_s.value_or(run_for_s_);
    if (run_for_s_ <= 0 || end <= begin) return;
    for (const auto& [key, length] :
         {std::pair{"for at least", claim_.for_at_least_s}, std::pair{"when it holds for", claim_.when_holds_for_s},
          std::pair{claim_.kind == ClaimKind::eventually ? "by" : "within", std::optional(claim_.within_s)}}) {
      if (length && *length > end - begin && *length <= run_for_s_) {
        say(key, seconds(*length) + " does not fit into the judged window of " + seconds(end - begin));
      }
    }
  }

  void limit() {
    const std::string word = fields_.one_of("limit").value_or("declared");
    if (word == "standard") claim_.limit = LimitSource::standard;
    if (word == "derived") claim_.limit = LimitSource::derived;
    if (word == "marketing") claim_.limit = LimitSource::marketing;
    claim_.limit_note = fields_.text("limit note").value_or("");
  }

  void protection(const std::string& name) {
    claim_.protection = name;
    std::vector<std::string> known;
    for (const std::string& prefix : catalogue_.prefixes()) {
      for (const std::string& one : protection_names()) known.push_back(prefix + one);
    }
    if (std::ranges::find(known, name) != known.end()) return;
    say("protection", name + " is not a protection." + near_text(nearest_of(name, known)));
  }

  std::optional<Expression> expression(const char* key) {
    const Node::Entry* entry = fields_.take(key);
    return entry == nullptr ? std::nullopt : read_expression(key, entry->value, catalogue_, problems_);
  }

  std::optional<Expression> event(const char* key) {  // true or false, or an edge
    const Node::Entry* entry = fields_.take(key);
    return entry == nullptr ? std::nullopt : event_of(key, entry->value);
  }

  std::optional<Expression> event_of(const char* key, const Node& node) {
    return read_condition(key, node, catalogue_, problems_);
  }

  std::optional<Expression> state(const char* key) {  // true or false over a stretch of time
    std::optional<Expression> e = event(key);
    if (!e || !is_edge(*e)) return e;
    say(key, "\"" + e->text + "\" is an instant; only when and then take one. Write is on or is off");
    return std::nullopt;
  }

  std::optional<double> window(const char* key) {
    const auto length = fields_.positive(key, Dimension::time);
    if (length && run_for_s_ > 0 && *length > run_for_s_) {
      say(key, seconds(*length) + " is longer than the run, " + seconds(run_for_s_));
    }
    return length;
  }

  /// A side of the window: a time of the run, or what it waits for.
  void bound(const char* key, std::optional<double>& time_s, std::optional<Expression>& condition) {
    const Node::Entry* entry = fields_.take(key);
    if (entry == nullptr) return;
    const std::string& text = entry->value.text;
    const bool is_condition = entry->value.is_scalar() && !text.empty() &&
                              (std::string_view("0123456789.+-").find(text.front()) == std::string_view::npos ||
                               text.find_first_of("<>=!") != std::string::npos);
    if (is_condition)
      condition = event(key);
    else
      time_s = moment(key);
  }

  void between() {
    const Node::Entry* entry = fields_.take("between");
    if (entry == nullptr) return;
    const Node& ends = entry->value;
    if (claim_.opens || claim_.closes)
      say("between", "has both ends in itself; after and until beside it are times of the run");
    if (!ends.is_sequence() || ends.items.size() != 2)
      return say("between",
                 "a list of two is due, what begins a stretch and what ends it, such as "
                 "[charge_fet turns off, charge_fet turns on]");
    claim_.opens = event_of("between", ends.items[0]);
    claim_.closes = event_of("between", ends.items[1]);
    claim_.each_stretch = true;
  }

  std::optional<double> moment(const char* key) {
    const auto at = fields_.not_negative(key, Dimension::time);
    const bool until = std::string_view(key) == "until";
    if (at && until && *at == 0) say(key, "the window would be empty");
    if (at && run_for_s_ > 0 && (until ? *at > run_for_s_ : *at >= run_for_s_)) {
      say(key, seconds(*at) + " lies not before the end of the run, " + seconds(run_for_s_));
    }
    return at;
  }

  static std::string seconds(double s) { return format({s, Dimension::time}); }
  void say(const char* key, const std::string& sentence) {
    fields_.complain(key, item_.find(key) != nullptr ? item_.find(key)->value.position : item_.position, sentence);
  }

  const Node& item_;
  Fields fields_;
  const Catalogue& catalogue_;
  double run_for_s_;
  Problems& problems_;
  Claim claim_;
};

}  // namespace

const std::vector<std::string>& protection_names() {
  static const std::vector<std::string> names{"cell_overvoltage",
                                              "cell_undervoltage",
                                              "pack_overvoltage",
                                              "pack_undervoltage",
                                              "charge_overcurrent",
                                              "discharge_overcurrent",
                                              "discharge_overcurrent_2",
                                              "discharge_overcurrent_3",
                                              "short_circuit",
                                              "charge_overtemperature",
                                              "charge_undertemperature",
                                              "discharge_overtemperature",
                                              "discharge_undertemperature",
                                              "mos_overtemperature",
                                              "box_overtemperature",
                                              "power_off"};
  return names;
}

const std::vector<std::string>& lint_rules() {
  static const std::vector<std::string> rules{"never-fails", "short-window", "below-resolution", "never-driven",
                                              "no-stimulus"};
  return rules;
}

std::vector<Claim> read_claims(const Node& node, const Catalogue& catalogue, double run_for_s, Problems& problems,
                               const std::string& what) {
  std::vector<Claim> claims;
  if (!node.is_sequence() || node.items.empty()) {
    problems.add(node.position, what + ": a list of claims (- always: …) is due");
    return claims;
  }
  for (const Node& item : node.items) {
    if (!item.is_mapping()) {
      problems.add(item.position, what + ": a claim is a mapping, such as always: discharge_fet is on");
      continue;
    }
    claims.push_back(ClaimReader(item, catalogue, run_for_s, problems, what).run());
  }
  return claims;
}

}  // namespace rig::scenario
