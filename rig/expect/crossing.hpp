// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

namespace rig::expect {

/// A scalar of the plant as a function of simulated time, smooth in the piece under examination (or continuous with
/// isolated kinks: max over cells, abs).
class TimeFunction {
 public:
  virtual ~TimeFunction() = default;
  [[nodiscard]] virtual double at(std::int64_t t_ns) = 0;
};

/// g sampled at both ends and in the middle of a piece of time.
struct Piece {
  std::int64_t ta, tm, tb;
  double ga, gm, gb;
};

[[nodiscard]] constexpr int sign_of(double g) { return g > 0 ? 1 : g < 0 ? -1 : 0; }

struct Crossing {
  std::int64_t t_ns;   // first nanosecond at which g has the new sign; one nanosecond before it still had the old one
  int sign;            // new sign of g
  bool touched_zero;   // went from one side to the other: was 0 in between
  double slope_per_s;  // |dg/dt| there, from a secant; 0 = not measurable
};

struct Found {
  std::vector<Crossing> crossings;  // in order of time
  double least = 0;                 // least g met, and where
  std::int64_t t_least_ns = 0;
};

/// Finds every change of sign of g in a piece, and its least value when that may lie below `floor`.
///
/// Let e = |gm - (ga + gb)/2| and L the length of the piece: the three samples show a mean curvature of 8e/L². Inside a
/// half a curve of curvature at most M strays at most M·L²/32 from its chord. A half is trusted not to touch zero when
/// its samples keep a distance of more than e, that is for M up to four times the mean; and not to turn when |gb - ga|
/// >= 8e, twice what a parabola needs. Where neither holds the piece is halved and sampled again, until e <= tolerance.
/// Guaranteed: no crossing deeper than `tolerance` is lost, and the least value is right within `tolerance`, where the
/// curvature stays below four times its mean over the piece. Not guaranteed: a bump much narrower than half a piece
/// that leaves all three samples where they would be without it. Crossings are located to 1 ns. Throws
/// std::runtime_error when g needs more than 100 000 samples: then it is not smooth, and the caller broke its promise.
void examine(TimeFunction& g, const Piece& piece, double floor, double tolerance, Found& found);

/// True when examine() would find neither: the common case, decided from the three samples alone.
[[nodiscard]] bool quiet(const Piece& piece, double floor, double tolerance);

}  // namespace rig::expect
