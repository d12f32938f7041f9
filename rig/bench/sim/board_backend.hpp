// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

#include "board.h"

namespace rig::bench {

/// What stands behind the host table of one firmware instance: the pins, converters and buses of one simulated board.
/// Called by FirmwareModule with the time of the call. Return codes as in board.h. `blocks_ns` = wire time that the
/// caller must wait; FirmwareModule does the waiting.
class BoardBackend {
 public:
  virtual ~BoardBackend() = default;
  /// The firmware is about to get the CPU at t: whatever of the hardware ends at this very instant ends first, so that
  /// its interrupt and the wake-up are one. Called from the kernel, may call raise_irq.
  virtual void about_to_run(std::int64_t /*t_ns*/) {}
  virtual int gpio_read(std::int64_t t_ns, std::uint32_t pin) = 0;
  virtual int gpio_write(std::int64_t t_ns, std::uint32_t pin, std::uint32_t level) = 0;
  virtual int adc_read(std::int64_t t_ns, std::uint32_t channel, std::int32_t& raw) = 0;
  virtual int adc_scan_start(std::int64_t t_ns, std::uint32_t group) = 0;
  virtual int pwm_write(std::int64_t t_ns, std::uint32_t channel, std::uint32_t duty_ppm) = 0;
  virtual int i2c_xfer(std::int64_t t_ns, std::uint32_t bus, std::uint32_t address7, const std::uint8_t* write,
                       std::size_t write_bytes, std::uint8_t* read, std::size_t read_bytes,
                       std::int64_t& blocks_ns) = 0;
  virtual int spi_xfer(std::int64_t t_ns, std::uint32_t bus, std::uint32_t cs, const std::uint8_t* tx, std::uint8_t* rx,
                       std::size_t bytes, bool hold_cs, std::int64_t& blocks_ns) = 0;
  /// False: a transfer now is heard by no chip of this bus, since no select pin is low and `cs` is none of them.
  [[nodiscard]] virtual bool spi_is_heard(std::uint32_t /*bus*/, std::uint32_t /*cs*/) const { return true; }
  virtual int uart_write(std::int64_t t_ns, std::uint32_t port, const std::uint8_t* data, std::size_t bytes) = 0;
  virtual int uart_read(std::int64_t t_ns, std::uint32_t port, std::uint8_t* data, std::size_t capacity) = 0;
  virtual int can_send(std::int64_t t_ns, std::uint32_t bus, const board_can_frame& frame) = 0;
  virtual int can_recv(std::int64_t t_ns, std::uint32_t bus, board_can_frame& frame) = 0;
  virtual int can_configure(std::int64_t /*t_ns*/, std::uint32_t /*bus*/, std::uint32_t /*bit_per_s*/) {
    return BOARD_EINVAL;
  }
  virtual int nv_read(std::uint32_t offset, std::uint8_t* data, std::size_t bytes) = 0;
  /// Of non-volatile bytes that are flash; sectors 0: plain bytes. Asked once, before the firmware starts.
  struct NvGeometry {
    std::uint32_t sector_bytes = 0, sectors = 0;
  };
  [[nodiscard]] virtual NvGeometry nv_geometry() const { return {}; }
  /// `stands_ns` = time in which the firmware does not run at all; FirmwareModule takes it off the CPU.
  virtual int nv_write(std::int64_t t_ns, std::uint32_t offset, const std::uint8_t* data, std::size_t bytes,
                       std::int64_t& stands_ns) = 0;
  virtual int nv_erase(std::int64_t /*t_ns*/, std::uint32_t /*sector*/, std::int64_t& /*stands_ns*/) {
    return BOARD_EINVAL;
  }
  virtual void log(std::int64_t t_ns, std::uint32_t level, const char* text) = 0;
  virtual void probe(std::int64_t t_ns, const char* name, double value) = 0;
  /// The controller entered reset (true) or has just been started (false): outputs take their reset levels at t.
  virtual void reset_changed(std::int64_t t_ns, bool in_reset, std::uint32_t cause) = 0;
};

}  // namespace rig::bench
