// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/bisect.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace rig::campaign {
namespace {

/// Works on a grid from 0 (`from`) to `last` (`to`), rising towards where it happens.
class Narrowing {
 public:
  Narrowing(const Bracket& bracket, const std::function<bool(double)>& happens_at)
      : bracket_(bracket), happens_at_(happens_at) {
    sign_ = bracket.to < bracket.from ? -1 : 1;
    step_ = bracket.resolution / parts;
    last_ = std::max<long long>(1, std::llround(std::abs(bracket.to - bracket.from) / step_));
  }

  Threshold run() {
    const auto sides = bracket_.guess ? around(std::llround(sign_ * (*bracket_.guess - bracket_.from) / step_))
                                      : std::pair<long long, long long>{0, last_};
    Threshold result;
    result.found = !happens(sides.first) && happens(sides.second);
    auto [quiet, loud] = sides;
    while (result.found && loud - quiet > parts) {
      const long long middle = quiet + (loud - quiet) / 2;
      (happens(middle) ? loud : quiet) = middle;
    }
    result.quiet = value(quiet);
    result.happens = value(loud);
    result.tries = tried_.size();
    return result;
  }

 private:
  static constexpr long long parts = 4;  // of a resolution

  [[nodiscard]] double value(long long at) const {
    return at == last_ ? bracket_.to : bracket_.from + sign_ * static_cast<double>(at) * step_;
  }
  bool happens(long long at) {
    const auto known = tried_.find(at);
    if (known != tried_.end()) return known->second;
    return tried_[at] = happens_at_(value(at));
  }

  /// A quiet place and one where it happens, as near to the guess as doubled steps come.
  std::pair<long long, long long> around(long long guess) {
    guess = std::clamp<long long>(guess, 0, last_);
    long long quiet = std::max<long long>(0, guess - parts), loud = std::min(last_, guess + parts);
    for (long long out = 4 * parts; quiet > 0 && happens(quiet); out *= 4) {
      loud = quiet;
      quiet = std::max<long long>(0, guess - out);
    }
    for (long long out = 4 * parts; loud < last_ && !happens(loud); out *= 4) {
      quiet = loud;
      loud = std::min(last_, guess + out);
    }
    return {quiet, loud};
  }

  const Bracket& bracket_;
  const std::function<bool(double)>& happens_at_;
  double sign_ = 1, step_ = 1;
  long long last_ = 1;
  std::map<long long, bool> tried_;
};

}  // namespace

Threshold find_threshold(const Bracket& bracket, const std::function<bool(double)>& happens_at) {
  return Narrowing(bracket, happens_at).run();
}

}  // namespace rig::campaign
