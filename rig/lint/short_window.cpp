// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <string>

#include "rig/lint/rules.hpp"

namespace rig::lint {
namespace {

using scenario::Action;
using scenario::BoardSetup;
using scenario::BoardSpec;
using scenario::Claim;
using scenario::ClaimKind;
using scenario::Dimension;
using scenario::Expression;
using scenario::SignalId;

/// A claim about one instant ("within: 1 us") waits for nothing.
constexpr double pin_resolution_s = 1e-6;
/// 10.2 s - 10 s is less than 0.2 s, in the last bit.
constexpr double as_long_as = 1 - 1e-9;

/// What a board needs to see or to say something again, and how that is called.
struct Period {
  double s = 0;
  std::string words;
};

bool is_cell_voltage(std::string_view name) {
  return (name.starts_with("cell[") && name.ends_with("].voltage")) || name == "pack.voltage";
}

/// What only the firmware moves.
bool is_reaction(std::string_view name) {
  for (const char* pin : {"charge_gate", "discharge_gate", "charge_fet", "discharge_fet", "buzzer", "led"})
    if (name == pin) return true;
  return name.starts_with("dry_contact") || name.starts_with("bms.");
}

class ShortWindow {
 public:
  ShortWindow(const Subject& subject, const Claim& claim, Findings& findings)
      : subject_(subject), claim_(claim), findings_(findings) {}

  void look() {
    const char* key = claim_.kind == ClaimKind::eventually ? "by" : "within";
    const bool has_window = claim_.kind == ClaimKind::when_then || claim_.kind == ClaimKind::eventually ||
                            claim_.kind == ClaimKind::settles || claim_.kind == ClaimKind::converges;
    if (has_window && claim_.within_s > pin_resolution_s) reaction(key);
    if (claim_.for_at_least_s) at_least();
    if (claim_.after_s && claim_.until_s) judged();
  }

 private:
  [[nodiscard]] const BoardSetup& setup_of(SignalId id) const {
    return *scenario::setups_of(subject_.scenario)[subject_.catalogue.info(id).board];
  }
  [[nodiscard]] std::string_view name_of(SignalId id) const { return subject_.catalogue.own_name(id); }

  template <class Is>
  [[nodiscard]] bool any(const Expression& e, Is is) const {
    return std::ranges::any_of(signals_of(e), [&](SignalId id) { return is(name_of(id)); });
  }
  template <class Is>
  [[nodiscard]] bool all(const Expression& e, Is is) const {
    return std::ranges::all_of(signals_of(e), [&](SignalId id) { return is(name_of(id)); });
  }

  /// The least time from reply to reply, of what an expression reads from the wires alone.
  [[nodiscard]] std::optional<Period> reply(const Expression& e) const {
    const std::vector<SignalId> signals = signals_of(e);
    std::optional<Period> least;
    for (const SignalId id : signals) {
      const std::optional<Period> one = reply(id);
      if (!one) return std::nullopt;
      if (!least || one->s < least->s) least = one;
    }
    return least;
  }

  [[nodiscard]] std::optional<Period> reply(SignalId id) const {
    if (subject_.catalogue.info(id).kind == scenario::SignalKind::plant) return std::nullopt;  // the age of a reply
    if (name_of(id).starts_with("bms.")) {
      const double s = setup_of(id).board.telemetry_poll_s;
      return Period{s, "the board is asked for " + std::string(name_of(id)) + " every " + in_words(s, Dimension::time)};
    }
    return name_of(id).starts_with("modbus.") ? poll(id) : std::nullopt;
  }

  [[nodiscard]] std::optional<Period> poll(SignalId id) const {
    double least = 0;
    for (const Action& action : subject_.scenario.actions) {
      const auto every = action.values.find("every");
      if (action.target != "poll" || every == action.values.end() || every->second.value <= 0) continue;
      if (least == 0 || every->second.value < least) least = every->second.value;
    }
    if (least == 0) return std::nullopt;
    return Period{least,
                  "the board is asked for " + std::string(name_of(id)) + " every " + in_words(least, Dimension::time)};
  }

  /// One pass of the multiplexer over the cells of the pack.
  [[nodiscard]] std::optional<Period> scan(SignalId id) const {
    const BoardSetup& setup = setup_of(id);
    for (const BoardSpec::Scan& one : setup.board.scans) {
      if (one.is != "cell_voltage") continue;
      const double s = one.time_per_channel_s * setup.pack.cells;
      return Period{
          s, "one scan of the " + std::to_string(setup.pack.cells) + " cells takes " + in_words(s, Dimension::time)};
    }
    return std::nullopt;
  }

  void reaction(const char* key) {
    const double waits_s = claim_.within_s + claim_.when_holds_for_s.value_or(0);
    const bool triggered = claim_.kind == ClaimKind::when_then;
    if (triggered && any(claim_.then, is_reaction) && all(claim_.when, is_cell_voltage)) {
      const auto period = scan(signals_of(claim_.when).front());
      if (period && waits_s < period->s)
        return tell(key, claim_.within_s, period->words + ": whether the board can be so fast is chance");
    }
    const bool from_plant = triggered && !reply(claim_.when) && !any(claim_.when, is_reported);
    const auto period = triggered && !from_plant ? std::nullopt : reply(claim_.then);
    if (period && waits_s < period->s)
      tell(key, claim_.within_s, period->words + ": whether a reply falls into it is chance");
  }

  static bool is_reported(std::string_view name) {
    return name.starts_with("bms.") || name.starts_with("modbus.") || name.starts_with("can.") ||
           name.starts_with("traffic.");
  }

  void at_least() {
    const auto period = reply(claim_.then);
    if (period && *claim_.for_at_least_s < period->s)
      tell("for at least", *claim_.for_at_least_s, period->words + ": a single reply lasts longer");
  }

  void judged() {
    const bool stays = claim_.kind == ClaimKind::always || claim_.kind == ClaimKind::never;
    const auto period = stays ? reply(claim_.then) : std::nullopt;
    const double window_s = *claim_.until_s - *claim_.after_s;
    if (period && window_s < period->s * as_long_as)
      tell("until", window_s, period->words + ": the window may see no reply of its own");
  }

  void tell(const char* key, double length_s, const std::string& why) {
    findings_.push_back({"short-window", place_of(claim_, key),
                         std::string(key) + ": " + in_words(length_s, Dimension::time) + " is short, since " + why});
  }

  const Subject& subject_;
  const Claim& claim_;
  Findings& findings_;
};

}  // namespace

void short_window(const Subject& subject, const Claim& claim, Findings& findings) {
  ShortWindow(subject, claim, findings).look();
}

}  // namespace rig::lint
