// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace rig::telemetry {

/// A request that did not get what it asked for. what() is a sentence that names the device, the address and what was
/// asked.
class ModbusError : public std::runtime_error {
 public:
  enum class Kind : std::uint8_t {
    link,     // the device cannot be opened, or is gone
    silence,  // nobody answered in time
    damaged,  // wrong checksum, wrong address, wrong length
    refused   // the board answered with an exception
  };
  ModbusError(Kind kind, int exception, const std::string& sentence)
      : std::runtime_error(sentence), kind_(kind), exception_(exception) {}
  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] int exception() const { return exception_; }  // 1 to 4 of a refusal; 0 otherwise

 private:
  Kind kind_;
  int exception_;
};

/// What the block 0x1200 says of the battery. Cells that the board does not see are left out at the end.
struct JkLive {
  std::vector<int> cell_mV;
  int mos_ddegC = 0, t1_ddegC = 0, t2_ddegC = 0;
  std::int64_t pack_mV = 0, power_mW = 0;
  int current_mA = 0;        // charging positive
  std::uint32_t alarms = 0;  // bits: docs/modbus.md
  int balance_mA = 0;
  int balance_state = 0;  // 0 off, 1 charging a low cell, 2 discharging a high one
  int soc_percent = 0;
  std::int64_t remaining_mAh = 0, full_mAh = 0, cycle_mAh = 0;
  int cycles = 0, soh_percent = 0;
  std::int64_t run_time_s = 0;
  bool charge_mos = false, discharge_mos = false;
};

/// The client side of Modbus RTU on a JK board ("JK BMS RS485 Modbus V1.1", docs/references.md#jk-modbus), on
/// libmodbus. A register address is the block plus a byte offset, quantities are words of 16 bits; numbers are
/// big-endian. Every call talks to the board and throws ModbusError.
class JkModbusClient {
 public:
  struct Line {
    std::string device;  // "/dev/ttyUSB0", or a pseudo-terminal
    int baud = 115200;   // 8N1
    double timeout_s = 1;
  };
  JkModbusClient(Line line, int address);
  ~JkModbusClient();
  JkModbusClient(const JkModbusClient&) = delete;
  JkModbusClient& operator=(const JkModbusClient&) = delete;

  /// Whom the calls that follow mean, 1 to 247.
  void select(int address);

  /// `bytes` (even) from the address on. More than 40 words are asked for in pieces, each of its own instant.
  std::vector<std::uint8_t> read(std::uint16_t address, std::size_t bytes);
  /// An even number of bytes, at most 80, as one request.
  void write(std::uint16_t address, std::span<const std::uint8_t> bytes);

  JkLive live();
  /// A setting by the name that scenarios use ("cell_ovp"), in base units (V, A, s, degC, Ah; bits 0 or 1).
  /// std::out_of_range: no such name in the map.
  double setting(std::string_view name);
  /// The same; what has no whole number of the board's steps is std::invalid_argument. Settings that share a word keep
  /// the rest of it.
  void set_setting(std::string_view name, double value);
  [[nodiscard]] static std::vector<std::string> setting_names();

 private:
  struct Context;
  [[noreturn]] void fail(const std::string& what) const;

  Line line_;
  int address_;
  std::unique_ptr<Context> context_;
};

}  // namespace rig::telemetry
