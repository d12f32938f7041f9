// SPDX-License-Identifier: Apache-2.0
#include "rig/lint/reach.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

namespace rig::lint {
namespace {

using models::cell::CellParams;
using models::cell::Lattice;
using scenario::Action;
using scenario::BoardSetup;

constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr double seconds_of_an_hour = 3600, seconds_of_a_month = 30 * 86400.;
constexpr double least_load_V = 0.5;          // below it current and power loads fade
constexpr double converter_margin = 1.5;      // of the balance current: its phases and their efficiency
constexpr double board_A = 0.2;               // more than any board draws for itself
constexpr double aside_A = 0.05;              // what leaks, and swings on at a switch
constexpr double widest_sigma = 3;            // of a drawn factor
constexpr double cooled_K = 5, warmed_K = 3;  // by entropy; by balancing
constexpr double below_comparator = 0.9;      // it trips within a tenth of its level

/// The greatest value at any temperature of the range: rows in it and next to it.
double most_of(const Lattice& lattice, const Interval& degC = {}) {
  if (lattice.empty()) return 0;
  const std::vector<double>& temperatures = lattice.axes().degC;
  const auto above = [&](double t) { return std::ranges::lower_bound(temperatures, t) - temperatures.begin(); };
  const auto count = static_cast<std::ptrdiff_t>(temperatures.size());
  const std::ptrdiff_t first = std::max<std::ptrdiff_t>(above(degC.low) - 1, 0);
  const std::ptrdiff_t last = std::min(above(degC.high), count - 1);
  double most = 0;
  for (std::size_t i = 0; i < lattice.values().size(); ++i) {
    const auto row = static_cast<std::ptrdiff_t>(i / lattice.axes().soc.size()) % count;
    if (row >= first && row <= last) most = std::max(most, lattice.values()[i]);
  }
  return most;
}
double least_of(const Lattice& lattice) { return *std::ranges::min_element(lattice.values()); }

double most_magnitude(const Lattice& lattice) {
  double most = 0;
  for (const double value : lattice.values()) most = std::max(most, std::abs(value));
  return most;
}

class Plant {
 public:
  Plant(const scenario::Scenario& scenario, std::size_t board, double before_s)
      : scenario_(scenario), setup_(*scenario::setups_of(scenario)[board]) {
    for (const Action& action : scenario.actions)
      if (action.board == board && (action.cue >= 0 || action.at_s <= before_s)) actions_.push_back(&action);
  }

  [[nodiscard]] Reach reach() const {
    Reach reach;
    reach.current_A = port_current();
    reach.ambient_degC = temperatures(false);
    const Interval all = temperatures(true);
    const bool is_cold =
        reach.current_A.is_point() && !is_done({"heater", "precharge"}) && !has_heater_pin() && !has_fault();
    reach.cell_degC = {all.low - cooled_K, is_cold ? all.high + warmed_K : unbounded};
    reach.mos_degC = {all.low - cooled_K, is_cold ? all.high + warmed_K : unbounded};
    reach.cell_V = cell_voltage(reach.current_A, reach.cell_degC);
    const double most_A = std::max(-reach.current_A.low, reach.current_A.high);
    reach.comparator = most_A >= below_comparator * setup_.board.comparator_A;
    reach.button = is_done({"button"});
    return reach;
  }

 private:
  [[nodiscard]] bool is_done(std::initializer_list<std::string_view> targets) const {
    return std::ranges::any_of(
        actions_, [&](const Action* action) { return std::ranges::find(targets, action->target) != targets.end(); });
  }
  [[nodiscard]] bool has_heater_pin() const {
    return std::ranges::find(setup_.board.pins, "heater", &scenario::BoardSpec::Pin::is) != setup_.board.pins.end();
  }

  static double value_of(const Action& action, const char* key) {
    const auto found = action.values.find(key);
    return found == action.values.end() ? 0 : found->second.value;
  }

  [[nodiscard]] Interval port_current() const {
    const bool is_connected = is_done({"charger", "load", "inverter", "motor", "short", "profile"});
    if (!is_connected) return point(0);
    return {-most(false) - aside_A, most(true) + aside_A};
  }

  /// The most that all devices together can drive through the port in a direction.
  [[nodiscard]] double most(bool charging) const {
    double sum = 0;
    for (const char* target : {"charger", "load", "inverter", "motor", "short", "profile"}) {
      double of_device = 0;
      for (const Action* action : actions_) {
        if (action->target == target) of_device = std::max(of_device, most(*action, charging));
      }
      sum += of_device;
    }
    return sum;
  }

  [[nodiscard]] double most(const Action& action, bool charging) const {
    if (action.values.contains("off")) return 0;
    if (action.target == "charger") {
      const auto polarity = action.words.find("polarity");
      const bool is_reversed = polarity != action.words.end() && polarity->second == "reversed";
      if (is_reversed) return unbounded;
      return charging ? value_of(action, "current") + value_of(action, "ripple") : 0;
    }
    if (action.target == "load") {
      if (charging) return 0;
      return action.values.contains("current") ? value_of(action, "current") : unbounded;
    }
    if (action.target == "profile") {
      double most = 0;
      for (const double current : action.series.y) most = std::max(most, charging ? current : -current);
      return most;
    }
    return unbounded;
  }

  /// Anything in a cell or in its place: its voltage is open then.
  [[nodiscard]] bool has_fault() const {
    return std::ranges::any_of(actions_, [](const Action* action) {
      const bool only_temperature = action->values.size() == 1 && action->values.contains("temperature");
      return action->target == "hold" || action->target == "link" || (action->target == "cell" && !only_temperature);
    });
  }

  /// All that start and actions say.
  [[nodiscard]] Interval temperatures(bool of_cells) const {
    Interval all{unbounded, -unbounded};
    for (const auto& [key, degC] : setup_.start) {
      if (key == "ambient" || (of_cells && key.ends_with("temperature"))) all = hull(all, point(degC));
    }
    for (const Action* action : actions_) {
      if (action->target == "ambient" ||
          (of_cells && action->target == "cell" && action->values.contains("temperature")))
        all = hull(all, point(value_of(*action, "temperature")));
    }
    return all;
  }

  [[nodiscard]] Interval states_of_charge(const Interval& current_A) const {
    Interval soc{unbounded, -unbounded};
    for (const auto& [key, value] : setup_.start)
      if (key.ends_with("soc")) soc = hull(soc, point(value));
    const CellParams& cell = setup_.pack.cell.params;
    const models::cell::SpreadParams& spread = setup_.pack.spread;
    const double least_Ah =
        least_of(cell.capacity_Ah) * factor(&models::cell::CellSpread::capacity, -1, spread.capacity);
    if (least_Ah <= 0) return {};
    const double per_A = scenario_.run_for_s / seconds_of_an_hour / least_Ah;
    const double lost = cell.self_discharge_per_month * scenario_.run_for_s / seconds_of_a_month * self_discharge_most;
    const double own_A = converter_margin * setup_.board.converter.current_A;
    const double heater_A = setup_.board.heater_ohm > 0 ? unbounded : 0;
    return {soc.low + (current_A.low - own_A - board_A - heater_A) * per_A - lost,
            soc.high + (current_A.high + own_A) * per_A};
  }

  /// The furthest factor of any cell, given or drawn.
  [[nodiscard]] double factor(double models::cell::CellSpread::*which, int side, double sigma) const {
    double furthest = 1 + side * widest_sigma * sigma;
    for (const auto& [cell, given] : setup_.pack.cell_spread) {
      const double value = given.*which;
      if (value > 0) furthest = side > 0 ? std::max(furthest, value) : std::min(furthest, value);
    }
    return furthest;
  }

  [[nodiscard]] Interval cell_voltage(const Interval& current_A, const Interval& degC) const {
    if (has_fault() || !current_A.is_bounded()) return {};
    const Interval soc = states_of_charge(current_A);
    if (!soc.is_bounded()) return {};
    const CellParams& cell = setup_.pack.cell.params;
    Interval ocv{std::min(cell.ocv_V(soc.low), cell.ocv_V(soc.high)),
                 std::max(cell.ocv_V(soc.low), cell.ocv_V(soc.high))};
    for (std::size_t i = 0; i < cell.ocv_V.x().size(); ++i)
      if (soc.contains(cell.ocv_V.x()[i])) ocv = hull(ocv, point(cell.ocv_V.y()[i]));
    const double hottest_K = 100 + std::max(std::abs(degC.low), std::abs(degC.high));
    const double aside_V =
        most_of(cell.hysteresis_V) + (cell.entropic_shift ? most_magnitude(cell.dudt_V_per_K) * hottest_K : 0);
    const double ohm = (most_of(cell.r0_ohm, degC) + most_of(cell.r1_ohm, degC) + most_of(cell.r2_ohm, degC)) *
                       factor(&models::cell::CellSpread::resistance, +1, setup_.pack.spread.resistance);
    const double own_A = converter_margin * setup_.board.converter.current_A;
    return {ocv.low - aside_V + (current_A.low - own_A - board_A) * ohm,
            ocv.high + aside_V + (current_A.high + own_A) * ohm};
  }

  static constexpr double self_discharge_most = 100;  // hot and full, against 20 degC and 20 %

  const scenario::Scenario& scenario_;
  const BoardSetup& setup_;
  std::vector<const Action*> actions_;
};

Interval within(const Interval& a, const Interval& b) { return {std::max(a.low, b.low), std::min(a.high, b.high)}; }

Interval in_reach(const Reach& reach, std::string_view name) {
  if (name == "port.current") return reach.current_A;
  if (name == "ambient") return reach.ambient_degC;
  if (name == "mos.temperature") return reach.mos_degC;
  if (name.starts_with("ntc[") || (name.starts_with("cell[") && name.ends_with("].temperature")))
    return hull(reach.cell_degC, reach.ambient_degC);
  if (name.starts_with("cell[") && (name.ends_with("].voltage") || name.ends_with("].ocv"))) return reach.cell_V;
  if (name == "short_circuit_comparator" && !reach.comparator) return point(0);
  if (name == "button" && !reach.button) return point(0);
  return {};
}

}  // namespace

Reach reach_of(const scenario::Scenario& scenario, std::size_t board, double before_s) {
  return Plant(scenario, board, before_s).reach();
}

Ranges ranges_in_run(const scenario::Scenario& scenario, const scenario::Catalogue& catalogue, double before_s) {
  const auto reaches = std::make_shared<std::vector<Reach>>();
  for (std::size_t board = 0; board < scenario::setups_of(scenario).size(); ++board)
    reaches->push_back(reach_of(scenario, board, before_s));
  return [&catalogue, reaches, at_all = ranges_at_all(catalogue)](scenario::SignalId id) {
    return within(at_all(id), in_reach((*reaches)[catalogue.info(id).board], catalogue.own_name(id)));
  };
}

}  // namespace rig::lint
