// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/slow_run.hpp"

#include <algorithm>
#include <cmath>

#include "rig/cell_fit/refusal.hpp"
#include "rig/scenario/text.hpp"

namespace rig::cell_fit {
namespace {

using cell_bench::Profile;
using scenario::shortest;

constexpr double slowest_needed_h = 5;  // C/5
constexpr std::size_t fewest_rows = 100;

struct Constant {
  std::size_t first = 0, end = 0;  // rows
  [[nodiscard]] double seconds(const Profile& p) const { return end > first ? p.time_s[end - 1] - p.time_s[first] : 0; }
};

/// The longest stretch that stays within 2 % of its first current; sign: -1 discharge, +1 charge.
Constant longest(const Profile& p, double sign) {
  Constant best, now;
  for (std::size_t k = 0; k <= p.time_s.size(); ++k) {
    const bool goes_on = k < p.time_s.size() && now.end > now.first &&
                         std::abs(p.current_A[k] - p.current_A[now.first]) < 0.02 * std::abs(p.current_A[now.first]);
    if (goes_on) {
      now.end = k + 1;
      continue;
    }
    if (now.seconds(p) > best.seconds(p)) best = now;
    now = k < p.time_s.size() && p.current_A[k] * sign > 0 ? Constant{k, k + 1} : Constant{};
  }
  return best;
}

std::vector<double> slow_knots() {
  std::vector<double> all;
  for (const double near : {0.0, 0.0025, 0.005, 0.0075}) all.push_back(near);
  for (int k = 1; k < 100; ++k) {
    all.push_back(0.01 * k);
    if (k < 4 || k > 95) all.push_back(0.01 * k + 0.005);
  }
  for (const double near : {0.9925, 0.9975, 1.0}) all.push_back(near);
  std::sort(all.begin(), all.end());
  return all;
}

/// The rows of a stretch, with the instant at which its current began: the row before, unless that lies too far away to
/// be it (a row's current has flowed since the row before).
struct Rows {
  std::size_t first;
  std::vector<double> charge_As, volts;
};

/// The voltage under the current when it began, from the next two rows; not across that at rest.
double beginning_V(const Rows& r, double rest_V) {
  const double per_As = (r.volts[2] - r.volts[1]) / (r.charge_As[2] - r.charge_As[1]);
  const double back_V = r.volts[1] - per_As * r.charge_As[1];
  return r.charge_As[1] < 0 ? std::min(back_V, rest_V) : std::max(back_V, rest_V);
}

Rows rows_of(const Profile& p, const Constant& s) {
  const double usual_s = s.seconds(p) / static_cast<double>(s.end - s.first - 1);
  const bool begun = s.first > 0 && s.end - s.first > 1 && p.time_s[s.first] - p.time_s[s.first - 1] <= 2 * usual_s;
  Rows r{begun ? s.first - 1 : s.first, {0}, {}};
  for (std::size_t k = r.first + 1; k < s.end; ++k) {
    const double mean_A = k == s.first ? p.current_A[k] : 0.5 * (p.current_A[k] + p.current_A[k - 1]);
    r.charge_As.push_back(r.charge_As.back() + mean_A * (p.time_s[k] - p.time_s[k - 1]));
  }
  r.volts.assign(p.voltage_V.begin() + static_cast<std::ptrdiff_t>(r.first),
                 p.voltage_V.begin() + static_cast<std::ptrdiff_t>(s.end));
  if (begun && r.charge_As[2] != r.charge_As[1]) r.volts[0] = beginning_V(r, r.volts[0]);
  return r;
}

Branch branch_of(const Profile& p, const Constant& s) {
  Branch b;
  const auto [first, charge_As, volts] = rows_of(p, s);
  b.first = first;
  b.end = s.end;
  b.current_A = charge_As.back() / (p.time_s[b.end - 1] - p.time_s[b.first]);
  b.charge_Ah = std::abs(charge_As.back()) / 3600;
  b.soc = slow_knots();
  for (const double soc : b.soc) {
    const double part = b.current_A < 0 ? 1 - soc : soc;
    std::size_t k = 1;
    while (k + 1 < charge_As.size() && charge_As[k] / charge_As.back() < part) ++k;
    const double a = charge_As[k - 1] / charge_As.back(), z = charge_As[k] / charge_As.back();
    b.voltage_V.push_back(z > a ? volts[k - 1] + (volts[k] - volts[k - 1]) * (part - a) / (z - a) : volts[k]);
  }
  return b;
}

std::string in_volts(double v) { return scenario::fixed(v, 3) + " V"; }

/// Full and empty are what capacity and state of charge are counted from: the ends must be those of a whole run.
void check_ends(const Profile& p, const Branch& b, const Chemistry& kind, const std::optional<Limits>& limits,
                bool begins_empty) {
  const bool down = b.current_A < 0;
  const double low = b.voltage_V.front(), high = b.voltage_V.back();
  const std::string what = down ? "the slow discharge goes from " + in_volts(high) + " to " + in_volts(low)
                                : "the slow charge goes from " + in_volts(low) + " to " + in_volts(high);
  if (limits) {
    const bool low_met = begins_empty || std::abs(low - limits->low_V) <= limits_apart_V;
    require(low_met && std::abs(high - limits->high_V) <= limits_apart_V, p,
            what + "; --limits asks for " + in_volts(limits->low_V) + " and " + in_volts(limits->high_V) +
                ", each within 50 mV");
    return;
  }
  const double full_V = down ? kind.full_V : kind.charged_V, empty_V = down ? kind.empty_V : kind.rested_V;
  require(high >= full_V && (begins_empty || low <= empty_V), p,
          what + ", which would be taken as full and empty; a cell of " + std::string(kind.name) + " is at " +
              in_volts(full_V) + " or more when full and at " + in_volts(empty_V) +
              " or less when empty. If this one is used between other voltages, name them with --limits");
}

void check_run(const Profile& p, const Constant& s, const Branch& b, const Chemistry& kind) {
  const double hours = s.seconds(p) / 3600;
  const std::string what = b.current_A < 0 ? "the slow discharge" : "the slow charge";
  require(hours >= slowest_needed_h, p,
          what + " takes " + shortest(std::round(hours * 100) / 100) +
              " h from end to end; an open-circuit voltage needs C/5 or slower, 5 h or more");
  require(s.end - s.first >= fewest_rows, p,
          what + " has " + std::to_string(s.end - s.first) + " rows; at least 100 are needed");
  const auto [low, high] = std::minmax_element(b.voltage_V.begin(), b.voltage_V.end());
  require(*low >= kind.lowest_V && *high <= kind.highest_V, p,
          what + " goes from " + in_volts(*low) + " to " + in_volts(*high) + "; a cell of " + std::string(kind.name) +
              " stays within " + in_volts(kind.lowest_V) + " and " + in_volts(kind.highest_V));
}

/// Whether a charge begins where the discharge in the same file ended: as much comes back as had gone.
bool comes_back(const Branch& discharge, const Branch& charge, double efficiency) {
  return discharge.given() && discharge.first < charge.first &&
         std::abs(charge.charge_Ah * efficiency / discharge.charge_Ah - 1) < 0.03;
}

}  // namespace

SlowRun slow_run(const Profile& profile, const Chemistry& chemistry, std::optional<double> temperature_degC,
                 std::optional<Limits> limits) {
  const Constant down = longest(profile, -1), up = longest(profile, 1);
  require(down.seconds(profile) > 0 || up.seconds(profile) > 0, profile, "no current flows for longer than one row");
  SlowRun run;
  const bool by_charge = up.seconds(profile) > 0 && down.seconds(profile) < 3600 * slowest_needed_h &&
                         up.seconds(profile) > down.seconds(profile);
  if (!by_charge) {
    run.discharge = branch_of(profile, down);
    check_run(profile, down, run.discharge, chemistry);
    check_ends(profile, run.discharge, chemistry, limits, false);
  }
  if (up.seconds(profile) >= 3600 * slowest_needed_h || by_charge) {
    run.charge = branch_of(profile, up);
    check_run(profile, up, run.charge, chemistry);
    check_ends(profile, run.charge, chemistry, limits,
               comes_back(run.discharge, run.charge, chemistry.coulombic_efficiency));
  }
  run.capacity_Ah =
      run.discharge.given() ? run.discharge.charge_Ah : run.charge.charge_Ah * chemistry.coulombic_efficiency;
  if (!profile.temperature_degC.empty())
    run.temperature_degC = profile.temperature_degC[run.discharge.given() ? down.first : up.first];
  if (temperature_degC) run.temperature_degC = *temperature_degC;
  return run;
}

Profile main_stretch(const Profile& profile, const SlowRun& run) {
  Profile part;
  part.file = profile.file;
  for (std::size_t k = run.main().first; k < run.main().end; ++k) {
    part.time_s.push_back(profile.time_s[k]);
    part.current_A.push_back(profile.current_A[k]);
    part.voltage_V.push_back(profile.voltage_V[k]);
  }
  return part;
}

}  // namespace rig::cell_fit
