// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_bench/replay.hpp"

#include <boost/math/tools/minima.hpp>
#include <cmath>

namespace rig::cell_bench {
namespace {

using models::cell::Cell;
using models::cell::CellState;

CellState first_state(const Profile& p, const Start& start) {
  CellState s;
  s.soc = start.soc.value_or(0.5);
  const double measured = p.temperature_degC.empty() ? 25 : p.temperature_degC.front();
  s.temperature_degC = s.surface_degC = start.temperature_degC.value_or(measured);
  double first = 0;
  for (std::size_t k = 0; k < p.current_A.size() && first == 0; ++k) first = p.current_A[k];
  s.hysteresis = start.hysteresis.value_or(first < 0 ? -1 : first > 0 ? 1 : 0);
  return s;
}

/// visit(row, state)
template <class Visit>
CellState drive(const Cell& cell, const Profile& p, Held held, CellState s, Visit visit) {
  const models::cell::Surroundings air{s.temperature_degC, cell.type().params().to_ambient_W_per_K};
  visit(std::size_t{0}, s);
  for (std::size_t k = 1; k < p.time_s.size(); ++k) {
    s = cell.advanced(s, {p.current_A[held == Held::before ? k : k - 1], 0}, p.time_s[k] - p.time_s[k - 1], air);
    visit(k, s);
  }
  return s;
}

double fitted_soc(const Cell& cell, const Profile& p, Held held, CellState s) {
  const auto error = [&](double soc) {
    s.soc = soc;
    double square = 0;
    drive(cell, p, held, s, [&](std::size_t k, const CellState& now) {
      const double off = cell.terminal_V(now, p.current_A[k]) - p.voltage_V[k];
      square += off * off;
    });
    return square;
  };
  double best = 0, least = error(0);
  for (int k = 1; k <= 50; ++k) {
    const double soc = 0.02 * k, square = error(soc);
    if (square < least) least = square, best = soc;
  }
  return boost::math::tools::brent_find_minima(error, best - 0.02, best + 0.02, 20).first;
}

Replay replayed(const Cell& cell, const Profile& p, Held held, const Start& start, const Score& score) {
  Replay r;
  r.held = held;
  r.start = first_state(p, start);
  r.soc_was_fitted = !start.soc;
  if (r.soc_was_fitted) r.start.soc = fitted_soc(cell, p, held, r.start);
  ErrorSum volts, kelvins;
  r.end = drive(cell, p, held, r.start, [&](std::size_t k, const CellState& s) {
    r.states.push_back(s);
    r.model_V.push_back(cell.terminal_V(s, p.current_A[k]));
    if (s.soc < score.low || s.soc > score.high) return;
    volts.add(r.model_V.back() - p.voltage_V[k], p.time_s[k]);
    if (!p.temperature_degC.empty()) kelvins.add(s.temperature_degC - p.temperature_degC[k], p.time_s[k]);
  });
  r.voltage_V = volts.errors();
  r.temperature_degC = kelvins.errors();
  return r;
}

}  // namespace

Replay replay(std::shared_ptr<const models::cell::CellType> type, const Profile& p, const Start& start,
              const Score& score) {
  const Cell cell(std::move(type));
  Replay before = replayed(cell, p, Held::before, start, score), after = replayed(cell, p, Held::after, start, score);
  return after.voltage_V.rms < before.voltage_V.rms ? after : before;
}

}  // namespace rig::cell_bench
