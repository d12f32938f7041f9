// SPDX-License-Identifier: Apache-2.0
#include "reports/render/thinning.hpp"

#include <algorithm>
#include <cmath>

namespace reports {
namespace {

struct Extremes {
  double first = std::nan(""), last = first;  // the lowest and the highest, in the order they came
};

Extremes extremes_of(const std::vector<double>& values, std::size_t begin, std::size_t end) {
  std::size_t low = end, high = end;
  for (std::size_t row = begin; row < end; ++row) {
    if (std::isnan(values[row])) continue;
    if (low == end || values[row] < values[low]) low = row;
    if (high == end || values[row] > values[high]) high = row;
  }
  if (low == end) return {};
  return {values[std::min(low, high)], values[std::max(low, high)]};
}

class Bucketing {
 public:
  Bucketing(const std::vector<std::int64_t>& t_ns, const std::vector<const std::vector<double>*>& curves)
      : t_ns_(t_ns), curves_(curves) {
    out_.values.resize(curves.size());
  }

  void all(std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) this->row(row);
  }

  // Equal spans of time, so that a stretch with many rows does not use up the points of the rest.
  void buckets(std::size_t begin, std::size_t end, std::size_t points) {
    if (end - begin <= points) return all(begin, end);
    const std::size_t count = std::max<std::size_t>(points / 2, 1);
    const double t0 = static_cast<double>(t_ns_[begin]), span = static_cast<double>(t_ns_[end - 1]) - t0;
    const auto bucket_of = [&](std::size_t row) {
      return span > 0 ? std::min(count - 1, static_cast<std::size_t>((static_cast<double>(t_ns_[row]) - t0) / span *
                                                                     static_cast<double>(count)))
                      : 0;
    };
    for (std::size_t first = begin; first < end;) {
      std::size_t next = first + 1;
      while (next < end && bucket_of(next) == bucket_of(first)) ++next;
      next - first <= 2 ? all(first, next) : bucket(first, next);
      first = next;
    }
  }

  Thinned finish() { return std::move(out_); }

 private:
  void row(std::size_t row) {
    out_.t_ns.push_back(t_ns_[row]);
    for (std::size_t curve = 0; curve < curves_.size(); ++curve) out_.values[curve].push_back((*curves_[curve])[row]);
  }
  void bucket(std::size_t begin, std::size_t end) {
    out_.t_ns.push_back(t_ns_[begin]);
    out_.t_ns.push_back(t_ns_[end - 1]);
    for (std::size_t curve = 0; curve < curves_.size(); ++curve) {
      const Extremes extremes = extremes_of(*curves_[curve], begin, end);
      out_.values[curve].push_back(extremes.first);
      out_.values[curve].push_back(extremes.last);
    }
  }

  const std::vector<std::int64_t>& t_ns_;
  const std::vector<const std::vector<double>*>& curves_;
  Thinned out_;
};

// The part of the points that a stretch deserves by its length.
std::size_t share(std::size_t points, std::int64_t part, std::int64_t whole) {
  return whole <= 0 ? points
                    : static_cast<std::size_t>(static_cast<double>(points) * static_cast<double>(part) /
                                               static_cast<double>(whole));
}

}  // namespace

Thinned thinned(const std::vector<std::int64_t>& t_ns, const std::vector<const std::vector<double>*>& curves,
                const Thinning& how) {
  Bucketing collect(t_ns, curves);
  if (t_ns.empty()) return collect.finish();
  auto first = static_cast<std::size_t>(std::lower_bound(t_ns.begin(), t_ns.end(), how.t0) - t_ns.begin());
  auto end = static_cast<std::size_t>(std::upper_bound(t_ns.begin(), t_ns.end(), how.t1) - t_ns.begin());
  if (first > 0) --first;  // where the first and the last line come from and go to
  end = std::min(end + 1, t_ns.size());
  const std::int64_t before = t_ns[first] - t_ns.front(), behind = t_ns.back() - t_ns[end - 1];
  collect.buckets(0, first, std::max<std::size_t>(share(how.outside, before, before + behind), 2));
  collect.buckets(first, end, how.inside);
  collect.buckets(end, t_ns.size(), std::max<std::size_t>(share(how.outside, behind, before + behind), 2));
  return collect.finish();
}

std::vector<trace::Change> thinned(const std::vector<trace::Change>& changes, std::size_t signal, const Thinning& how) {
  std::vector<trace::Change> real;
  for (const trace::Change& one : changes) {
    const bool said_before =
        !real.empty() && (real.back().value == one.value || (std::isnan(real.back().value) && std::isnan(one.value)));
    if (one.signal == signal && !said_before) real.push_back(one);
  }
  if (real.size() <= how.outside) return real;
  const double width =
      static_cast<double>(real.back().t_ns) / static_cast<double>(std::max<std::size_t>(how.outside / 2, 1));
  const auto bucket_of = [&](const trace::Change& one) {
    return one.t_ns >= how.t0 && one.t_ns <= how.t1 ? -1.0 : std::floor(static_cast<double>(one.t_ns) / width);
  };
  std::vector<trace::Change> kept;
  for (std::size_t first = 0; first < real.size();) {
    std::size_t next = first + 1;
    while (next < real.size() && bucket_of(real[next]) == bucket_of(real[first])) ++next;
    if (bucket_of(real[first]) < 0 && next - first <= how.inside) {
      kept.insert(kept.end(), real.begin() + static_cast<std::ptrdiff_t>(first),
                  real.begin() + static_cast<std::ptrdiff_t>(next));
    } else {
      kept.push_back(real[first]);
      if (next - first > 1) kept.push_back(real[next - 1]);
    }
    first = next;
  }
  return kept;
}

}  // namespace reports
