// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/each_stretch.hpp"

namespace rig::expect {
namespace {

/// A fail is worse than a pass, a fail without a figure the worst.
bool is_worse(const Verdict& a, const Verdict& b) {
  if (a.result != b.result) return a.result == Result::fail;
  const bool a_known = a.margin.value == a.margin.value, b_known = b.margin.value == b.margin.value;
  if (a_known != b_known) return b_known;
  return a_known && a.margin.value < b.margin.value;
}

}  // namespace

void EachStretch::open(std::int64_t t_ns) {
  Monitor::open(t_ns);
  inner_ = make_();
  inner_->open(t_ns);
}

void EachStretch::close(std::int64_t t_ns) {
  inner_->close(t_ns);
  Verdict verdict = inner_->verdict();
  if (verdict.result != Result::pass) {
    ++failed_;
    verdict.reason += ", in the stretch from " + text(t_open_ns_) + " to " + text(t_ns);
  }
  if (++stretches_ == 1 || is_worse(verdict, worst_)) worst_ = std::move(verdict);
}

Verdict EachStretch::verdict() const {
  Verdict verdict = worst_;
  verdict.occurrences = stretches_;
  verdict.violations = failed_;
  if (failed_ > 0 && stretches_ > 1)
    verdict.reason += " (" + std::to_string(failed_) + " of " + std::to_string(stretches_) + " failed)";
  return verdict;
}

}  // namespace rig::expect
