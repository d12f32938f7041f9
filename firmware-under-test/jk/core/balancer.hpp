// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>

#include "firmware-under-test/jk/core/settings.hpp"

namespace jk::core {

/// The converter moves charge between one cell and the store.
enum class Transfer : std::uint8_t { cell_to_store = 0, store_to_cell = 1 };

struct BalanceCommand {
  bool is_running = false;
  Transfer transfer = Transfer::cell_to_store;
  std::size_t cell = 0;  // index from 0
  bool operator==(const BalanceCommand&) const = default;
};

struct CellSpread {
  std::size_t highest_cell, lowest_cell;
  std::int32_t highest_mV, lowest_mV;
};

/// The store counts as full or empty 10 mV inside its limits of 2.7 V and 1.0 V: the converter's own stop lies there,
/// and an ADC that reads 2 mV low would otherwise wait for ever.
inline constexpr std::int32_t store_full_mV = 2690;
inline constexpr std::int32_t store_empty_mV = 1010;
/// Run time between two pauses; with the 64 ms scan of 8 cells the period is 1424 ms, 4.5 % of it pause.
inline constexpr std::uint64_t balance_run_ns = 1'360'000'000;
/// A store that does not move by 10 mV in 20 s will not reach the end of its phase: the other phase begins. At 0.3 A,
/// the lowest setting, a healthy one moves 4 mV each second. (A cell too low to fill it, an open lead, a leak.)
inline constexpr std::int32_t store_moves_mV = 10;
inline constexpr std::uint64_t store_stands_ns = 20'000'000'000;

/// Highest cell to store until the store is full, then store to lowest cell until it is empty, one cell at a time,
/// chosen anew after each scan; a store that stands still ends the phase too. Cells are measured with the converter
/// paused. Starts when the spread is above balance_trigger and the highest cell above balance_start, stops when either
/// is no longer reached (spread equal to the trigger keeps the state). Source: JK manual 5.3.2 f, o; measured phases in
/// facts 5.6.
class Balancer {
 public:
  explicit Balancer(const Settings& settings) { set_limits(settings); }
  void set_limits(const Settings& settings);
  /// Whether decide() would balance these cells.
  [[nodiscard]] bool wants(const CellSpread& spread) const;

  /// After a finished scan with all cells known.
  void decide(const CellSpread& spread, std::uint64_t now_ns);
  /// Each tick. `may_run` false stops at once, until the next decide(). An unknown store stops too.
  void update(bool may_run, std::optional<std::int32_t> store_mV, std::uint64_t now_ns);

  [[nodiscard]] BalanceCommand command() const;
  /// Balancing is going on; stays true during the pauses to measure.
  [[nodiscard]] bool is_active() const { return is_active_; }

 private:
  void watch(std::int32_t store_mV, std::uint64_t now_ns);
  void begin(Transfer transfer);

  std::int32_t trigger_mV_ = 0, start_mV_ = 0;
  bool is_enabled_ = false;
  bool is_active_ = false;
  bool is_running_ = false;
  Transfer transfer_ = Transfer::cell_to_store;
  std::size_t highest_cell_ = 0, lowest_cell_ = 0;
  std::uint64_t started_ns_ = 0;
  bool is_watching_ = false;  // the two below are valid
  std::int32_t watched_mV_ = 0;
  std::uint64_t watched_ns_ = 0;
};

}  // namespace jk::core
