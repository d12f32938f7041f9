// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "firmware-under-test/jk/core/device.hpp"
#include "firmware-under-test/jk/protocols/serial_4e57.hpp"

namespace jk::protocols {

/// Replies of a board, from what its ports share. Each stays until the next is asked for.
class Reply4e57 {
 public:
  /// All ids in the order of the document, 243 + 3 * cells bytes. Settings and texts are written anew when they have
  /// changed, else only what moves: ids 79 to 8C, B6, B9.
  [[nodiscard]] std::span<const std::uint8_t> read_all(const core::Device& device, const core::Status& status,
                                                       std::uint8_t command);
  /// One id of the read-all reply with its value; empty when it has no such id.
  [[nodiscard]] std::span<const std::uint8_t> read_one(const core::Device& device, const core::Status& status,
                                                       std::uint8_t id);
  /// The id alone.
  [[nodiscard]] std::span<const std::uint8_t> acknowledge(std::uint8_t command, std::uint8_t id);

 private:
  void lay_out(const core::Device& device, const core::Status& status);
  void begin(std::uint8_t command, std::size_t size);
  std::span<const std::uint8_t> finish(std::size_t data_end);

  std::array<std::uint8_t, longest_reply> frame_{};
  std::size_t size_ = 0;  // of the read-all frame; 0 = none is laid out
  std::size_t settings_at_ = 0, run_time_at_ = 0;
  std::uint32_t settings_sum_ = 0;  // of the bytes that stay
  std::uint32_t revision_ = 0;      // of the settings and texts that are laid out
};

}  // namespace jk::protocols
