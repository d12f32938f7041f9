// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rig/scenario/files.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::live {

/// What one typed line asks for.
struct Command {
  enum class Kind : std::uint8_t { act, speed, wait, status, help, quit };
  Kind kind = Kind::status;
  std::size_t station = 0;                // act: whose world
  std::vector<scenario::Action> actions;  // act: all at one instant
  std::vector<std::string> meaning;       // act: the same in the words of a scenario
  std::string typed;                      // act: the line itself
  double speed = 1;
  double wait_s = 0;  // simulated
};

/// Reads what people type: the actions of scenarios without `at:`, short forms of some, and words about the session.
///   KEY VALUE       any action of a scenario: `charger {current: 20 A, voltage: 29 V}`, `ntc[1] open`
///   port.charge 20 A [29 V]   port.load 50 A | 500 W | 1 ohm   port.rest   short 10 mohm   soc 80 %
///   speed 10   wait 5 s   status   help   quit
/// With several boards the name of one stands in front: `a.port.load 50 A`; so it does in mistakes.
/// `good` takes a fault away, whatever the word for that is. An empty line is `status`; # starts a comment.
class Console {
 public:
  struct Place {
    std::string name;  // "a" of `a.port.load 50 A`; empty: the only one
    const scenario::Scenario& setup;
  };
  /// References of actions (a profile) are looked for in the working directory, then in `shipped`.
  Console(std::vector<Place> places, const std::filesystem::path& shipped)
      : places_(std::move(places)), files_(shipped) {}

  static constexpr double least_speed = 0.01, most_speed = 1e6;

  /// nullopt: the line is wrong and `mistakes` says why, a sentence each. Nothing has changed.
  std::optional<Command> read(std::string_view line, std::vector<std::string>& mistakes);
  [[nodiscard]] std::string help() const;
  [[nodiscard]] const std::string& name(std::size_t station) const { return places_[station].name; }

 private:
  std::optional<std::size_t> station_of(std::string& key, std::vector<std::string>& mistakes) const;
  [[nodiscard]] std::string front_of(std::size_t station) const {
    return places_[station].name.empty() ? "" : places_[station].name + ".";
  }
  [[nodiscard]] std::string unknown(const std::string& key, const scenario::Scenario& setup) const;
  /// What the world of command.station does; false: it cannot, and mistakes say why.
  [[nodiscard]] bool names_the_bus_rightly(const Command& command, bool is_to_the_bus,
                                           std::vector<std::string>& mistakes) const;
  bool act(const std::string& key, const std::string& value, Command& command, std::vector<std::string>& mistakes);
  [[nodiscard]] std::vector<std::string> known_words(const scenario::Scenario& setup) const;

  std::vector<Place> places_;
  scenario::Files files_;
};

}  // namespace rig::live
