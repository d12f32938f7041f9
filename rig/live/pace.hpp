// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace rig::live {

/// Which simulated instant belongs to which instant of the host's clock, both in ns:
///   sim = sim0 + speed * (host - host0)
class Pace {
 public:
  Pace(double speed, std::int64_t host_ns, std::int64_t sim_ns) : speed_(speed), host0_ns_(host_ns), sim0_ns_(sim_ns) {}

  [[nodiscard]] double speed() const { return speed_; }
  [[nodiscard]] std::int64_t sim_at(std::int64_t host_ns) const {
    return sim0_ns_ + static_cast<std::int64_t>(speed_ * static_cast<double>(host_ns - host0_ns_));
  }
  /// The first instant of the host at which `sim_ns` is reached; far simulated instants: some instant within a day.
  [[nodiscard]] std::int64_t host_at(std::int64_t sim_ns) const {
    constexpr double day_ns = 86'400e9;
    const double wait_ns = static_cast<double>(sim_ns - sim0_ns_) / speed_;
    auto host_ns = host0_ns_ + static_cast<std::int64_t>(std::clamp(wait_ns, 0.0, day_ns));
    while (wait_ns < day_ns && sim_at(host_ns) < sim_ns) ++host_ns;
    return host_ns;
  }
  /// Another speed from here on. What the simulation was behind by is forgotten.
  void go_on(double speed, std::int64_t host_ns, std::int64_t sim_ns) { *this = Pace(speed, host_ns, sim_ns); }

 private:
  double speed_;
  std::int64_t host0_ns_, sim0_ns_;
};

/// Being late is told, at most once a second and then with the worst of it: the simulation did something later than
/// the host's clock asked for by more than a tick, because the host was busy elsewhere or the speed is beyond it.
class Lateness {
 public:
  static constexpr std::int64_t tick_ns = 10'000'000, pause_ns = 1'000'000'000;

  /// What was due at `due_ns` was done at `done_ns`, both of the host.
  void note(std::int64_t due_ns, std::int64_t done_ns) {
    worst_ns_ = std::max(worst_ns_, done_ns - due_ns);
    longest_ns_ = std::max(longest_ns_, worst_ns_);
  }
  /// By how much it was late, when that is to be told now.
  std::optional<std::int64_t> tell(std::int64_t host_ns) {
    if (worst_ns_ <= tick_ns || (told_ns_ && host_ns < *told_ns_ + pause_ns)) return std::nullopt;
    told_ns_ = host_ns;
    ++times_;
    return std::exchange(worst_ns_, 0);
  }
  [[nodiscard]] std::int64_t longest_ns() const { return longest_ns_; }
  [[nodiscard]] std::uint64_t times() const { return times_; }

 private:
  std::int64_t worst_ns_ = 0, longest_ns_ = 0;
  std::optional<std::int64_t> told_ns_;
  std::uint64_t times_ = 0;
};

}  // namespace rig::live
