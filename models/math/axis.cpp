// SPDX-License-Identifier: Apache-2.0
#include "models/math/axis.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>

namespace models::math {

Axis::Axis(std::vector<double> knots) : knots_(std::move(knots)) {
  if (knots_.empty()) throw std::invalid_argument("an axis needs at least one knot");
  for (std::size_t i = 0; i + 1 < knots_.size(); ++i) {
    if (!(knots_[i + 1] > knots_[i])) {
      throw std::invalid_argument("an axis needs increasing knots; knot " + std::to_string(i + 2) +
                                  " does not increase");
    }
    per_width_.push_back(1 / (knots_[i + 1] - knots_[i]));
  }
  if (knots_.size() == 1) return;
  const std::size_t buckets = 4 * knots_.size();
  const double width = (knots_.back() - knots_.front()) / static_cast<double>(buckets);
  per_bucket_ = 1 / width;
  bucket_.assign(buckets + 2, 0);
  std::size_t i = 0;
  for (std::size_t b = 0; b < bucket_.size(); ++b) {  // the segment that holds the lower edge, rounding allowed for
    const double edge = knots_.front() + static_cast<double>(b) * width;
    while (i + 2 < knots_.size() && knots_[i + 1] <= edge) ++i;
    bucket_[b] = static_cast<std::uint32_t>(i > 0 ? i - 1 : 0);
  }
}

std::vector<double> merged_knots(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> all, kept;
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  const double near = all.empty() ? 0 : 1e-12 * (all.back() - all.front());
  for (const double x : all) {
    if (kept.empty() || x - kept.back() > near) kept.push_back(x);
  }
  return kept;
}

}  // namespace models::math
