// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "rig/bench/sim/sim_can.hpp"
#include "rig/bench/sim/sim_serial.hpp"
#include "rig/live/pseudo_terminal.hpp"
#include "rig/live/slcan.hpp"

namespace rig::live {

/// A wire of the simulation that ends at a pseudo-terminal. What a client sends enters the wire at the simulated
/// instant of the call; what the board sends is handed over once its last bit has passed.
class Port {
 public:
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

  Port(std::string name, std::string about, int baud) : name_(std::move(name)), about_(std::move(about)), end_(baud) {}
  virtual ~Port() = default;
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }    // "modbus"
  [[nodiscard]] const std::string& about() const { return about_; }  // "115200 8N1"
  [[nodiscard]] PseudoTerminal& end() { return end_; }
  virtual void from_client() = 0;
  virtual void to_client() = 0;
  /// The wire has room for more from the client. Otherwise the client waits, as at a device whose buffer is full.
  [[nodiscard]] virtual bool has_room() const = 0;
  /// Simulated instant at which there is more to do here.
  [[nodiscard]] virtual std::int64_t next_ns() const = 0;
  [[nodiscard]] std::string status() const;
  std::vector<std::string> news() { return std::exchange(news_, {}); }

 protected:
  void hand_over(std::span<const char> bytes);

  std::string name_, about_;
  PseudoTerminal end_;
  std::vector<std::string> news_;
  std::uint64_t heard_ = 0, told_ = 0, lost_ = 0;  // bytes
};

class SerialPort final : public Port {
 public:
  SerialPort(std::string name, int baud, bench::SerialEnd& wire);
  void from_client() override;
  void to_client() override;
  [[nodiscard]] bool has_room() const override { return wire_.client_under_way() < most_under_way; }
  [[nodiscard]] std::int64_t next_ns() const override;

 private:
  static constexpr std::size_t most_under_way = 256;
  void look_at_speed();
  void look_for_collisions();

  bench::SerialEnd& wire_;
  int baud_;
  std::optional<int> told_baud_;
  std::int64_t board_end_ns_ = 0;  // of what the boards have sent
  std::uint64_t collided_ = 0;     // as told
};

class CanPort final : public Port {
 public:
  CanPort(std::string name, bench::SimCan& bus);
  void from_client() override;
  void to_client() override {}  // frames are handed over as they end
  [[nodiscard]] bool has_room() const override { return bus_.outside_waiting() < most_waiting; }
  [[nodiscard]] std::int64_t next_ns() const override { return has_room() ? never : bench::now_ns() + 1'000'000; }

 private:
  static constexpr std::size_t most_waiting = 16;
  static std::string rate_text(double bit_per_s);
  void look_at_rate();

  bench::SimCan& bus_;
  Slcan adapter_;
  bool is_told_ = false;  // that the bit rate is wrong
};

}  // namespace rig::live
