// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/crossing.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace rig::expect {
namespace {

double magnitude(double x) { return x < 0 ? -x : x; }

struct Shape {
  double bend;    // e of the header
  bool monotone;  // does not turn inside
  bool clear;     // does not touch zero
  double lowest;  // least g to be expected
};

Shape shape_of(const Piece& p) {
  const double bend = magnitude(p.gm - 0.5 * (p.ga + p.gb));
  const bool same = sign_of(p.ga) == sign_of(p.gm) && sign_of(p.gm) == sign_of(p.gb);
  const double nearest = std::min({magnitude(p.ga), magnitude(p.gm), magnitude(p.gb)});
  const bool ordered = (p.gb - p.gm) * (p.gm - p.ga) >= 0;
  const bool monotone = ordered && magnitude(p.gb - p.ga) >= 8 * bend;
  return {bend, monotone, same && (nearest > bend || bend == 0 || monotone),
          std::min({p.ga, p.gm, p.gb}) - (monotone ? 0 : bend)};
}

class Examiner {
 public:
  Examiner(TimeFunction& g, double floor, double tolerance, Found& found)
      : g_(g), floor_(floor), tolerance_(tolerance), found_(found) {}

  void piece(const Piece& p) {
    note(p.tm, p.gm);
    const Shape shape = shape_of(p);
    const bool dips = !shape.monotone && shape.lowest < std::min(floor_, found_.least) - tolerance_;
    if ((shape.clear || shape.monotone) && !dips) return straight(p);
    if (shape.bend <= tolerance_ || p.tb - p.ta <= 4) return straight(p);
    halve(p);
  }

 private:
  double sample(std::int64_t t) {
    if (++samples_ > 100'000)
      throw std::runtime_error("a plant signal is not smooth inside an interval near t = " + std::to_string(t) + " ns");
    return g_.at(t);
  }

  void note(std::int64_t t, double g) {
    if (g < found_.least) {
      found_.least = g;
      found_.t_least_ns = t;
    }
  }

  void halve(const Piece& p) {
    const std::int64_t tl = p.ta + (p.tm - p.ta) / 2, tr = p.tm + (p.tb - p.tm) / 2;
    piece({p.ta, tl, p.tm, p.ga, sample(tl), p.gm});
    piece({p.tm, tr, p.tb, p.gm, sample(tr), p.gb});
  }

  void straight(const Piece& p) {
    cross(p, p.ta, p.ga, p.tm, p.gm);
    cross(p, p.tm, p.gm, p.tb, p.gb);
  }

  /// Every change of sign between two samples that a line would have; several when g rests on zero in between.
  void cross(const Piece& p, std::int64_t lo, double g_lo, std::int64_t hi, double g_hi) {
    while (sign_of(g_lo) != sign_of(g_hi)) {
      const int from = sign_of(g_lo);
      std::int64_t t = hi;
      double g_t = g_hi;
      bracket(lo, g_lo, t, g_t);
      found_.crossings.push_back({t, sign_of(g_t), from * sign_of(g_t) < 0, slope(p, t)});
      lo = t;
      g_lo = g_t;
    }
  }

  /// Narrows [lo, hi], where the sign at hi differs from that at lo, to one nanosecond: secant steps (Illinois), and a
  /// bisection whenever two of them together did not halve the bracket.
  void bracket(std::int64_t lo, double g_lo, std::int64_t& hi, double& g_hi) {
    const int from = sign_of(g_lo);
    double w_lo = g_lo, w_hi = g_hi;
    int stuck = 0, side = 0;
    while (hi - lo > 1) {
      const std::int64_t before = hi - lo;
      const std::int64_t t = stuck >= 2 ? lo + before / 2 : secant(lo, w_lo, hi, w_hi);
      const double g_t = sample(t);
      if (sign_of(g_t) == from) {
        lo = t;
        w_lo = g_t;
        if (side == -1) w_hi *= 0.5;
        side = -1;
      } else {
        hi = t;
        g_hi = w_hi = g_t;
        if (side == 1) w_lo *= 0.5;
        side = 1;
      }
      stuck = (hi - lo) * 2 > before ? stuck + 1 : 0;
    }
  }

  static std::int64_t secant(std::int64_t lo, double w_lo, std::int64_t hi, double w_hi) {
    const double run = static_cast<double>(hi - lo), rise = w_hi - w_lo;
    const double step = rise == 0 ? 0.5 * run : -w_lo / rise * run;
    if (!(step >= 1)) return lo + 1;
    if (step >= run) return hi - 1;
    return std::min(lo + static_cast<std::int64_t>(step), hi - 1);
  }

  double slope(const Piece& p, std::int64_t t) {
    const std::int64_t reach = std::max<std::int64_t>((p.tb - p.ta) / 64, 1);
    const std::int64_t from = std::max(p.ta, t - reach), to = std::min(p.tb, t + reach);
    return to > from ? magnitude(sample(to) - sample(from)) / (static_cast<double>(to - from) * 1e-9) : 0.0;
  }

  TimeFunction& g_;
  double floor_, tolerance_;
  Found& found_;
  int samples_ = 0;
};

}  // namespace

bool quiet(const Piece& piece, double floor, double tolerance) {
  const Shape shape = shape_of(piece);
  const double sampled = std::min({piece.ga, piece.gm, piece.gb});
  return shape.clear && (shape.monotone || shape.lowest >= std::min(floor, sampled) - tolerance);
}

void examine(TimeFunction& g, const Piece& piece, double floor, double tolerance, Found& found) {
  found.crossings.clear();
  found.t_least_ns = piece.ga <= piece.gb ? piece.ta : piece.tb;
  found.least = std::min(piece.ga, piece.gb);
  Examiner(g, floor, tolerance, found).piece(piece);
}

}  // namespace rig::expect
