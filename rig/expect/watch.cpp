// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/watch.hpp"

#include <algorithm>

namespace rig::expect {

namespace {

/// Unknown, where one is.
double greater(double a, double b) { return b > a || b != b ? b : a; }

}  // namespace

Watch::Watch(const std::vector<Part>& parts, Window window, Slots& slots) : window_(window) {
  formulas_.reserve(parts.size());
  for (const Part& part : parts) formulas_.emplace_back(*part.expression, part.negated, slots, literals_);
  if (window.words.any()) scope_.emplace(window.words, slots, literals_);
  for (const Literal& literal : literals_)
    for (const auto slot : literal.used())
      if (std::find(used_.begin(), used_.end(), slot) == used_.end()) used_.push_back(slot);
}

void Watch::set_monitor(std::unique_ptr<Monitor> monitor) {
  monitor_ = std::move(monitor);
  nearest_until_ns_ = monitor_->nearness_until_ns();
  const auto& comparison = literals_.front().comparison;
  const bool simple = formulas_[0].single() && formulas_[0].uses(0) && comparison && !comparison->two_sided();
  if (nearest_until_ns_ >= 0 && simple) nearest_.comparison = &*comparison;
}

void Watch::note_nearest(std::int64_t t_ns, double inside, const double* values) {
  if (!(inside > nearest_.inside) || !inside_ || t_ns >= nearest_until_ns_) return;
  const Comparison& comparison = *nearest_.comparison;
  nearest_ = {inside, comparison.measured()(values), comparison.limit()(values), t_ns, &comparison};
}

void Watch::connect(const SignalSource& source, const Slots& slots, double telemetry_wire_s) {
  wire_s_ = telemetry_wire_s;
  slots_ = &slots;
  scratch_.assign(slots.size(), 0.0);
  const auto continuous_of = [&](const std::vector<std::uint32_t>& used) {
    std::vector<std::uint32_t> result;
    std::copy_if(used.begin(), used.end(), std::back_inserter(result),
                 [&](auto slot) { return slots.continuous(slot); });
    return result;
  };
  for (std::size_t i = 0; i < literals_.size(); ++i) {
    const Literal& literal = literals_[i];
    if (!literal.continuous()) continue;
    const double resolution = literal.comparison->resolution();
    moving_.emplace_back(static_cast<std::uint32_t>(i), *literal.comparison,
                         Probe(source, slots, continuous_of(literal.used())),
                         resolution > 0 ? 1e-3 * resolution : 1e-12);
    moving_.back().scratch = scratch_.data();
  }
  probe_ = std::make_unique<Probe>(source, slots, continuous_of(used_));
  std::copy_if(used_.begin(), used_.end(), std::back_inserter(held_),
               [&](auto slot) { return !slots.continuous(slot); });
  events_.reserve(64);
  found_.crossings.reserve(16);
}

double Watch::Moving::at(std::int64_t t_ns) {
  probe_.read(t_ns, scratch);
  return comparison_->inside(scratch);
}

void Watch::instant(std::int64_t t_ns, const double* values, bool open) {
  Dating dating;
  for (const auto slot : held_) scratch_[slot] = values[slot];
  for (Literal& literal : literals_)
    if (literal.set(values)) {
      if (literal.telemetry()) dating.resolution_s = wire_s_;
      if (literal.comparison && literal.comparison->picks() && dating.elements.empty())
        literal.comparison->choose(values, dating.elements);
    }
  bool turns = open && opens_at(t_ns);
  if (turns) {
    state_ = State::open;
    if (!scope_) begin(t_ns);
    dating = {};
  }
  if (scope_ && state_ == State::open) turns = turn(t_ns, open, values);
  if (judging_) {
    observe(t_ns, dating, turns);
    if (monitor_->wants_figures()) figure(t_ns, values);
    if (nearest_.comparison != nullptr) note_nearest(t_ns, literals_.front().inside, values);
  }
  settle(t_ns);
}

void Watch::begin(std::int64_t t_ns) {
  if (!began_ || !monitor_->goes_on_outside()) monitor_->open(t_ns);
  began_ = judging_ = inside_ = true;
}

void Watch::end(std::int64_t t_ns, const double* values) {
  inside_ = false;
  if (monitor_->goes_on_outside()) return;
  if (monitor_->wants_ending()) monitor_->ending(formulas_[0].decide(literals_), values);
  monitor_->close(t_ns);
  judging_ = false;
}

/// A condition may have opened or closed the window at t; true when one did.
bool Watch::turn(std::int64_t t_ns, bool goes_on, const double* values) {
  const Scope::Turn turn = scope_->turn(t_ns, goes_on, literals_);
  if (turn.closes) end(t_ns, values);
  if (turn.opens) begin(t_ns);
  return turn.closes || turn.opens;
}

void Watch::settle(std::int64_t t_ns) {
  for (Literal& literal : literals_) literal.settle();
  if (judging_) observe(t_ns, last_.dating, false);
}

void Watch::observe(std::int64_t t_ns, const Dating& dating, bool forced) {
  Observation next;
  next.t_ns = t_ns;
  next.dating = dating;
  next.inside = inside_;
  for (std::size_t i = 0; i < formulas_.size(); ++i) {
    next.now[i] = formulas_[i].now(literals_);
    next.held[i] = formulas_[i].held(literals_);
  }
  if (!forced && next.now == last_.now && next.held == last_.held) return;
  last_ = next;
  monitor_->observe(next);
}

void Watch::piece(const Samples& samples) {
  if (state_ != State::open) return;
  events_.clear();
  if (moving_.empty()) return;
  for (Moving& moving : moving_) scan(moving, samples);
  if (nearest_.comparison != nullptr && moving_.front().index == 0) {
    note_nearest(samples.tm, moving_.front().gm, samples.m);
    note_nearest(samples.tb, moving_.front().gb, samples.b);
  }
  if (!events_.empty()) return walk(samples);
  if (figures_matter()) {
    for (const Moving& moving : moving_) literals_[moving.index].inside = moving.gm;
    figure(samples.tm, samples.m);
    for (const Moving& moving : moving_) literals_[moving.index].inside = moving.gb;
    figure(samples.tb, samples.b);
  }
  for (const Moving& moving : moving_) literals_[moving.index].inside = moving.gb;
}

bool Watch::figures_matter() const {
  if (!judging_ || !monitor_->wants_figures()) return false;
  const Moving& first = moving_.front();
  const bool plain =
      formulas_[0].single() && formulas_[0].uses(first.index) && !literals_[first.index].comparison->two_sided();
  return !plain || std::min(first.gm, first.gb) < monitor_->floor();
}

/// How low inside() must get to matter to the monitor.
double Watch::floor_of(const Moving& moving) const {
  const Literal& literal = literals_[moving.index];
  if (!judging_ || !monitor_->wants_figures() || !formulas_[0].uses(moving.index) || literal.comparison->two_sided())
    return -std::numeric_limits<double>::infinity();
  return monitor_->floor() * formulas_[0].scale(literal);
}

void Watch::scan(Moving& moving, const Samples& samples) {
  const Literal& literal = literals_[moving.index];
  moving.gm = literal.comparison->inside(samples.m);
  moving.gb = literal.comparison->inside(samples.b);
  const Piece piece{samples.ta, samples.tm, samples.tb, literal.inside, moving.gm, moving.gb};
  if (piece.ga != piece.ga && piece.gm != piece.gm && piece.gb != piece.gb) return;  // unknown throughout
  if (piece.ga != piece.ga || piece.gm != piece.gm || piece.gb != piece.gb) {
    mark(moving, piece.tm, piece.gm);
    return mark(moving, piece.tb, piece.gb);
  }
  const double floor = floor_of(moving);
  if (quiet(piece, floor, moving.tolerance)) return;
  examine(moving, piece, floor, moving.tolerance, found_);
  for (const Crossing& crossing : found_.crossings) {
    events_.push_back({crossing.t_ns, static_cast<std::int32_t>(moving.index), static_cast<double>(crossing.sign),
                       crossing.touched_zero, dating_of(moving, crossing, seconds(samples.tb - samples.ta))});
  }
  const bool deeper = found_.least < std::min({piece.ga, piece.gm, piece.gb, floor});
  if (deeper) events_.push_back({found_.t_least_ns, -1});
}

/// What one resolution, and one standard uncertainty, of the signals is worth in time where they cross.
Dating Watch::dating_of(Moving& moving, const Crossing& crossing, double length_s) const {
  const Comparison& comparison = *literals_[moving.index].comparison;
  const auto in_time = [&](double of_value) {
    return crossing.slope_per_s > 0 || of_value != of_value ? of_value / crossing.slope_per_s : length_s;
  };
  Dating dating{in_time(comparison.resolution()), 0};
  if (!slots_->uncertain()) return dating;
  (void)moving.at(crossing.t_ns);  // fills scratch
  dating.standard_s = in_time(comparison.standard(moving.scratch, *slots_));
  return dating;
}

/// A division that became 0/0 inside a piece, or ceased to be: dated to the sample where it was seen.
void Watch::mark(const Moving& moving, std::int64_t t_ns, double g) {
  events_.push_back({t_ns, static_cast<std::int32_t>(moving.index), g});
}

void Watch::walk(const Samples& samples) {
  if (judging_ && monitor_->wants_figures()) {
    events_.push_back({samples.tm, -1});
    events_.push_back({samples.tb, -1});
  }
  std::stable_sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) { return a.t_ns < b.t_ns; });
  for (std::size_t i = 0; i < events_.size();) {
    const std::int64_t t = events_[i].t_ns;
    Dating dating;
    const std::size_t first = i;
    i = apply(i, dating);
    for (std::size_t e = first; e < i && judging_ && dating.elements.empty(); ++e) {
      if (events_[e].literal < 0) continue;
      const Comparison& comparison = *literals_[static_cast<std::size_t>(events_[e].literal)].comparison;
      if (comparison.picks()) comparison.choose(values_at(t, samples), dating.elements);
    }
    // up to here the plant belongs to the window, whatever begins here
    if (scope_ && judging_ && monitor_->wants_figures()) figure_inside(t, values_at(t, samples));
    const bool turns = scope_ && turn(t, true, values_at(t, samples));
    if (judging_) {
      observe(t, dating, turns);
      if (monitor_->wants_figures()) figure_inside(t, values_at(t, samples));
    }
    settle(t);
    if (turns && t < samples.tb) return rest(t, samples);
  }
  for (const Moving& moving : moving_) literals_[moving.index].inside = moving.gb;
}

/// The window has opened or closed at t: what is left of the piece is another one, with figures or without.
void Watch::rest(std::int64_t t_ns, const Samples& samples) {
  const std::int64_t middle = t_ns + (samples.tb - t_ns) / 2;
  std::vector<double> at(samples.b, samples.b + scratch_.size()), mid = at;
  probe_->read(t_ns, at.data());
  probe_->read(middle, mid.data());
  for (const Moving& moving : moving_) {
    Literal& literal = literals_[moving.index];
    literal.inside = literal.comparison->inside(at.data());
  }
  piece({t_ns, middle, samples.tb, at.data(), mid.data(), samples.b});
}

/// All crossings of one instant together: two comparisons with the same root change as one.
std::size_t Watch::apply(std::size_t first, Dating& dating) {
  std::size_t i = first;
  for (; i < events_.size() && events_[i].t_ns == events_[first].t_ns; ++i) {
    const Event& event = events_[i];
    if (event.literal < 0) continue;
    literals_[static_cast<std::size_t>(event.literal)].cross(event.side, event.touched_zero);
    dating.resolution_s = std::max(dating.resolution_s, event.dating.resolution_s);
    dating.standard_s = greater(dating.standard_s, event.dating.standard_s);
  }
  return i;
}

const double* Watch::values_at(std::int64_t t_ns, const Samples& samples) {
  if (t_ns == samples.tm) return samples.m;
  if (t_ns == samples.tb) return samples.b;
  probe_->read(t_ns, scratch_.data());
  return scratch_.data();
}

void Watch::figure_inside(std::int64_t t_ns, const double* values) {
  for (const Moving& moving : moving_) {
    Literal& literal = literals_[moving.index];
    literal.inside = literal.comparison->inside(values);
  }
  figure(t_ns, values);
}

void Watch::figure(std::int64_t t_ns, const double* values) {
  const Decision decision = formulas_[0].decide(literals_);
  monitor_->figure(t_ns, decision, values);
}

void Watch::finish(std::int64_t t_ns, const double* values) {
  if (state_ != State::open) return;
  if (judging_ && monitor_->wants_ending()) monitor_->ending(formulas_[0].decide(literals_), values);
  if (judging_) monitor_->close(t_ns);
  if (began_ && nearest_.comparison != nullptr) monitor_->nearest(nearest_);
  judging_ = inside_ = false;
  state_ = State::closed;
}

Verdict Watch::verdict() const {
  if (state_ != State::closed) return failed("judged over an empty window");
  if (!began_) return failed(scope_->why_never());
  Verdict verdict = monitor_->verdict();
  if (scope_) scope_->complete(verdict);
  return verdict;
}

}  // namespace rig::expect
