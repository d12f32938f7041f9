// SPDX-License-Identifier: Apache-2.0
#include "reports/render/curve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace reports {
namespace {

using Stretch = std::vector<Pixel>;

// Among points of one column only first, lowest, highest and last can be seen.
Stretch keep_extremes(const Stretch& all, double detail) {
  Stretch kept;
  for (std::size_t first = 0; first < all.size();) {
    const double column = std::floor(all[first].x / detail);
    std::size_t end = first + 1, low = first, high = first;
    for (; end < all.size() && std::floor(all[end].x / detail) == column; ++end) {
      if (all[end].y < all[low].y) low = end;
      if (all[end].y > all[high].y) high = end;
    }
    std::vector<std::size_t> chosen = {first, std::min(low, high), std::max(low, high), end - 1};
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    for (const std::size_t index : chosen) kept.push_back(all[index]);
    first = end;
  }
  return kept;
}

// Swinging door: a point is left out while one straight line from the last kept point passes all of them within
// tolerance.
Stretch drop_straight(const Stretch& all, double tolerance_px) {
  if (all.size() < 3) return all;
  Stretch kept = {all.front()};
  double steepest = std::numeric_limits<double>::infinity(), flattest = -steepest;
  for (std::size_t index = 1; index < all.size(); ++index) {
    const double dx = all[index].x - kept.back().x;
    const double dy = all[index].y - kept.back().y;
    const double low = dx > 0 ? (dy - tolerance_px) / dx : 0, high = dx > 0 ? (dy + tolerance_px) / dx : 0;
    const double slope = dx > 0 ? dy / dx : 0;
    if (dx <= 0 || slope < flattest || slope > steepest) {
      if (index > 1) kept.push_back(all[index - 1]);
      const double new_dx = all[index].x - kept.back().x, new_dy = all[index].y - kept.back().y;
      if (new_dx <= 0) kept.push_back(all[index]);
      steepest = new_dx > 0 ? (new_dy + tolerance_px) / new_dx : std::numeric_limits<double>::infinity();
      flattest = new_dx > 0 ? (new_dy - tolerance_px) / new_dx : -std::numeric_limits<double>::infinity();
    } else {
      steepest = std::min(steepest, high);
      flattest = std::max(flattest, low);
    }
  }
  if (kept.back().x != all.back().x || kept.back().y != all.back().y) kept.push_back(all.back());
  return kept;
}

class Collector {
 public:
  explicit Collector(const Frame& frame) : frame_(frame) {}

  // A straight piece from (ta, a) to (tb, b), cut at the edges of the frame.
  void line(std::int64_t ta, double a, std::int64_t tb, double b) {
    if (tb < frame_.t0 || ta > frame_.t1) return;
    const auto at = [&](std::int64_t t) {
      return tb == ta ? b : a + (b - a) * (static_cast<double>(t - ta) / static_cast<double>(tb - ta));
    };
    const std::int64_t from = std::max(ta, frame_.t0), to = std::min(tb, frame_.t1);
    add(from, from == ta ? a : at(from));
    add(to, to == tb ? b : at(to));
  }
  void gap() {
    if (!now_.empty()) all_.push_back(std::move(now_));
    now_.clear();
  }
  std::vector<Stretch> finish() {
    gap();
    return std::move(all_);
  }

 private:
  void add(std::int64_t t_ns, double value) {
    const Pixel pixel{frame_.x(t_ns), frame_.y(value)};
    if (now_.empty() || now_.back().x != pixel.x || now_.back().y != pixel.y) now_.push_back(pixel);
  }
  const Frame& frame_;
  std::vector<Stretch> all_;
  Stretch now_;
};

}  // namespace

std::vector<std::vector<Pixel>> curve(const std::vector<std::int64_t>& t_ns, const std::vector<double>& values,
                                      bool stepped, const Frame& frame) {
  Collector collect(frame);
  const auto first = static_cast<std::size_t>(std::upper_bound(t_ns.begin(), t_ns.end(), frame.t0) - t_ns.begin());
  for (std::size_t index = first == 0 ? 0 : first - 1; index < values.size() && t_ns[index] <= frame.t1; ++index) {
    const bool last = index + 1 == values.size();
    if (std::isnan(values[index])) {
      collect.gap();
    } else if (last || std::isnan(values[index + 1])) {
      collect.line(t_ns[index], values[index], stepped && !last ? t_ns[index + 1] : t_ns[index], values[index]);
    } else if (stepped) {
      collect.line(t_ns[index], values[index], t_ns[index + 1], values[index]);
    } else {
      collect.line(t_ns[index], values[index], t_ns[index + 1], values[index + 1]);
    }
  }
  std::vector<std::vector<Pixel>> stretches = collect.finish();
  for (auto& stretch : stretches) stretch = drop_straight(keep_extremes(stretch, frame.detail), 0.4 * frame.detail);
  return stretches;
}

}  // namespace reports
