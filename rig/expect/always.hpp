// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "rig/expect/monitor.hpp"

namespace rig::expect {

/// always: P [while: W]     (never: P is always: not P)
/// Formula 0 is what must hold, formula 1 the gate. Judged while the gate is yes and formula 0 is known.
/// Margin: the least signed distance to the limit of the deciding comparison; without one, minus the longest violation.
class Always : public Monitor {
 public:
  Always(bool never, bool gated, const Slots& slots) : never_(never), gated_(gated), slots_(slots) {}

  void observe(const Observation& at) override;
  void close(std::int64_t t_ns) override;
  [[nodiscard]] Verdict verdict() const override;
  [[nodiscard]] bool wants_figures() const override { return true; }
  [[nodiscard]] double floor() const override;
  void figure(std::int64_t t_ns, const Decision& decision, const double* values) override;

 private:
  struct Figure {
    double rank = std::numeric_limits<double>::infinity();  // Decision::margin
    double margin = 0, measured = 0, limit = 0, standard = kNothing;
    std::int64_t t_ns = -1;
    const Comparison* comparison = nullptr;
    std::vector<std::uint32_t> elements;  // slots
  };
  void keep(Figure& worst, std::int64_t t_ns, const Decision& decision, const double* values) const;
  void end_violation(std::int64_t t_ns);
  [[nodiscard]] Verdict with_figure(const Figure& worst) const;
  [[nodiscard]] Verdict with_time() const;
  [[nodiscard]] std::string why(const Figure& worst) const;

  const bool never_, gated_;
  const Slots& slots_;
  Truth gate_ = Truth::no, truth_ = Truth::unknown;
  bool judged_ = false;
  std::uint64_t intervals_ = 0, violations_ = 0;
  std::int64_t t_violated_ns_ = -1, longest_ns_ = 0, total_ns_ = 0, t_longest_ns_ = -1;
  Dating longest_dating_, began_dating_;
  Figure inside_, outside_;  // worst while it held, worst of the violations
};

}  // namespace rig::expect
