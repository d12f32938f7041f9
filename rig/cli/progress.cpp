// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/progress.hpp"

#include <cstdio>

#include "rig/cli/text.hpp"

namespace rig::cli {
namespace {

constexpr std::size_t kBar = 21;

std::string seconds(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f s", value);
  return text;
}

std::string head(std::size_t scenarios, unsigned jobs) {
  return "running " + counted(scenarios, "scenario") + " on " + counted(jobs, "core");
}

std::string fraction(std::size_t done, std::size_t all) { return std::to_string(done) + "/" + std::to_string(all); }

}  // namespace

std::string Progress::line(std::size_t scenarios, unsigned jobs, std::size_t done, double elapsed_s) {
  std::string bar;
  const std::size_t filled = scenarios == 0 ? 0 : kBar * done / scenarios;
  for (std::size_t i = 0; i < kBar; ++i) bar += i < filled ? "━" : " ";
  return head(scenarios, jobs) + " " + bar + " " + fraction(done, scenarios) + "  " + seconds(elapsed_s);
}

Progress::Progress(std::ostream& out, bool is_terminal, std::size_t scenarios, unsigned jobs)
    : out_(out),
      is_terminal_(is_terminal),
      scenarios_(scenarios),
      jobs_(jobs),
      start_(std::chrono::steady_clock::now()) {
  if (is_terminal_)
    show();
  else
    out_ << head(scenarios_, jobs_) << std::endl;
}

void Progress::finished_one() {
  ++done_;
  tick();
}

void Progress::tick() {
  const auto now = std::chrono::steady_clock::now();
  if (is_terminal_ && now - shown_ > std::chrono::milliseconds(40)) show();
}

void Progress::end() {
  if (is_terminal_) {
    show();
    out_ << std::endl;
  } else {
    out_ << fraction(done_, scenarios_) << "  " << seconds(elapsed_s()) << std::endl;
  }
}

double Progress::elapsed_s() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void Progress::show() {
  shown_ = std::chrono::steady_clock::now();
  out_ << "\r\x1b[K" << line(scenarios_, jobs_, done_, elapsed_s()) << std::flush;
}

}  // namespace rig::cli
