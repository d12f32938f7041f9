// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "rig/expect/judge.hpp"

namespace rig::expect {

/// The signals that the claims of one run name, numbered densely, so that an instant of all of them is one array of
/// doubles. Continuous slots are signals of the plant that vary inside an interval; the others (bits, telemetry) are
/// held between changes.
class Slots {
 public:
  explicit Slots(const scenario::Catalogue& catalogue, const scenario::BenchUncertainty* uncertainty = nullptr)
      : catalogue_(&catalogue), uncertainty_(uncertainty) {}

  /// Slot of a signal; the first call for a signal makes one.
  [[nodiscard]] std::uint32_t slot(SignalId id);
  [[nodiscard]] const scenario::SignalInfo& info(std::uint32_t slot) const { return catalogue_->info(ids_[slot]); }
  [[nodiscard]] bool continuous(std::uint32_t slot) const { return info(slot).kind == scenario::SignalKind::plant; }
  [[nodiscard]] bool telemetry(std::uint32_t slot) const;
  /// The bench states how well it measures.
  [[nodiscard]] bool uncertain() const { return uncertainty_ != nullptr && uncertainty_->any(); }
  /// Standard uncertainty of this reading: 0 of bits and of what the board reports, which nobody measures; NaN where
  /// the bench states none.
  [[nodiscard]] double standard(std::uint32_t slot, double value) const;
  [[nodiscard]] SignalId id(std::uint32_t slot) const { return ids_[slot]; }
  [[nodiscard]] std::size_t size() const { return ids_.size(); }

 private:
  const scenario::Catalogue* catalogue_;
  const scenario::BenchUncertainty* uncertainty_;
  std::vector<SignalId> ids_;
};

/// Reads a fixed set of continuous slots from the source in one call.
class Probe {
 public:
  Probe(const SignalSource& source, const Slots& slots, std::vector<std::uint32_t> continuous);
  /// Overwrites these slots in `values` (one double a slot of the run) with the plant at t.
  void read(std::int64_t t_ns, double* values);
  [[nodiscard]] const std::vector<std::uint32_t>& slots() const { return slots_; }

 private:
  const SignalSource* source_;
  std::vector<std::uint32_t> slots_;
  std::vector<SignalId> ids_;
  std::vector<double> read_;
};

}  // namespace rig::expect
