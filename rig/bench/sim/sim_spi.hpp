// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "models/afe/mcp3208.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

/// The chips on the SPI buses of a board. A chip listens while its select pin is low, whoever drives the pin: the
/// firmware by gpio_write, or spi_xfer with the number of that pin as `cs`.
class SimSpi {
 public:
  /// Code of input `channel` of the chip `chip` at t.
  using Sample = std::function<std::int32_t(std::size_t chip, int channel, std::int64_t t_ns)>;
  SimSpi(const std::vector<scenario::BoardSpec::SpiDevice>& devices, const Sample& sample);

  /// A pin changed; pins that select no chip are ignored.
  void pin(std::uint32_t gpio, bool level);
  /// A chip of this bus would take part in a transfer now; true too for a bus without chips, which transfer() refuses.
  [[nodiscard]] bool is_heard(std::uint32_t bus, std::uint32_t cs) const;
  /// Whole transfer; returns its wire time in ns, or BOARD_EINVAL for a bus without chips.
  [[nodiscard]] std::int64_t transfer(std::int64_t t_ns, std::uint32_t bus, std::uint32_t cs, const std::uint8_t* tx,
                                      std::uint8_t* rx, std::size_t bytes, bool hold_cs);

 private:
  struct Chip {
    std::uint32_t bus, select_gpio;
    std::int64_t bit_ns;
    std::unique_ptr<models::afe::Mcp3208> model;
  };
  std::vector<Chip> chips_;
};

}  // namespace rig::bench
