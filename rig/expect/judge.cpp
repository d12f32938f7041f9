// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/judge.hpp"

#include <algorithm>
#include <stdexcept>

#include "rig/expect/decision_rule.hpp"
#include "rig/expect/timeline.hpp"
#include "rig/expect/watch.hpp"

namespace rig::expect {
namespace {

// No two samples of a plant signal are further apart than half of this: what lasts longer cannot hide between them.
constexpr std::int64_t kLongestPiece_ns = 1'000'000'000;
// After a jump of the plant the fast time constants are alive: the pieces begin short and grow by four.
constexpr std::int64_t kLongestAfterJump_ns = 250'000'000 / 64;

std::vector<Watch::Part> parts_of(const Claim& claim, const scenario::Expression& made) {
  switch (claim.kind) {
    case scenario::ClaimKind::when_then:
      return {{&claim.when, false}, {&claim.then, false}};
    case scenario::ClaimKind::converges:
    case scenario::ClaimKind::settles:
      return {{&made, false}};
    default:
      break;
  }
  std::vector<Watch::Part> parts{{&claim.then, claim.kind == scenario::ClaimKind::never}};
  if (claim.while_) parts.push_back({&*claim.while_, false});
  return parts;
}

scenario::Expression combined(scenario::Expression::Op op, scenario::Dimension dimension,
                              std::vector<scenario::Expression> children) {
  scenario::Expression expression;
  expression.op = op;
  expression.dimension = dimension;
  expression.children = std::move(children);
  return expression;
}

scenario::Expression constant_of(const Quantity& quantity) {
  scenario::Expression constant;
  constant.constant = quantity.value;
  constant.dimension = quantity.dimension;
  return constant;
}

/// What converges and settles have to keep: X < L, |X - V| <= B.
scenario::Expression kept_by(const Claim& claim) {
  using Op = scenario::Expression::Op;
  constexpr auto boolean = scenario::Dimension::boolean;
  if (claim.kind == scenario::ClaimKind::converges)
    return combined(Op::less, boolean, {claim.then, constant_of(claim.below)});
  if (claim.kind != scenario::ClaimKind::settles) return {};
  const auto difference = combined(Op::subtract, claim.band.dimension, {claim.then, constant_of(claim.to)});
  return combined(Op::less_equal, boolean,
                  {combined(Op::abs, claim.band.dimension, {difference}), constant_of(claim.band)});
}

void collect(const scenario::Expression& expression, Slots& slots, std::vector<std::uint32_t>& into) {
  if (expression.op == scenario::Expression::Op::signal) into.push_back(slots.slot(expression.signal));
  for (const SignalId id : expression.elements) into.push_back(slots.slot(id));
  for (const auto& child : expression.children) collect(child, slots, into);
}

/// "cell[3]" where the signals of a claim are all of one cell or sensor; else "".
std::string element_of_all(const Claim& claim, Slots& slots) {
  std::vector<std::uint32_t> used;
  for (const auto* expression : scenario::expressions_of(claim)) collect(*expression, slots, used);
  std::string only;
  for (const auto slot : used) {
    const std::string element = Program::element({slot}, slots);
    if (element.find('[') == std::string::npos || element == only) continue;
    if (!only.empty()) return "";
    only = element;
  }
  return only;
}

Watch::Window window_of(const Claim& claim, std::int64_t t_start_ns) {
  const auto after = claim.after_s ? t_start_ns + scenario::to_ns(*claim.after_s) : t_start_ns;
  const auto until = claim.until_s ? t_start_ns + scenario::to_ns(*claim.until_s) : kNever;
  if (until <= after) return {kNever, kNever};  // never opens: an empty window
  const Scope::Words words{claim.opens ? &*claim.opens : nullptr, claim.closes ? &*claim.closes : nullptr,
                           claim.each_stretch};
  // `until` ends the arming of when/then; what has armed is judged to the end of the run
  return {after, claim.kind == scenario::ClaimKind::when_then ? kNever : until, words};
}

}  // namespace

struct Judge::State {
  State(const std::vector<Claim>& all, const scenario::Catalogue& known, const SignalSource& read, Limits given)
      : claims(all), catalogue(known), source(read), limits(std::move(given)), slots(catalogue, &limits.uncertainty) {
    compile(0);
  }

  void compile(std::int64_t t_start_ns);
  void add_timelines();
  void connect();
  void advance(std::int64_t t_ns);
  void instant(bool goes_on);
  void read_held();
  void read_plant();
  void piece(std::int64_t t_ns);
  [[nodiscard]] Verdict verdict_of(std::size_t index) const;

  const std::vector<Claim> claims;
  const scenario::Catalogue catalogue;
  const SignalSource& source;
  const Limits limits;
  Slots slots;
  std::vector<std::string> one_element;         // of a claim: the only cell or sensor that it names
  std::vector<std::unique_ptr<Watch>> watches;  // one a claim, then the timelines
  std::vector<std::size_t> timeline_of;         // a claim -> index into watches, 0 = none (watch 0 is never a timeline)
  std::vector<std::int64_t> cuts;               // where windows begin and end, ascending
  std::size_t next_cut = 0;
  std::vector<std::uint32_t> held;                  // slots that only change() moves
  std::vector<std::vector<std::uint32_t>> readers;  // slot -> watches
  std::vector<char> stale;                          // of a watch: something it reads has another value than it saw
  std::unique_ptr<Probe> plant;
  std::vector<double> now, mid, end;  // all slots at the beginning, middle and end of a piece
  std::int64_t last_ns = 0;
  bool started = false;
  bool unread = true;   // nothing of the plant was read yet
  bool changed = true;  // change() was called since held slots were read
  bool kicked = true;   // the plant jumped by more than a resolution: fast transients may follow
};

void Judge::State::compile(std::int64_t t_start_ns) {
  watches.clear();
  for (const Claim& claim : claims) {
    const scenario::Expression made = kept_by(claim);
    auto watch = std::make_unique<Watch>(parts_of(claim, made), window_of(claim, t_start_ns), slots);
    watch->set_monitor(make_monitor(claim, slots, t_start_ns));
    watches.push_back(std::move(watch));
  }
  one_element.clear();
  for (const Claim& claim : claims) one_element.push_back(element_of_all(claim, slots));
  add_timelines();
  connect();
  last_ns = t_start_ns;
}

void Judge::State::add_timelines() {
  timeline_of.assign(claims.size(), 0);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (claims[i].protection.empty()) continue;
    const auto expressions = timeline_expressions(claims[i].protection, catalogue, limits);
    std::vector<Watch::Part> parts;
    for (const auto& expression : expressions) parts.push_back({&expression, false});
    timeline_of[i] = watches.size();
    watches.push_back(std::make_unique<Watch>(parts, Watch::Window{0, kNever}, slots));
    watches.back()->set_monitor(
        std::make_unique<Timeline>(protection_setting(claims[i].protection, catalogue, limits)));
  }
}

void Judge::State::connect() {
  std::vector<std::uint32_t> continuous;
  held.clear();
  for (std::uint32_t slot = 0; slot < slots.size(); ++slot)
    (slots.continuous(slot) ? continuous : held).push_back(slot);
  plant = std::make_unique<Probe>(source, slots, std::move(continuous));
  readers.assign(slots.size(), {});
  cuts.clear();
  for (std::uint32_t i = 0; i < watches.size(); ++i) {
    Watch& watch = *watches[i];
    watch.connect(source, slots, limits.telemetry_wire_s);
    for (const auto slot : watch.used()) readers[slot].push_back(i);
    for (const auto t : {watch.window().t_after_ns, watch.window().t_until_ns}) cuts.push_back(t);
  }
  std::sort(cuts.begin(), cuts.end());
  next_cut = 0;
  stale.assign(watches.size(), 1);
  unread = true;
  for (auto* samples : {&now, &mid, &end}) samples->assign(slots.size(), kNothing);
}

void Judge::State::read_held() {
  if (!changed) return;
  changed = false;
  for (const auto slot : held) {
    const double value = source.value(slots.id(slot), last_ns);
    if (value == now[slot] || (value != value && now[slot] != now[slot])) continue;
    now[slot] = mid[slot] = end[slot] = value;
    for (const auto reader : readers[slot]) stale[reader] = 1;
  }
}

/// The plant may have jumped since the end of the last piece; then everything that reads it looks again.
void Judge::State::read_plant() {
  if (!unread && source.continuous_from_ns() < last_ns) return;
  unread = false;
  plant->read(last_ns, mid.data());
  for (const auto slot : plant->slots()) {
    if (mid[slot] == now[slot] || (mid[slot] != mid[slot] && now[slot] != now[slot])) continue;
    const double jump = mid[slot] - now[slot];
    if (!(jump <= slots.info(slot).resolution && -jump <= slots.info(slot).resolution)) kicked = true;
    now[slot] = mid[slot];
    for (const auto reader : readers[slot]) stale[reader] = 1;
  }
}

/// Brings everything to the state that lasts from last_ns on.
void Judge::State::instant(bool goes_on) {
  read_held();
  read_plant();
  for (std::size_t i = 0; i < watches.size(); ++i) {
    if (!stale[i] && !(goes_on && watches[i]->opens_at(last_ns))) continue;
    stale[i] = 0;
    watches[i]->instant(last_ns, now.data(), goes_on);
  }
}

void Judge::State::advance(std::int64_t t_ns) {
  if (!started || t_ns < last_ns) throw std::logic_error("judge: time ran backwards");
  if (t_ns == last_ns) return;
  instant(true);
  std::int64_t length = kLongestPiece_ns;
  if (kicked) length = std::clamp<std::int64_t>((t_ns - last_ns) / 64, 2, kLongestAfterJump_ns);
  kicked = false;
  while (last_ns < t_ns) {
    while (next_cut < cuts.size() && cuts[next_cut] <= last_ns) ++next_cut;
    const std::int64_t cut = next_cut < cuts.size() ? cuts[next_cut] : kNever;
    piece(std::min({t_ns, cut, last_ns + length}));
    length = std::min(length * 4, kLongestPiece_ns);
    if (last_ns < t_ns && last_ns == cut) instant(true);
  }
}

void Judge::State::piece(std::int64_t t_ns) {
  const std::int64_t middle = last_ns + (t_ns - last_ns) / 2;
  plant->read(middle, mid.data());
  plant->read(t_ns, end.data());
  const Samples samples{last_ns, middle, t_ns, now.data(), mid.data(), end.data()};
  for (const auto& watch : watches) {
    if (watch->continuous()) watch->piece(samples);
    if (watch->window().t_until_ns == t_ns) watch->finish(t_ns, end.data());
  }
  now.swap(end);
  last_ns = t_ns;
}

Verdict Judge::State::verdict_of(std::size_t index) const {
  const Claim& claim = claims[index];
  Verdict verdict = watches[index]->verdict();
  if (verdict.worst_element.empty()) verdict.worst_element = Program::element(verdict.elements, slots);
  if (verdict.worst_element.empty() && verdict.t_worst_ns >= 0) verdict.worst_element = one_element[index];
  verdict.claim = claim.text.empty() ? claim.name : claim.text;
  apply_decision_rule(verdict, limits.uncertainty);
  if (timeline_of[index] != 0) verdict.timeline = watches[timeline_of[index]]->monitor().verdict().timeline;
  return verdict;
}

Judge::Judge(const std::vector<Claim>& claims, const scenario::Catalogue& catalogue, const SignalSource& source,
             Limits limits)
    : state_(std::make_unique<State>(claims, catalogue, source, std::move(limits))) {}

Judge::~Judge() = default;
Judge::Judge(Judge&&) noexcept = default;

bool Judge::reads(SignalId id) const {
  for (std::uint32_t slot = 0; slot < state_->slots.size(); ++slot)
    if (state_->slots.id(slot) == id) return true;
  return false;
}

void Judge::start(std::int64_t t_ns) {
  if (t_ns != 0) state_->compile(t_ns);
  state_->started = true;
}

void Judge::advance(std::int64_t t_ns) { state_->advance(t_ns); }

void Judge::change(std::int64_t t_ns) {
  state_->advance(t_ns);
  state_->changed = true;
}

std::vector<Verdict> Judge::finish(std::int64_t t_ns) {
  state_->advance(t_ns);
  state_->instant(false);
  for (const auto& watch : state_->watches) watch->finish(t_ns, state_->now.data());
  std::vector<Verdict> verdicts;
  for (std::size_t i = 0; i < state_->claims.size(); ++i) verdicts.push_back(state_->verdict_of(i));
  return verdicts;
}

}  // namespace rig::expect
