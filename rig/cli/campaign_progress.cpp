// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/campaign_progress.hpp"

#include <cstdio>
#include <utility>

namespace rig::cli {
namespace {

using PaceClock = std::chrono::steady_clock;

constexpr std::size_t bar_width = 21;

std::string rate_text(double runs, double elapsed_s) {
  char text[48];
  std::snprintf(text, sizeof text, "  %.0f runs/s", elapsed_s > 0 ? runs / elapsed_s : 0);
  return text;
}

std::string left_text(double left, double runs, double elapsed_s) {
  if (!(runs > 0)) return "";
  char text[48];
  std::snprintf(text, sizeof text, "  %.1f s left", left * elapsed_s / runs);
  return text;
}

}  // namespace

std::string CampaignProgress::line(const std::string& name, std::size_t total, std::size_t from, std::size_t done,
                                   double elapsed_s) {
  const auto made = static_cast<double>(done > from ? done - from : 0);
  if (total == 0) return name + "  " + std::to_string(done) + " runs" + rate_text(made, elapsed_s);
  std::string bar;
  for (std::size_t i = 0; i < bar_width; ++i) bar += i < bar_width * done / total ? "━" : " ";
  return name + " " + bar + " " + std::to_string(done) + "/" + std::to_string(total) + rate_text(made, elapsed_s) +
         left_text(static_cast<double>(total - done), made, elapsed_s);
}

CampaignProgress::CampaignProgress(std::ostream& out, bool is_terminal, std::string name, std::size_t total,
                                   std::size_t from)
    : out_(out),
      is_terminal_(is_terminal),
      name_(std::move(name)),
      total_(total),
      from_(from),
      start_(PaceClock::now()) {
  show(from);
}

void CampaignProgress::show(std::size_t done) {
  const auto now = PaceClock::now();
  if (!is_terminal_ || now - shown_ < std::chrono::milliseconds(100)) return;
  shown_ = now;
  out_ << "\r\x1b[K" << line(name_, total_, from_, done, std::chrono::duration<double>(now - start_).count())
       << std::flush;
}

void CampaignProgress::end() {
  if (is_terminal_) out_ << "\r\x1b[K" << std::flush;
}

}  // namespace rig::cli
