// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <vector>

#include "firmware-under-test/jk/core/flash.hpp"

namespace fake {

/// Flash in memory that notes what was done to it, so that a test can do part of it again: tear() leaves what a power
/// cut in the middle of an operation may leave.
// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): nothing can derive from it
class Flash final : public jk::core::Flash {
 public:
  using Bytes = std::vector<std::uint8_t>;
  explicit Flash(std::uint32_t sector_bytes, std::uint32_t sectors = 2)
      : geometry_{sector_bytes, sectors}, bytes(std::size_t{sector_bytes} * sectors, 0xFF) {}

  struct Operation {
    bool is_erasure = false;
    std::uint32_t sector = 0, offset = 0;
    Bytes data;
  };

  [[nodiscard]] Geometry geometry() const override { return geometry_; }
  void read(std::uint32_t sector, std::uint32_t offset, std::span<std::uint8_t> into) const override {
    std::copy_n(bytes.begin() + at(sector, offset), into.size(), into.begin());
  }
  void write(std::uint32_t sector, std::uint32_t offset, std::span<const std::uint8_t> data) override {
    operations.push_back({false, sector, offset, Bytes(data.begin(), data.end())});
    for (std::size_t i = 0; i < data.size(); ++i) {
      std::uint8_t& byte = bytes[static_cast<std::size_t>(at(sector, offset)) + i];
      writes_twice = writes_twice || (byte != 0xFF && data[i] != 0);
      const std::uint8_t stuck = bits_stuck_at_1 ? bits_stuck_at_1(sector, offset + i) : std::uint8_t{0};
      byte &= static_cast<std::uint8_t>(data[i] | stuck);
    }
  }
  void erase(std::uint32_t sector) override {
    operations.push_back({true, sector, 0, {}});
    std::fill_n(bytes.begin() + at(sector, 0), geometry_.sector_bytes, std::uint8_t{0xFF});
    if (byte_stuck_at_0 != 0) bytes[static_cast<std::size_t>(at(sector, byte_stuck_at_0))] = 0;
  }

  static constexpr unsigned write_tears = 6, erase_tears = 8;
  /// Does `operation` as far as it came before the supply failed; `variant` below the number of them.
  void tear(const Operation& operation, unsigned variant, std::uint32_t seed) {
    std::mt19937 dice(seed);
    const auto first = bytes.begin() + at(operation.sector, operation.offset);
    operation.is_erasure ? half_erase(first, variant, dice) : half_write(first, operation.data, variant, dice);
  }

 private:
  Geometry geometry_;

 public:
  Bytes bytes;
  std::vector<Operation> operations;
  bool writes_twice = false;          // a byte that was not blank got anything but 0
  std::uint32_t byte_stuck_at_0 = 0;  // of every sector, when not 0
  std::function<std::uint8_t(std::uint32_t sector, std::size_t offset)> bits_stuck_at_1;

 private:
  [[nodiscard]] std::ptrdiff_t at(std::uint32_t sector, std::uint32_t offset) const {
    return std::ptrdiff_t{sector} * geometry_.sector_bytes + offset;
  }

  static void half_write(Bytes::iterator first, const Bytes& data, unsigned variant, std::mt19937& dice) {
    std::size_t whole = data.size();
    std::uint8_t missing = 0;  // bits of the next byte that are 1 still
    switch (variant) {
      case 0:  // nothing
        whole = 0;
        break;
      case 1:  // some bits of the first byte
        whole = 0;
        missing = static_cast<std::uint8_t>(dice());
        break;
      case 2:  // up to a byte
        whole = dice() % data.size();
        break;
      case 3:  // up to a byte and some bits of the next
        whole = dice() % data.size();
        missing = static_cast<std::uint8_t>(dice());
        break;
      case 4:  // all but one bit of the last byte that has one
        while (whole > 0 && data[whole - 1] == 0xFF) --whole;
        if (whole == 0) break;
        --whole;
        missing = static_cast<std::uint8_t>(~data[whole] & (data[whole] + 1u));
        break;
      default:  // all of it
        break;
    }
    for (std::size_t i = 0; i < whole; ++i) first[static_cast<std::ptrdiff_t>(i)] &= data[i];
    if (missing != 0 && whole < data.size())
      first[static_cast<std::ptrdiff_t>(whole)] &= static_cast<std::uint8_t>(data[whole] | missing);
  }

  void half_erase(Bytes::iterator first, unsigned variant, std::mt19937& dice) const {
    const auto end = first + geometry_.sector_bytes, half = first + geometry_.sector_bytes / 2;
    switch (variant) {
      case 0:  // not begun
        break;
      case 1:  // some bits are 1 already
        for (auto byte = first; byte != end; ++byte) *byte |= static_cast<std::uint8_t>(dice());
        break;
      case 2:  // anything
        for (auto byte = first; byte != end; ++byte) *byte = static_cast<std::uint8_t>(dice());
        break;
      case 3:
        std::fill(first, half, std::uint8_t{0xFF});
        break;
      case 4:
        std::fill(half, end, std::uint8_t{0xFF});
        break;
      case 5:  // all but what stands first
      case 6:
        std::fill(first + (variant == 5 ? 32 : 16), end, std::uint8_t{0xFF});
        break;
      default:  // all of it
        std::fill(first, end, std::uint8_t{0xFF});
    }
  }
};

}  // namespace fake
