// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <utility>

#include "rig/expect/monitor.hpp"

namespace rig::expect {

/// between: [E1, E2] of a claim that has one answer a window: a monitor of its own for every stretch, and the worst of
/// their verdicts. occurrences: stretches; violations: those that failed.
class EachStretch : public Monitor {
 public:
  using Make = std::function<std::unique_ptr<Monitor>()>;
  explicit EachStretch(Make make) : make_(std::move(make)), inner_(make_()) {}

  void open(std::int64_t t_ns) override;
  void observe(const Observation& at) override { inner_->observe(at); }
  void close(std::int64_t t_ns) override;
  [[nodiscard]] Verdict verdict() const override;
  [[nodiscard]] bool wants_ending() const override { return inner_->wants_ending(); }
  void ending(const Decision& decision, const double* values) override { inner_->ending(decision, values); }

 private:
  const Make make_;
  std::unique_ptr<Monitor> inner_;
  std::uint64_t stretches_ = 0, failed_ = 0;
  Verdict worst_;
};

}  // namespace rig::expect
