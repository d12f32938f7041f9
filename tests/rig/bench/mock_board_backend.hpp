// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gmock/gmock.h>

#include "rig/bench/sim/board_backend.hpp"

namespace rig::bench {

class MockBoardBackend : public BoardBackend {
 public:
  using Time = std::int64_t;
  using Number = std::uint32_t;
  using Bytes = const std::uint8_t*;
  MOCK_METHOD(int, gpio_read, (Time, Number), (override));
  MOCK_METHOD(int, gpio_write, (Time, Number, Number), (override));
  MOCK_METHOD(int, adc_read, (Time, Number, std::int32_t&), (override));
  MOCK_METHOD(int, adc_scan_start, (Time, Number), (override));
  MOCK_METHOD(int, pwm_write, (Time, Number, Number), (override));
  MOCK_METHOD(int, i2c_xfer, (Time, Number, Number, Bytes, std::size_t, std::uint8_t*, std::size_t, std::int64_t&),
              (override));
  MOCK_METHOD(int, spi_xfer, (Time, Number, Number, Bytes, std::uint8_t*, std::size_t, bool, std::int64_t&),
              (override));
  MOCK_METHOD(bool, spi_is_heard, (Number, Number), (const, override));
  MOCK_METHOD(int, uart_write, (Time, Number, Bytes, std::size_t), (override));
  MOCK_METHOD(int, uart_read, (Time, Number, std::uint8_t*, std::size_t), (override));
  MOCK_METHOD(int, can_send, (Time, Number, const board_can_frame&), (override));
  MOCK_METHOD(int, can_recv, (Time, Number, board_can_frame&), (override));
  MOCK_METHOD(int, can_configure, (Time, Number, Number), (override));
  MOCK_METHOD(int, nv_read, (Number, std::uint8_t*, std::size_t), (override));
  MOCK_METHOD(NvGeometry, nv_geometry, (), (const, override));
  MOCK_METHOD(int, nv_write, (Time, Number, Bytes, std::size_t, std::int64_t&), (override));
  MOCK_METHOD(int, nv_erase, (Time, Number, std::int64_t&), (override));
  MOCK_METHOD(void, log, (Time, Number, const char*), (override));
  MOCK_METHOD(void, probe, (Time, const char*, double), (override));
  MOCK_METHOD(void, reset_changed, (Time, bool, Number), (override));
};

}  // namespace rig::bench
