// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

namespace jk::core {

/// Flash as a store sees it. Nothing here reports success: who writes or erases looks at the bytes afterwards.
class Flash {
 public:
  struct Geometry {
    std::uint32_t sector_bytes = 0;  // erased together
    std::uint32_t sectors = 0;
  };
  [[nodiscard]] virtual Geometry geometry() const = 0;
  virtual void read(std::uint32_t sector, std::uint32_t offset, std::span<std::uint8_t> into) const = 0;
  /// Turns bits from 1 to 0 and never back, the first byte first. A power cut leaves the rest as it was.
  virtual void write(std::uint32_t sector, std::uint32_t offset, std::span<const std::uint8_t> bytes) = 0;
  /// All bytes to FF. The processor stands still meanwhile; a power cut leaves anything.
  virtual void erase(std::uint32_t sector) = 0;

 protected:
  ~Flash() = default;
};

}  // namespace jk::core
