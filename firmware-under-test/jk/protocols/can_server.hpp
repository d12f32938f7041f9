// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>

#include "firmware-under-test/jk/core/device.hpp"
#include "firmware-under-test/jk/protocols/can_frame.hpp"
#include "firmware-under-test/jk/protocols/can_view.hpp"

namespace jk::protocols {

/// Values of Setting::can_protocol that this firmware speaks, as PB boards number them. 12, a number left to users, is
/// our choice for JK V1 alone. Any other number sends nothing. Source: facts 2.7.
enum class CanProtocol : std::uint8_t {
  jk_v2_250k = 0,
  pylontech = 2,
  victron = 4,
  jk_v2_500k = 6,
  sma = 9,
  jk_v1 = 12
};

/// The board's side of the CAN bus: sends the frames of its protocol in their periods, hears switches and chargers.
/// Frames, periods, choices: docs/can.md.
class CanServer {
 public:
  /// A charger that says so itself is taken to be there for this long.
  static constexpr std::uint64_t charger_stays_ns = 5'000'000'000;

  /// The device must outlive the server.
  explicit CanServer(core::Device& device) : device_(device) {}

  /// bit/s of the protocol that is set; 0 = none, the bus is not used.
  [[nodiscard]] std::uint32_t bit_rate() const;

  /// A received frame. JK V2: 18F0F428 plus device address sets the switches that it selects, all or none; 18FF50E5
  /// says that a charger is there. Everything else, also an inverter's heartbeat 305, is ignored: the board goes on
  /// sending when it is missing.
  void take(const CanFrame& frame, std::uint64_t now_ns);

  /// The next frame that is due; call again until false. A frame that was late is not made up for. Frames told are
  /// gone: when the controller cannot take one now, keep it.
  [[nodiscard]] bool next(std::uint64_t now_ns, CanFrame& frame);
  /// When to call next() again, of its last call that returned false; a second later when the protocol sends nothing,
  /// so that another one is noticed.
  [[nodiscard]] std::uint64_t next_due_ns() const { return due_ns_; }

 private:
  [[nodiscard]] const CanSet& set() const;
  void start(const CanSet& set, std::uint64_t now_ns);
  void note(const core::Status& status, std::uint64_t now_ns);
  void find_due(std::uint64_t now_ns);
  void control(const CanFrame& frame);

  core::Device& device_;
  const CanSet* set_ = nullptr;
  std::array<std::uint64_t, can_rows> row_due_ns_{};
  std::uint64_t due_ns_ = 0;
  std::uint64_t charger_until_ns_ = 0;
  std::uint64_t full_ns_ = 0;  // last above 97 %
  core::Alarms alarms_ = 0;
  ChargeRequests requests_;
};

}  // namespace jk::protocols
