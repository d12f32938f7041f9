// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/lookout.hpp"

#include <algorithm>

namespace rig::expect {
namespace {

constexpr std::int64_t kLongestLook_ns = 1'000'000'000;  // as the judge's pieces
constexpr std::int64_t kFirstLook_ns = 250'000'000 / 64;

}  // namespace

Lookout::Lookout(const scenario::Expression& condition, const scenario::Catalogue& catalogue,
                 const SignalSource& source)
    : source_(source), slots_(catalogue), formula_(condition, false, slots_, literals_), values_(slots_.size()) {
  for (std::size_t i = 0; i < literals_.size(); ++i) {
    const Literal& literal = literals_[i];
    if (!literal.continuous()) continue;
    std::vector<std::uint32_t> continuous;
    std::copy_if(literal.used().begin(), literal.used().end(), std::back_inserter(continuous),
                 [&](auto slot) { return slots_.continuous(slot); });
    moving_.emplace_back(i, *literal.comparison, Probe(source, slots_, std::move(continuous)), values_.data());
  }
  const auto& comparison = literals_.front().comparison;
  if (formula_.single() && comparison && !comparison->two_sided()) nearest_.comparison = &*comparison;
}

double Lookout::Moving::tolerance() const {
  const double resolution = comparison_->resolution();
  return resolution > 0 ? 1e-3 * resolution : 1e-12;
}

bool Lookout::reads(SignalId id) const {
  for (std::uint32_t slot = 0; slot < slots_.size(); ++slot)
    if (slots_.id(slot) == id) return true;
  return false;
}

bool Lookout::now(std::int64_t t_ns) {
  t_ns_ = t_ns;
  for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) values_[slot] = source_.value(slots_.id(slot), t_ns);
  for (Literal& literal : literals_) (void)literal.set(values_.data());
  const bool is_true = formula_.now(literals_) == Truth::yes;
  for (Literal& literal : literals_) literal.settle();
  if (nearest_.comparison != nullptr && literals_.front().inside > nearest_.inside)
    nearest_ = {literals_.front().inside, nearest_.comparison->measured()(values_.data()),
                nearest_.comparison->limit()(values_.data()), t_ns, nearest_.comparison};
  return is_true;
}

std::int64_t Lookout::ahead(std::int64_t until_ns) {
  if (moving_.empty()) return kNever;
  std::int64_t length = std::clamp<std::int64_t>((until_ns - t_ns_) / 64, 2, kFirstLook_ns);
  for (std::int64_t from = t_ns_; from < until_ns;) {
    const std::int64_t to = std::min(until_ns, from + length);
    if (const std::int64_t found = piece(from, to); found != kNever) return found;
    from = to;
    length = std::min(length * 4, kLongestLook_ns);
  }
  return kNever;
}

std::int64_t Lookout::piece(std::int64_t ta, std::int64_t tb) {
  events_.clear();
  for (Moving& moving : moving_) scan(moving, ta, tb);
  std::stable_sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) { return a.t_ns < b.t_ns; });
  for (std::size_t i = 0; i < events_.size();) {
    const std::int64_t t = events_[i].t_ns;
    for (; i < events_.size() && events_[i].t_ns == t; ++i)
      literals_[events_[i].literal].cross(events_[i].side, events_[i].touched_zero);
    if (formula_.now(literals_) == Truth::yes) return t;
    for (Literal& literal : literals_) literal.settle();
  }
  return kNever;
}

void Lookout::scan(Moving& moving, std::int64_t ta, std::int64_t tb) {
  const std::int64_t tm = ta + (tb - ta) / 2;
  double& inside = literals_[moving.index].inside;
  const Piece piece{ta, tm, tb, inside, moving.at(tm), moving.at(tb)};
  inside = piece.gb;
  const auto known = [](double g) { return g == g; };
  if (!known(piece.ga) || !known(piece.gm) || !known(piece.gb)) {
    events_.push_back({tm, moving.index, piece.gm, false});
    events_.push_back({tb, moving.index, piece.gb, false});
    return;
  }
  constexpr double no_floor = -std::numeric_limits<double>::infinity();
  if (quiet(piece, no_floor, moving.tolerance())) return;
  examine(moving, piece, no_floor, moving.tolerance(), found_);
  for (const Crossing& crossing : found_.crossings)
    events_.push_back({crossing.t_ns, moving.index, static_cast<double>(crossing.sign), crossing.touched_zero});
}

std::string Lookout::nearness() const {
  return nearest_.comparison != nullptr && nearest_.t_ns >= 0 ? nearness_text(nearest_) : std::string();
}

}  // namespace rig::expect
