// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/flash/params.hpp"

namespace models::flash {

/// NOR flash of a microcontroller. Writing turns bits from 1 to 0, one word of 16 bits after the other, the lowest
/// address first; erasing turns a whole sector to FF. Both take their time, and a cut in the middle leaves what has
/// come about by then:
///   write   words before the cut hold; of the word under way each bit that should fall has fallen with probability p
///   erase   each bit is 1 with probability p; the others hold what they held, or were programmed to 0 before (as the
///           controller of the flash does first), with equal odds
/// p = share of the word's or the sector's time that has passed. Drawn from the seed, so a run can be repeated.
///
/// A firmware whose local time runs ahead does several of these at one instant of the kernel, each beginning where the
/// last one ended: bytes() shows them done at once, and cut() takes back what had not happened yet.
class Flash {
 public:
  Flash(const FlashParams& params, std::uint64_t seed);  // throws std::invalid_argument: name, value, range

  [[nodiscard]] std::span<const std::uint8_t> bytes() const { return bytes_; }
  [[nodiscard]] const FlashParams& params() const { return params_; }

  /// Both begin at `begin_ns`, not before the last one has ended, and return when they will have ended. Range of offset
  /// and sector: the caller's care.
  std::int64_t write(std::int64_t begin_ns, std::size_t offset, std::span<const std::uint8_t> data);
  std::int64_t erase(std::int64_t begin_ns, std::size_t sector);
  /// Reset or loss of supply at t.
  void cut(std::int64_t t_ns);
  /// Nothing will be cut before t any more.
  void settle(std::int64_t t_ns);

 private:
  struct Operation {
    std::int64_t begin_ns, end_ns;
    std::size_t offset;
    std::vector<std::uint8_t> before;
    bool is_erasure;
  };
  void begin(std::int64_t begin_ns, std::int64_t end_ns, std::size_t offset, std::size_t count, bool is_erasure);
  void tear(const Operation& operation, std::int64_t t_ns);
  void tear_write(const Operation& operation, std::int64_t passed_ns);
  void tear_erasure(const Operation& operation, double share);
  [[nodiscard]] std::uint8_t bits_with(double probability);  // each set with it

  FlashParams params_;
  std::int64_t write_ns_, erase_ns_;
  std::uint64_t seed_;
  std::uint64_t drawn_ = 0;
  std::vector<std::uint8_t> bytes_;
  std::vector<Operation> pending_;  // may still be cut; in order of time
};

}  // namespace models::flash
