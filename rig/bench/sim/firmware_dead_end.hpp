// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "rig/bench/sim/board_backend.hpp"

namespace rig::bench {

/// What destroy() sees: a controller in reset has no pins and no buses.
class DeadEnd final : public BoardBackend {
  int gpio_read(std::int64_t, std::uint32_t) override { return BOARD_EINVAL; }
  int gpio_write(std::int64_t, std::uint32_t, std::uint32_t) override { return BOARD_EINVAL; }
  int adc_read(std::int64_t, std::uint32_t, std::int32_t&) override { return BOARD_EINVAL; }
  int adc_scan_start(std::int64_t, std::uint32_t) override { return BOARD_EINVAL; }
  int pwm_write(std::int64_t, std::uint32_t, std::uint32_t) override { return BOARD_EINVAL; }
  int i2c_xfer(std::int64_t, std::uint32_t, std::uint32_t, const std::uint8_t*, std::size_t, std::uint8_t*, std::size_t,
               std::int64_t&) override {
    return BOARD_EINVAL;
  }
  int spi_xfer(std::int64_t, std::uint32_t, std::uint32_t, const std::uint8_t*, std::uint8_t*, std::size_t, bool,
               std::int64_t&) override {
    return BOARD_EINVAL;
  }
  int uart_write(std::int64_t, std::uint32_t, const std::uint8_t*, std::size_t) override { return BOARD_EINVAL; }
  int uart_read(std::int64_t, std::uint32_t, std::uint8_t*, std::size_t) override { return BOARD_EINVAL; }
  int can_send(std::int64_t, std::uint32_t, const board_can_frame&) override { return BOARD_EINVAL; }
  int can_recv(std::int64_t, std::uint32_t, board_can_frame&) override { return BOARD_EINVAL; }
  int nv_read(std::uint32_t, std::uint8_t*, std::size_t) override { return BOARD_EINVAL; }
  int nv_write(std::int64_t, std::uint32_t, const std::uint8_t*, std::size_t, std::int64_t&) override {
    return BOARD_EINVAL;
  }
  void log(std::int64_t, std::uint32_t, const char*) override {}
  void probe(std::int64_t, const char*, double) override {}
  void reset_changed(std::int64_t, bool, std::uint32_t) override {}
};

}  // namespace rig::bench
