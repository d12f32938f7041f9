// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstddef>
#include <ostream>
#include <string>

namespace rig::cli {

/// The line of a campaign while it runs, on a terminal only: how many runs, how fast, how long it will take. Host time
/// is shown and decides nothing.
class CampaignProgress {
 public:
  /// `total` 0: nobody knows, as in a search. `from`: runs that an earlier call has made.
  CampaignProgress(std::ostream& out, bool is_terminal, std::string name, std::size_t total, std::size_t from);
  void show(std::size_t done);
  void end();

  /// "monte_carlo ━━━━━━━━━━            5000/10000  512 runs/s  9.8 s left"
  [[nodiscard]] static std::string line(const std::string& name, std::size_t total, std::size_t from, std::size_t done,
                                        double elapsed_s);

 private:
  std::ostream& out_;
  bool is_terminal_;
  std::string name_;
  std::size_t total_, from_;
  std::chrono::steady_clock::time_point start_, shown_;
};

}  // namespace rig::cli
