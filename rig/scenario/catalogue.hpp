// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rig/scenario/quantity.hpp"

namespace rig::scenario {

/// Index of a scalar signal in the catalogue of one scenario.
using SignalId = std::int32_t;

enum class SignalKind : std::uint8_t {
  plant,      // truth of the plant, continuous between events, known at every instant
  plant_bit,  // truth of the plant or a pin, two-valued, changes at exact times
  telemetry,  // decoded by the rig from bytes on the wire; held from wire time to wire time
  telemetry_bit,
  traffic  // counted by the rig at the wires, from 0; held
};

struct SignalInfo {
  std::string
      name;  // "cell[3].voltage" (cells count from 1), "port.current", "bms.alarm.cell_overvoltage", "charge_fet"
  Dimension dimension = Dimension::none;
  SignalKind kind = SignalKind::plant;
  double resolution = 0.0;  // smallest step that means something, in the base unit; also the step of the stored trace
  std::string meaning;      // one sentence for docs and explain
  std::size_t board = 0;    // whose: index of Catalogue::prefixes()
};

/// All signals that a scenario may name, for a pack of n cells and one board.
/// A vector name ("cell.voltage", "bms.cell.voltage", "cell.temperature") stands for all its elements, in order.
class Catalogue {
 public:
  SignalId add(SignalInfo info);                                             // returns the id of the new scalar
  void add_vector(const std::string& name, std::vector<SignalId> elements);  // "cell.voltage"

  [[nodiscard]] std::optional<SignalId> find(std::string_view name) const;              // scalar
  [[nodiscard]] const std::vector<SignalId>* find_vector(std::string_view name) const;  // or nullptr
  [[nodiscard]] const SignalInfo& info(SignalId id) const { return signals_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] std::size_t size() const { return signals_.size(); }
  /// Its name without its board's prefix.
  [[nodiscard]] std::string_view own_name(SignalId id) const {
    return std::string_view(info(id).name).substr(prefixes_[info(id).board].size());
  }
  /// Up to three known names (scalar or vector) nearest to `name` by edit distance.
  [[nodiscard]] std::vector<std::string> nearest(std::string_view name) const;
  /// The same signals, of which those can be found that begin with `prefix`, without it: "cell[3].voltage" for
  /// "a.cell[3].voltage".
  [[nodiscard]] Catalogue of(std::string_view prefix) const;
  /// Of the boards, in order: one empty, or "a.", "b.", …
  [[nodiscard]] const std::vector<std::string>& prefixes() const { return prefixes_; }
  void set_prefixes(std::vector<std::string> prefixes) { prefixes_ = std::move(prefixes); }

 private:
  std::vector<std::string> prefixes_{""};
  std::vector<SignalInfo> signals_;
  std::map<std::string, SignalId, std::less<>> by_name_;
  std::map<std::string, std::vector<SignalId>, std::less<>> vectors_;
};

/// The signals of every board of the JK family with `cells` cells. Names, units, resolutions: docs/signals.md lists
/// this.
[[nodiscard]] Catalogue make_catalogue(int cells);
struct Scenario;
/// Of all boards of a scenario; where there are several, each name has its board's prefix.
[[nodiscard]] Catalogue make_catalogue(const Scenario& scenario);

}  // namespace rig::scenario
