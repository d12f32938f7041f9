// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "firmware-under-test/jk/core/settings.hpp"

namespace jk::core {

/// Coulomb counter: charge += I dt, held inside 0 ... capacity. Starts from the lowest cell's voltage over an
/// open-circuit table of the chemistry (data/tables ocv_nmc_lgm50, ocv_lfp_a123, ocv_lto at every 10 %): a first guess,
/// worth +-20 % on the flat part of LiFePO4. Full when cell OVP trips, empty when cell UVP trips (older JK firmware;
/// facts 5.5).
class Soc {
 public:
  explicit Soc(const Settings& settings);

  void estimate(std::int32_t lowest_cell_mV);
  void count(std::int32_t current_mA, std::uint64_t dt_ns);  // charging positive; dt up to 1 h
  void set_full() { set(capacity_mAus_); }
  void set_empty() { set(0); }

  [[nodiscard]] bool is_estimated() const { return is_estimated_; }
  [[nodiscard]] std::int32_t percent() const;         // rounded down; 59 999 of 60 000 mAh is 99 %
  [[nodiscard]] std::int32_t remaining_mAh() const;   // rounded down
  [[nodiscard]] std::int64_t discharged_mAh() const;  // since the start; rounded down

 private:
  void set(std::int64_t charge_mAus) { charge_mAus_ = charge_mAus, is_estimated_ = true; }

  Preset chemistry_;
  std::int64_t capacity_mAus_;
  std::int64_t charge_mAus_ = 0;
  std::int64_t discharged_mAus_ = 0;
  bool is_estimated_ = false;
};

}  // namespace jk::core
