// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/nearest.hpp"

#include <algorithm>
#include <utility>

#include "rig/cli/text.hpp"

namespace rig::cli {
namespace {

/// Optimal string alignment: insert, delete, replace, swap neighbours; each costs 1.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last = row;
  }
  return last[b.size()];
}

}  // namespace

std::vector<std::string> nearest(std::string_view text, const std::vector<std::string>& known) {
  std::vector<std::pair<std::size_t, std::string>> candidates;
  for (const std::string& name : known) {
    const std::size_t changes = distance(text, name);
    const bool is_part = text.size() >= 3 && name.find(text) != std::string::npos;
    if (changes * 3 <= std::max(text.size(), name.size())) {
      candidates.emplace_back(changes, name);
    } else if (is_part) {
      candidates.emplace_back(1000 + changes, name);
    }
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, candidates.size()); ++i) names.push_back(candidates[i].second);
  return names;
}

std::string near_text(std::string_view text, const std::vector<std::string>& known) {
  const std::vector<std::string> names = nearest(text, known);
  return names.empty() ? "" : " Near: " + joined(names, ", ");
}

}  // namespace rig::cli
