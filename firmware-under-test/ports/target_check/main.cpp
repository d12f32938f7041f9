// SPDX-License-Identifier: Apache-2.0
// The firmware on a microcontroller without a board: every service of board.h is there and ends in memory, the App
// stands in static storage, `step` runs in the main loop and `irq` in an interrupt. It is linked to be weighed, not to
// be run.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "board.h"
#include "firmware-under-test/jk/app/app.hpp"
#include "firmware-under-test/jk/app/board_model.hpp"
#include "firmware-under-test/jk/app/settings_text.hpp"

namespace {

// What a board would do with its registers; volatile, so that nothing about it is known when this is compiled.
struct Registers {
  volatile std::uint32_t pins, adc, data, line, level;
  volatile std::uint64_t now_ns;
};
Registers board;

std::uint64_t now_ns(void*) { return board.now_ns; }
std::int32_t gpio_read(void*, std::uint32_t pin) { return static_cast<std::int32_t>(board.pins >> pin & 1); }
std::int32_t gpio_write(void*, std::uint32_t pin, std::uint32_t level) {
  board.pins = level << pin;
  return BOARD_OK;
}
std::int32_t adc_read(void*, std::uint32_t channel, std::int32_t* raw) {
  *raw = static_cast<std::int32_t>(board.adc + channel);
  return BOARD_OK;
}
std::int32_t adc_scan_start(void*, std::uint32_t group) {
  board.adc = group;
  return BOARD_OK;
}
std::int32_t pwm_write(void*, std::uint32_t channel, std::uint32_t duty_ppm) {
  board.data = channel + duty_ppm;
  return BOARD_OK;
}
std::int32_t take(const std::uint8_t* bytes, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) board.data = bytes[i];
  return static_cast<std::int32_t>(count);
}
std::int32_t give(std::uint8_t* bytes, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(board.data);
  return static_cast<std::int32_t>(count);
}
std::int32_t uart_write(void*, std::uint32_t, const std::uint8_t* data, std::size_t bytes) { return take(data, bytes); }
std::int32_t uart_read(void*, std::uint32_t, std::uint8_t* data, std::size_t capacity) { return give(data, capacity); }
std::int32_t can_send(void*, std::uint32_t, const board_can_frame* frame) { return take(frame->data, frame->length); }
std::int32_t can_recv(void*, std::uint32_t, board_can_frame* frame) { return give(frame->data, sizeof frame->data); }
std::int32_t can_configure(void*, std::uint32_t, std::uint32_t) { return BOARD_OK; }
std::int32_t nv_read(void*, std::uint32_t, std::uint8_t* data, std::size_t bytes) { return give(data, bytes); }
std::int32_t nv_write(void*, std::uint32_t, const std::uint8_t* data, std::size_t bytes) { return take(data, bytes); }
std::int32_t nv_geometry(void*, std::uint32_t* sector_bytes, std::uint32_t* sectors) {
  *sector_bytes = 1024;
  *sectors = 2;
  return BOARD_OK;
}
std::int32_t nv_erase(void*, std::uint32_t sector) {
  board.data = sector;
  return BOARD_OK;
}
void watchdog_kick(void*) { board.data = 0; }
void reset(void*, std::uint32_t cause) { board.data = cause; }

constexpr board_host host = {.struct_size = sizeof(board_host),
                             .abi_version = BOARD_ABI_VERSION,
                             .ctx = nullptr,
                             .now_ns = now_ns,
                             .wait = nullptr,
                             .signal = nullptr,
                             .spawn = nullptr,
                             .gpio_read = gpio_read,
                             .gpio_write = gpio_write,
                             .adc_read = adc_read,
                             .adc_scan_start = adc_scan_start,
                             .pwm_write = pwm_write,
                             .i2c_xfer = nullptr,
                             .spi_xfer = nullptr,
                             .uart_write = uart_write,
                             .uart_read = uart_read,
                             .can_send = can_send,
                             .can_recv = can_recv,
                             .nv_read = nv_read,
                             .nv_write = nv_write,
                             .watchdog_kick = watchdog_kick,
                             .reset = reset,
                             .log = nullptr,
                             .probe = nullptr,
                             .nv_geometry = nv_geometry,
                             .nv_erase = nv_erase,
                             .can_configure = can_configure};

jk::app::App* app;

[[noreturn]] void stop() {
  for (;;) board.data = 1;
}

}  // namespace

extern "C" {

void interrupt() {
  if (app != nullptr) app->irq(board.line, board.level);
}

[[noreturn]] void start() {
  if (jk::app::missing_service(host) != nullptr) stop();
  jk::core::Settings settings(jk::core::Preset::lifepo4);
  static char text[256];
  const auto bytes = static_cast<std::size_t>(give(reinterpret_cast<std::uint8_t*>(text), sizeof text));
  if (jk::app::apply_settings({text, bytes}, settings).what != nullptr) stop();
  static jk::app::App here(host, settings, jk::app::board_model("JK-B2A24S20P"), board.data);
  app = &here;
  for (;;) board.now_ns = here.step(board.now_ns);
}

[[gnu::section(".vectors"), gnu::used]] void (*const vectors[])() = {start, interrupt};
}
