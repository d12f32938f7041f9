// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "firmware-under-test/jk/core/settings.hpp"

namespace jk::core {

/// What the estimation remembers over a restart. mAus = mA x us.
struct SocMemory {
  std::int64_t charge_mAus = 0;      // in the pack
  std::int64_t full_mAus = 0;        // learned; 0 = nothing learned
  std::int64_t discharged_mAus = 0;  // in all, never falls
  std::int64_t net_mAus = 0;         // charged minus discharged, in all
  std::int64_t net_at_empty_mAus = 0;
  std::int64_t design_mAus = 0;  // that all this was counted against; 0 = not known
  std::uint32_t cycles = 0;
  bool has_been_empty = false;  // since the last full
};

/// Coulomb counter: charge += I dt, held inside 0 ... full. Starts from the lowest cell's voltage over an open-circuit
/// table of the chemistry (data/tables ocv_nmc_lgm50, ocv_lfp_a123, ocv_lto at every 10 %): a first guess, worth +-20 %
/// on the flat part of LiFePO4.
///
/// Marks: set_full and set_empty, when the voltages say so (ChargeMarks). From an empty mark to the next full one the
/// net charge is the learned full capacity, when it lies between 30 % and 130 % of the design capacity (JK manual 5.3.2
/// i: updated only after a complete discharge and charge). SOH = learned / design. A cycle is one time that the pack
/// became full (manual 5.3.2 l; real units rather show discharged / design: facts 5.5), counted in set_full alone.
class Soc {
 public:
  explicit Soc(const Settings& settings);
  /// Another capacity or chemistry. A new design capacity forgets what was learned; the charge keeps its share.
  void set_limits(const Settings& settings);
  /// Counted against another design capacity: as if that had changed now.
  void resume(const SocMemory& memory);
  [[nodiscard]] const SocMemory& memory() const { return memory_; }

  void estimate(std::int32_t lowest_cell_mV);
  void count(std::int32_t current_mA, std::uint64_t dt_ns);  // charging positive; dt up to 1 h
  void set_full();
  void set_empty();

  [[nodiscard]] bool is_estimated() const { return is_estimated_; }
  [[nodiscard]] std::int32_t percent() const;         // rounded down; 59 999 of 60 000 mAh is 99 %
  [[nodiscard]] std::int32_t remaining_mAh() const;   // rounded down
  [[nodiscard]] std::int32_t full_mAh() const;        // learned, or the design capacity
  [[nodiscard]] std::int32_t soh_percent() const;     // rounded to the nearest, at most 100
  [[nodiscard]] std::int64_t discharged_mAh() const;  // in all; rounded down
  [[nodiscard]] std::int64_t throughput_mAh() const;  // charged and discharged in all; rounded down
  [[nodiscard]] std::uint32_t cycles() const { return memory_.cycles; }

 private:
  [[nodiscard]] std::int64_t full_mAus() const {
    return memory_.full_mAus != 0 ? memory_.full_mAus : memory_.design_mAus;
  }
  void set(std::int64_t charge_mAus) { memory_.charge_mAus = charge_mAus, is_estimated_ = true; }
  void learn();
  void set_design(std::int64_t design_mAus);

  Preset chemistry_;
  SocMemory memory_;
  bool is_full_ = false;  // and has not fallen to 95 % since
  bool is_estimated_ = false;
};

}  // namespace jk::core
