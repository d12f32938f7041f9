// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "reports/coverage/evidence.hpp"

namespace reports::coverage {
namespace {

/// A timeline in the words of docs/coverage.md.
class Seen {
 public:
  Seen(const Timeline& timeline, double simulated_s)
      : line_(timeline),
        end_ns_(std::llround(simulated_s * 1e9)),
        delay_s_(timeline.delay ? timeline.delay->number : 0) {
    const bool is_temperature = timeline.setting.unit == "degC";
    tolerance_ = is_temperature ? temperature_tolerance_K : value_tolerance * std::abs(timeline.setting.number);
  }

  [[nodiscard]] bool set() const { return line_.t_act >= 0 && line_.t_detect >= 0; }
  [[nodiscard]] bool held() const {
    const std::int64_t until = line_.t_release >= 0 ? line_.t_release : end_ns_;
    return set() && line_.t_back >= 0 && until - line_.t_back >= least_held_ns;
  }
  [[nodiscard]] bool cleared() const { return set() && line_.t_release >= 0; }
  [[nodiscard]] bool re_trip() const { return set() && line_.trips >= 2; }
  /// Longer than the delay, and half as much again: nearer to the limit than a scan could tell.
  [[nodiscard]] bool inside() const {
    return line_.longest_near_ns > 0 && seconds(line_.longest_near_ns) >= 1.5 * delay_s_;
  }
  [[nodiscard]] bool at() const { return beyond_at_the_act() && excess() <= tolerance_; }
  [[nodiscard]] bool beyond() const { return beyond_at_the_act() && excess() > tolerance_; }
  [[nodiscard]] bool before_delay() const {
    const double forgiven_s = seconds(line_.longest_forgiven_ns);
    return has_delay() && forgiven_s >= least_forgiven * delay_s_ && forgiven_s < delay_s_;
  }
  [[nodiscard]] bool at_delay() const {
    return has_delay() && beyond_at_the_act() && std::abs(reaction_s() - delay_s_) <= delay_tolerance * delay_s_;
  }
  [[nodiscard]] bool after_delay() const {
    if (!has_delay() || !beyond_at_the_act()) return false;
    const double late_s = (1 + delay_tolerance) * delay_s_;
    const bool still_off = line_.t_release < 0 || seconds(line_.t_release - line_.t_cross) > late_s;
    return reaction_s() <= late_s && still_off;
  }

 private:
  static double seconds(std::int64_t ns) { return static_cast<double>(ns) * 1e-9; }
  [[nodiscard]] bool has_delay() const { return delay_s_ > 0; }
  [[nodiscard]] bool beyond_at_the_act() const { return set() && line_.t_cross >= 0 && line_.t_act >= line_.t_cross; }
  [[nodiscard]] double excess() const { return std::abs(line_.peak.number - line_.setting.number); }
  [[nodiscard]] double reaction_s() const { return seconds(line_.t_act - line_.t_cross); }

  const Timeline& line_;
  std::int64_t end_ns_;
  double delay_s_, tolerance_ = 0;
};

using Look = bool (Seen::*)() const;
constexpr std::array<Look, aspects.size()> looks = {
    &Seen::set,    &Seen::held, &Seen::cleared, &Seen::re_trip,      nullptr,         nullptr,
    &Seen::inside, &Seen::at,   &Seen::beyond,  &Seen::before_delay, &Seen::at_delay, &Seen::after_delay};

}  // namespace

std::vector<std::size_t> aspects_of(const Timeline& timeline, double simulated_s) {
  const Seen seen(timeline, simulated_s);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < looks.size(); ++i)
    if (looks[i] != nullptr && (seen.*looks[i])()) found.push_back(i);
  return found;
}

std::optional<std::size_t> aspect_of_label(std::string_view word) {
  constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"set", "set"},     {"release", "cleared"},     {"re-trip", "re_trip"},
      {"reset", "reset"}, {"power_cut", "power_cut"}, {"delay", "before_delay"}};
  for (const auto& [label, aspect] : words)
    if (label == word) return std::ranges::find(aspects, aspect) - aspects.begin();
  return std::nullopt;
}

}  // namespace reports::coverage
