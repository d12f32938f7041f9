// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstddef>
#include <ostream>
#include <string>

namespace rig::cli {

/// The line while it runs. On a terminal one line that is rewritten; elsewhere one plain line at the start and one at
/// the end. Host time is shown and decides nothing.
class Progress {
 public:
  Progress(std::ostream& out, bool is_terminal, std::size_t scenarios, unsigned jobs);
  void finished_one();
  void tick();  // shows the time going on; a terminal only
  void end();

  /// "running 8 scenarios on 2 cores ━━━━━━━━━━━━━━━━━━━━━ 8/8  0.4 s"
  [[nodiscard]] static std::string line(std::size_t scenarios, unsigned jobs, std::size_t done, double elapsed_s);

 private:
  [[nodiscard]] double elapsed_s() const;
  void show();
  std::ostream& out_;
  bool is_terminal_;
  std::size_t scenarios_, done_ = 0;
  unsigned jobs_;
  std::chrono::steady_clock::time_point start_, shown_;
};

}  // namespace rig::cli
