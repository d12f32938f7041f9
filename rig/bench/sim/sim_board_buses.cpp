// SPDX-License-Identifier: Apache-2.0
// The board's serial ports and CAN buses.
#include "rig/bench/sim/sim_board.hpp"

namespace rig::bench {

void SimBoard::wire_buses() {
  for (const auto& uart : spec_.uarts) {
    if (serial_.size() <= uart.port) serial_.resize(uart.port + 1);
    serial_[uart.port] = std::make_unique<SimSerial>(uart, [this, port = uart.port] {
      firmware_->notify_uart();
      firmware_->raise_irq(BOARD_IRQ_UART(port), 1);
    });
  }
  for (const auto& can : spec_.can) {
    if (can_.size() <= can.bus) can_.resize(can.bus + 1);
    can_[can.bus] = std::make_unique<SimCan>(can, [this, bus = can.bus] { frame_has_come(bus); });
  }
}

void SimBoard::frame_has_come(std::uint32_t bus) {
  firmware_->notify_can();
  firmware_->raise_irq(BOARD_IRQ_CAN(bus), 1);
}

void SimBoard::reset_buses(std::int64_t t_ns, bool in_reset) {
  for (const auto& port : serial_) {
    if (!port) continue;
    if (in_reset) port->enter_reset(t_ns);
    port->was_deaf_until(t_ns);
  }
  for (const auto& bus : can_) {
    if (bus) bus->reset(t_ns);
  }
}

SimSerial* SimBoard::serial(const std::string& is) {
  for (const auto& uart : spec_.uarts) {
    if (uart.is == is) return serial_[uart.port].get();
  }
  return nullptr;
}

int SimBoard::uart_write(std::int64_t t_ns, std::uint32_t port, const std::uint8_t* data, std::size_t bytes) {
  if (port >= serial_.size() || !serial_[port]) return BOARD_EINVAL;
  return static_cast<int>(serial_[port]->write(t_ns, {data, bytes}));
}

int SimBoard::uart_read(std::int64_t t_ns, std::uint32_t port, std::uint8_t* data, std::size_t capacity) {
  if (port >= serial_.size() || !serial_[port]) return BOARD_EINVAL;
  return static_cast<int>(serial_[port]->read(t_ns, data, capacity));
}

int SimBoard::can_send(std::int64_t t_ns, std::uint32_t bus, const board_can_frame& frame) {
  if (can(bus) == nullptr) return BOARD_EINVAL;
  return can_[bus]->send(t_ns, frame) ? BOARD_OK : BOARD_EBUSY;
}

int SimBoard::can_recv(std::int64_t t_ns, std::uint32_t bus, board_can_frame& frame) {
  if (can(bus) == nullptr) return BOARD_EINVAL;
  const auto received = can_[bus]->receive(t_ns);
  if (received) frame = received->frame;
  return received ? 1 : 0;
}

int SimBoard::can_configure(std::int64_t t_ns, std::uint32_t bus, std::uint32_t bit_per_s) {
  if (can(bus) == nullptr) return BOARD_EINVAL;
  can_[bus]->configure(t_ns, bit_per_s);
  return BOARD_OK;
}

}  // namespace rig::bench
