// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/covering.hpp"

#include <algorithm>
#include <optional>

namespace rig::campaign {
namespace {

constexpr std::size_t unset = static_cast<std::size_t>(-1);

/// Which pairs are still missing, and which may not occur.
class Table {
 public:
  Table(const std::vector<std::size_t>& levels, const auto& allowed) : levels_(levels) {
    for (const std::size_t count : levels) {
      first_.push_back(size_);
      size_ += count;
    }
    missing_.assign(size_ * size_, 0);
    forbidden_.assign(size_ * size_, 0);
    each([&](std::size_t fa, std::size_t a, std::size_t fb, std::size_t b) {
      (allowed(fa, a, fb, b) ? missing_ : forbidden_)[at(fa, a, fb, b)] = 1;
    });
  }
  [[nodiscard]] std::size_t missing() const {
    return static_cast<std::size_t>(std::count(missing_.begin(), missing_.end(), 1));
  }
  [[nodiscard]] bool is_missing(std::size_t fa, std::size_t a, std::size_t fb, std::size_t b) const {
    return missing_[at(fa, a, fb, b)] != 0;
  }
  /// How many missing pairs `level` of `factor` makes with what the row has; nullopt: one of them may not occur.
  [[nodiscard]] std::optional<std::size_t> gain(const Row& row, std::size_t factor, std::size_t level) const {
    std::size_t sum = 0;
    for (std::size_t other = 0; other < row.size(); ++other) {
      if (other == factor || row[other] == unset) continue;
      const std::size_t k = at(factor, level, other, row[other]);
      if (forbidden_[k] != 0) return std::nullopt;
      sum += missing_[k] != 0 ? 1 : 0;
    }
    return sum;
  }
  void take(const Row& row) {
    for (std::size_t fa = 0; fa < row.size(); ++fa)
      for (std::size_t fb = fa + 1; fb < row.size(); ++fb) missing_[at(fa, row[fa], fb, row[fb])] = 0;
  }
  void give_up(std::size_t fa, std::size_t a, std::size_t fb, std::size_t b) { missing_[at(fa, a, fb, b)] = 0; }

  template <class Visit>
  void each(Visit visit) const {
    for (std::size_t fa = 0; fa < levels_.size(); ++fa)
      for (std::size_t fb = fa + 1; fb < levels_.size(); ++fb)
        for (std::size_t a = 0; a < levels_[fa]; ++a)
          for (std::size_t b = 0; b < levels_[fb]; ++b) visit(fa, a, fb, b);
  }

 private:
  [[nodiscard]] std::size_t at(std::size_t fa, std::size_t a, std::size_t fb, std::size_t b) const {
    const std::size_t x = first_[fa] + a, y = first_[fb] + b;
    return fa < fb ? x * size_ + y : y * size_ + x;
  }
  const std::vector<std::size_t>& levels_;
  std::vector<std::size_t> first_;
  std::size_t size_ = 0;
  std::vector<char> missing_, forbidden_;
};

/// The row that begins with this pair and takes, factor by factor, the level that brings most; ties rotate with the
/// number of the row, so that levels come equally often. nullopt: some factor has no level that may stand there.
std::optional<Row> grown(const Table& table, const std::vector<std::size_t>& levels, Row row, std::size_t number) {
  for (std::size_t factor = 0; factor < levels.size(); ++factor) {
    if (row[factor] != unset) continue;
    std::size_t best = unset, most = 0;
    for (std::size_t step = 0; step < levels[factor]; ++step) {
      const std::size_t level = (step + number) % levels[factor];
      const auto gain = table.gain(row, factor, level);
      if (gain && (best == unset || *gain > most)) best = level, most = *gain;
    }
    if (best == unset) return std::nullopt;
    row[factor] = best;
  }
  return row;
}

}  // namespace

Covering cover_pairs(const std::vector<std::size_t>& levels,
                     const std::function<bool(std::size_t, std::size_t, std::size_t, std::size_t)>& allowed) {
  Covering covering;
  Table table(levels, allowed);
  covering.pairs = table.missing();
  covering.product = 1;
  for (const std::size_t count : levels) covering.product *= static_cast<double>(count);
  std::size_t given_up = 0;
  table.each([&](std::size_t fa, std::size_t a, std::size_t fb, std::size_t b) {
    if (!table.is_missing(fa, a, fb, b)) return;
    Row row(levels.size(), unset);
    row[fa] = a;
    row[fb] = b;
    const auto whole = grown(table, levels, row, covering.rows.size());
    if (!whole) {
      table.give_up(fa, a, fb, b);
      ++given_up;
      return;
    }
    table.take(*whole);
    covering.rows.push_back(*whole);
  });
  covering.covered = covering.pairs - given_up;
  return covering;
}

}  // namespace rig::campaign
