// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "rig/expect/judge.hpp"
#include "rig/scenario/reader.hpp"

/// A board of four cells whose plant signals are functions of time in seconds, and whose bits and telemetry are set by
/// hand.
namespace rig::expect::test {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kSecond = 1'000'000'000;

[[nodiscard]] inline std::int64_t ns(double seconds) { return scenario::to_ns(seconds); }

class FakeSource : public SignalSource {
 public:
  explicit FakeSource(const scenario::Catalogue& catalogue)
      : catalogue_(catalogue), held_(catalogue.size(), kUnknown), plant_(catalogue.size()) {}

  double value(SignalId id, std::int64_t t_ns) const override {
    ++reads;
    const auto& function = plant_[static_cast<std::size_t>(id)];
    return function ? function(static_cast<double>(t_ns) * 1e-9) : held_[static_cast<std::size_t>(id)];
  }
  void values(const SignalId* ids, std::size_t count, std::int64_t t_ns, double* out) const override {
    for (std::size_t i = 0; i < count; ++i) out[i] = value(ids[i], t_ns);
  }
  std::int64_t continuous_from_ns() const override { return jumped_ns; }
  void hold(const std::string& name, double value) { held_[index(name)] = value; }
  void plant(const std::string& name, std::function<double(double)> of_seconds) {
    plant_[index(name)] = std::move(of_seconds);
  }
  mutable std::uint64_t reads = 0;
  std::int64_t jumped_ns = 0;  // when a function was exchanged last

 private:
  std::size_t index(const std::string& name) const {
    const auto id = catalogue_.find(name);
    if (!id) throw std::invalid_argument("no signal " + name);
    return static_cast<std::size_t>(*id);
  }
  const scenario::Catalogue& catalogue_;
  std::vector<double> held_;
  std::vector<std::function<double(double)>> plant_;
};

/// One run: claims, a plant, changes at instants, and the verdicts at the end.
class Bench {
 public:
  Bench() : source(catalogue) {
    for (int cell = 1; cell <= 4; ++cell) {
      const auto n = std::to_string(cell);
      source.plant("cell[" + n + "].voltage", [](double) { return 3.3; });
      source.plant("cell[" + n + "].temperature", [](double) { return 25.0; });
    }
    source.plant("port.current", [](double) { return 0.0; });
    source.plant("mos.temperature", [](double) { return 30.0; });
    for (const char* bit : {"charge_gate", "discharge_gate", "charge_fet", "discharge_fet"}) source.hold(bit, 1);
  }

  [[nodiscard]] scenario::Expression expression(const std::string& text) const {
    return scenario::parse_expression(text, catalogue, {"test.yaml", 1, 1});
  }
  Claim& add(scenario::ClaimKind kind, const std::string& then) {
    Claim claim;
    claim.kind = kind;
    claim.text = then;
    claim.then = expression(then);
    claims.push_back(std::move(claim));
    return claims.back();
  }
  Claim& always(const std::string& text) { return add(scenario::ClaimKind::always, text); }
  Claim& never(const std::string& text) { return add(scenario::ClaimKind::never, text); }
  Claim& holds(const std::string& text, double seconds) {
    Claim& claim = add(scenario::ClaimKind::holds, text);
    claim.for_at_least_s = seconds;
    return claim;
  }
  Claim& converges(const std::string& text, Quantity below, double within_s) {
    Claim& claim = add(scenario::ClaimKind::converges, text);
    claim.below = below;
    claim.within_s = within_s;
    return claim;
  }
  Claim& settles(const std::string& text, Quantity to, double band, double within_s) {
    Claim& claim = add(scenario::ClaimKind::settles, text);
    claim.to = to;
    claim.band = {band, to.dimension};
    claim.within_s = within_s;
    return claim;
  }
  Claim& eventually(const std::string& text, double by_s) {
    Claim& claim = add(scenario::ClaimKind::eventually, text);
    claim.within_s = by_s;
    return claim;
  }
  Claim& when(const std::string& when, const std::string& then, double within_s) {
    Claim& claim = add(scenario::ClaimKind::when_then, then);
    claim.when = expression(when);
    claim.within_s = within_s;
    return claim;
  }

  /// Sets a bit or telemetry at an instant. Instants without an entry see no change.
  Bench& at(double seconds, const std::string& name, double value) { return at_ns(ns(seconds), name, value); }
  Bench& at_ns(std::int64_t t, const std::string& name, double value) {
    changes[t].push_back([this, name, value] { source.hold(name, value); });
    return *this;
  }
  Bench& plant_at(double seconds, const std::string& name, const std::function<double(double)>& of_seconds) {
    changes[ns(seconds)].push_back([this, name, of_seconds, t = ns(seconds)] {
      source.plant(name, of_seconds);
      source.jumped_ns = t;
    });
    return *this;
  }

  /// Runs to `end_s`, handing over intervals of at most `interval_s`.
  std::vector<Verdict> run(double end_s, double interval_s = 2.0, double start_s = 0) {
    const std::int64_t end = ns(end_s), interval = ns(interval_s);
    std::int64_t t = ns(start_s);
    Judge judge(claims, catalogue, source, limits);
    apply(t);
    judge.start(t);
    while (t < end) {
      const auto next = changes.upper_bound(t);
      const std::int64_t change = next == changes.end() ? end : next->first;
      t = std::min({end, t + interval, change});
      judge.advance(t);
      if (apply(t)) judge.change(t);
    }
    return judge.finish(end);
  }
  Verdict only(double end_s, double interval_s = 2.0) { return run(end_s, interval_s).at(0); }

  scenario::Catalogue catalogue = scenario::make_catalogue(4);
  FakeSource source;
  std::vector<Claim> claims;
  Judge::Limits limits;
  std::map<std::int64_t, std::vector<std::function<void()>>> changes;

 private:
  bool apply(std::int64_t t) {
    const auto found = changes.find(t);
    if (found == changes.end()) return false;
    for (const auto& change : found->second) change();
    return true;
  }
};

}  // namespace rig::expect::test
