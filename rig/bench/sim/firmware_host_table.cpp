// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <utility>

#include "rig/bench/sim/firmware_core.hpp"

namespace rig::bench {
namespace {

constexpr std::size_t longest_buffer = 65536;
constexpr std::size_t longest_text = 1023;
constexpr std::size_t largest_stack = 64u << 20;

FirmwareCore& self(void* ctx) { return *static_cast<FirmwareCore*>(ctx); }

/// Every host call. The rig's own code runs outside the guard, so that its faults are not taken for the firmware's; an
/// exception of the rig is kept until no foreign frame lies above it.
template <class Work>
auto serve(FirmwareCore& core, const Work& work, const std::int64_t* blocks_ns = nullptr) -> decltype(work()) {
  active_guard = nullptr;
  if (++core.progress > core.free_until) [[unlikely]]
    core.pay_for_call();
  decltype(work()) result{};
  try {
    result = work();
  } catch (...) {
    core.rig_fault = std::current_exception();
    core.abandon = true;
  }
  if (core.abandon) [[unlikely]]
    leave_guarded(core.current->frame, Outcome::left);
  if (blocks_ns != nullptr && *blocks_ns > 0) core.threads.block(core.now_ns + *blocks_ns, 0);
  active_guard = &core.current->frame;
  return result;
}

/// The caller's bytes, copied while it is still the caller's fault when they cannot be read. nullptr: bad length or
/// pointer.
const std::uint8_t* copied(std::vector<std::uint8_t>& to, const std::uint8_t* from, std::size_t bytes) {
  if (bytes > longest_buffer || (from == nullptr && bytes > 0)) return nullptr;
  to.resize(bytes + 1);
  if (bytes > 0) std::memcpy(to.data(), from, bytes);
  return to.data();
}

std::uint8_t* room(std::vector<std::uint8_t>& in, const std::uint8_t* caller, std::size_t bytes) {
  if (bytes > longest_buffer || (caller == nullptr && bytes > 0)) return nullptr;
  in.assign(bytes + 1, 0);
  return in.data();
}

/// What the board answers; a refusal because nothing is wired there becomes a finding.
template <class Ask>
std::int32_t asked(FirmwareCore& core, const char* call, std::uint32_t number, const char* what, const Ask& ask,
                   const std::int64_t* blocks_ns = nullptr) {
  return serve(
      core,
      [&] {
        const std::int32_t result = ask();
        if (result == BOARD_EINVAL) [[unlikely]]
          core.unwired(call, number, what);
        return result;
      },
      blocks_ns);
}

[[gnu::noinline, gnu::cold]] std::int32_t refused(FirmwareCore& core, std::int32_t code) {
  return serve(core, [code] { return code; });
}

const char* where(Place place) {
  switch (place) {
    case Place::irq:
      return "called inside irq(), where nothing may block";
    case Place::create:
      return "called inside create(), where nothing may block";
    case Place::destroy:
      return "called inside destroy()";
    case Place::step:
      return "called by a STEP firmware on a board that has no such bus";
    case Place::thread:
      break;
  }
  return "called by a STEP firmware, which has no threads";
}

bool may_block(FirmwareCore& core, const char* call) {
  if (core.current->place == Place::thread) return true;
  core.misuse(call, where(core.current->place));
  return false;
}

std::uint64_t now_ns(void* ctx) {
  FirmwareCore& core = self(ctx);
  return serve(core, [&] { return static_cast<std::uint64_t>(core.now_ns); });
}

std::uint32_t wait(void* ctx, std::uint64_t until_ns, std::uint32_t event_mask) {
  FirmwareCore& core = self(ctx);
  const bool allowed = core.is_run_style() && core.current->place == Place::thread;
  serve(core, [&] {
    if (!allowed) core.misuse("wait", core.is_run_style() ? where(core.current->place) : where(Place::thread));
    return 0;
  });
  if (!allowed) return 0;
  active_guard = nullptr;
  const auto until = until_ns < static_cast<std::uint64_t>(FirmwareThreads::forever)
                         ? static_cast<std::int64_t>(until_ns)
                         : FirmwareThreads::forever;
  std::uint32_t woken = core.threads.block(until, event_mask & ~BOARD_WAKE_TIME);
  if (core.now_ns >= until) woken |= BOARD_WAKE_TIME;
  active_guard = &core.current->frame;
  return woken;
}

void signal(void* ctx, std::uint32_t bits) {
  FirmwareCore& core = self(ctx);
  serve(core, [&] {
    core.threads.signal(bits & BOARD_EVENT_USER);
    return 0;
  });
}

std::int32_t spawn(void* ctx, const char* name, void (*fn)(void*), void* arg, std::int32_t priority,
                   std::size_t stack) {
  FirmwareCore& core = self(ctx);
  const std::string called(name == nullptr ? "" : name, name == nullptr ? 0 : strnlen(name, longest_text));
  return serve(core, [&]() -> std::int32_t {
    const Place place = core.current->place;
    if (!core.is_run_style() || (place != Place::thread && place != Place::create)) {
      core.misuse("spawn", place == Place::irq ? where(place) : where(Place::thread));
      return BOARD_ENOTSUP;
    }
    if (fn == nullptr || stack > largest_stack) return BOARD_EINVAL;
    return core.threads.spawn(
        called, [fn, arg] { fn(arg); }, priority, stack);
  });
}

std::int32_t gpio_read(void* ctx, std::uint32_t pin) {
  FirmwareCore& core = self(ctx);
  return asked(core, "gpio_read", pin, "pin", [&] { return core.backend->gpio_read(core.now_ns, pin); });
}

std::int32_t gpio_write(void* ctx, std::uint32_t pin, std::uint32_t level) {
  FirmwareCore& core = self(ctx);
  return asked(core, "gpio_write", pin, "output pin",
               [&] { return core.backend->gpio_write(core.now_ns, pin, level != 0 ? 1u : 0u); });
}

std::int32_t adc_read(void* ctx, std::uint32_t channel, std::int32_t* raw) {
  FirmwareCore& core = self(ctx);
  if (raw == nullptr) return refused(core, BOARD_EINVAL);
  std::int32_t code = 0;
  const std::int32_t result = asked(core, "adc_read", channel, "ADC channel",
                                    [&] { return core.backend->adc_read(core.now_ns, channel, code); });
  if (result >= 0) *raw = code;
  return result;
}

std::int32_t adc_scan_start(void* ctx, std::uint32_t group) {
  FirmwareCore& core = self(ctx);
  return asked(core, "adc_scan_start", group, "scan group",
               [&] { return core.backend->adc_scan_start(core.now_ns, group); });
}

std::int32_t pwm_write(void* ctx, std::uint32_t channel, std::uint32_t duty_ppm) {
  FirmwareCore& core = self(ctx);
  if (duty_ppm > 1'000'000) return refused(core, BOARD_EINVAL);
  return asked(core, "pwm_write", channel, "PWM channel",
               [&] { return core.backend->pwm_write(core.now_ns, channel, duty_ppm); });
}

std::int32_t i2c_xfer(void* ctx, std::uint32_t bus, std::uint32_t address7, const std::uint8_t* write,
                      std::size_t write_bytes, std::uint8_t* read, std::size_t read_bytes) {
  FirmwareCore& core = self(ctx);
  if (!may_block(core, "i2c_xfer")) return refused(core, BOARD_ENOTSUP);
  FirmwareContext& caller = *core.current;
  const std::uint8_t* const tx = copied(caller.tx, write, write_bytes);
  std::uint8_t* const rx = room(caller.rx, read, read_bytes);
  if (tx == nullptr || rx == nullptr || address7 > 127) return refused(core, BOARD_EINVAL);
  std::int64_t blocks_ns = 0;
  const std::int32_t result = serve(
      core,
      [&] { return core.backend->i2c_xfer(core.now_ns, bus, address7, tx, write_bytes, rx, read_bytes, blocks_ns); },
      &blocks_ns);
  if (result >= 0 && read_bytes > 0) std::memcpy(read, rx, read_bytes);
  return result;
}

std::int32_t spi_xfer(void* ctx, std::uint32_t bus, std::uint32_t cs, const std::uint8_t* tx, std::uint8_t* rx,
                      std::size_t bytes, std::int32_t hold_cs) {
  FirmwareCore& core = self(ctx);
  if (!may_block(core, "spi_xfer")) return refused(core, BOARD_ENOTSUP);
  if (bytes > longest_buffer) return refused(core, BOARD_EINVAL);
  FirmwareContext& caller = *core.current;
  const std::uint8_t* const sent = tx == nullptr ? nullptr : copied(caller.tx, tx, bytes);
  caller.rx.assign(bytes + 1, 0);
  std::uint8_t* const received = rx == nullptr ? nullptr : caller.rx.data();
  if (bytes > 0 && !core.backend->spi_is_heard(bus, cs)) core.unheard(bus);
  std::int64_t blocks_ns = 0;
  const std::int32_t result = asked(
      core, "spi_xfer", bus, "chip on SPI bus",
      [&] { return core.backend->spi_xfer(core.now_ns, bus, cs, sent, received, bytes, hold_cs != 0, blocks_ns); },
      &blocks_ns);
  if (result >= 0 && rx != nullptr && bytes > 0) std::memcpy(rx, received, bytes);
  return result;
}

std::int32_t uart_write(void* ctx, std::uint32_t port, const std::uint8_t* data, std::size_t bytes) {
  FirmwareCore& core = self(ctx);
  const std::uint8_t* const tx = copied(core.current->tx, data, bytes);
  if (tx == nullptr) return refused(core, BOARD_EINVAL);
  return asked(core, "uart_write", port, "UART",
               [&] { return core.backend->uart_write(core.now_ns, port, tx, bytes); });
}

std::int32_t uart_read(void* ctx, std::uint32_t port, std::uint8_t* data, std::size_t capacity) {
  FirmwareCore& core = self(ctx);
  std::uint8_t* const rx = room(core.current->rx, data, capacity);
  if (rx == nullptr) return refused(core, BOARD_EINVAL);
  const std::int32_t result =
      asked(core, "uart_read", port, "UART", [&] { return core.backend->uart_read(core.now_ns, port, rx, capacity); });
  if (result > 0) std::memcpy(data, rx, std::min(static_cast<std::size_t>(result), capacity));
  return result;
}

std::int32_t can_send(void* ctx, std::uint32_t bus, const board_can_frame* frame) {
  FirmwareCore& core = self(ctx);
  if (frame == nullptr || frame->length > 8) return refused(core, BOARD_EINVAL);
  const board_can_frame copy = *frame;
  return asked(core, "can_send", bus, "CAN bus", [&] { return core.backend->can_send(core.now_ns, bus, copy); });
}

std::int32_t can_recv(void* ctx, std::uint32_t bus, board_can_frame* frame) {
  FirmwareCore& core = self(ctx);
  if (frame == nullptr) return refused(core, BOARD_EINVAL);
  board_can_frame received{};
  const std::int32_t result =
      asked(core, "can_recv", bus, "CAN bus", [&] { return core.backend->can_recv(core.now_ns, bus, received); });
  if (result > 0) *frame = received;
  return result;
}

std::int32_t can_configure(void* ctx, std::uint32_t bus, std::uint32_t bit_per_s) {
  FirmwareCore& core = self(ctx);
  constexpr std::uint32_t slowest = 10'000, fastest = 1'000'000;
  if (bit_per_s < slowest || bit_per_s > fastest) return refused(core, BOARD_EINVAL);
  return asked(core, "can_configure", bus, "CAN bus",
               [&] { return core.backend->can_configure(core.now_ns, bus, bit_per_s); });
}

std::int32_t nv_read(void* ctx, std::uint32_t offset, std::uint8_t* data, std::size_t bytes) {
  FirmwareCore& core = self(ctx);
  std::uint8_t* const rx = room(core.current->rx, data, bytes);
  if (rx == nullptr) return refused(core, BOARD_EINVAL);
  const std::int32_t result = serve(core, [&] { return core.backend->nv_read(offset, rx, bytes); });
  if (result >= 0 && bytes > 0) std::memcpy(data, rx, bytes);
  return result;
}

/// After a call that the flash of the controller answered: it runs no code for so long.
void stand_still(FirmwareCore& core, std::int64_t for_ns) {
  if (for_ns <= 0) return;
  active_guard = nullptr;
  core.stand_still(for_ns);
  active_guard = &core.current->frame;
}

bool may_stand_still(FirmwareCore& core, const char* call) {
  const Place place = core.current->place;
  if (place == Place::thread || place == Place::step) return true;
  core.misuse(call, where(place));
  return false;
}

std::int32_t nv_write(void* ctx, std::uint32_t offset, const std::uint8_t* data, std::size_t bytes) {
  FirmwareCore& core = self(ctx);
  const std::uint8_t* const tx = copied(core.current->tx, data, bytes);
  if (tx == nullptr) return refused(core, BOARD_EINVAL);
  const bool is_flash = core.host.nv_erase != nullptr;
  if (is_flash && !may_stand_still(core, "nv_write")) return refused(core, BOARD_ENOTSUP);
  std::int64_t stands_ns = 0;
  const std::int32_t result =
      serve(core, [&] { return core.backend->nv_write(core.now_ns, offset, tx, bytes, stands_ns); });
  stand_still(core, stands_ns);
  return result;
}

std::int32_t nv_geometry(void* ctx, std::uint32_t* sector_bytes, std::uint32_t* sectors) {
  FirmwareCore& core = self(ctx);
  if (sector_bytes == nullptr || sectors == nullptr) return refused(core, BOARD_EINVAL);
  const auto geometry = serve(core, [&] { return core.backend->nv_geometry(); });
  *sector_bytes = geometry.sector_bytes;
  *sectors = geometry.sectors;
  return BOARD_OK;
}

std::int32_t nv_erase(void* ctx, std::uint32_t sector) {
  FirmwareCore& core = self(ctx);
  if (!may_stand_still(core, "nv_erase")) return refused(core, BOARD_ENOTSUP);
  std::int64_t stands_ns = 0;
  const std::int32_t result = serve(core, [&] { return core.backend->nv_erase(core.now_ns, sector, stands_ns); });
  stand_still(core, stands_ns);
  return result;
}

void watchdog_kick(void* ctx) {
  FirmwareCore& core = self(ctx);
  serve(core, [&] {
    core.last_kick_ns = core.now_ns;
    return 0;
  });
}

void reset(void* ctx, std::uint32_t cause) {
  FirmwareCore& core = self(ctx);
  serve(core, [&] {
    if (core.current->place == Place::destroy) return 0;
    core.found("reset by the firmware", false);
    core.reset_by_itself(cause <= BOARD_RESET_PIN ? cause : std::uint32_t{BOARD_RESET_SOFTWARE});
    return 0;
  });
}

void log(void* ctx, std::uint32_t level, const char* text) {
  FirmwareCore& core = self(ctx);
  const std::size_t length = text == nullptr ? 0 : strnlen(text, longest_text);
  const auto* const bytes = copied(core.current->tx, reinterpret_cast<const std::uint8_t*>(text), length);
  core.current->tx[length] = 0;
  serve(core, [&] {
    core.backend->log(core.now_ns, level, reinterpret_cast<const char*>(bytes));
    return 0;
  });
}

void probe(void* ctx, const char* name, double value) {
  FirmwareCore& core = self(ctx);
  if (name == nullptr || name[0] == '\0') return;
  serve(core, [&] {
    core.backend->probe(core.now_ns, core.interned(name), value);
    return 0;
  });
}

}  // namespace

void fill_host_table(FirmwareCore& core) {
  const bool is_flash = core.backend->nv_geometry().sectors > 0;
  core.host = board_host{.struct_size = sizeof(board_host),
                         .abi_version = BOARD_ABI_VERSION,
                         .ctx = &core,
                         .now_ns = now_ns,
                         .wait = wait,
                         .signal = signal,
                         .spawn = spawn,
                         .gpio_read = gpio_read,
                         .gpio_write = gpio_write,
                         .adc_read = adc_read,
                         .adc_scan_start = adc_scan_start,
                         .pwm_write = pwm_write,
                         .i2c_xfer = i2c_xfer,
                         .spi_xfer = spi_xfer,
                         .uart_write = uart_write,
                         .uart_read = uart_read,
                         .can_send = can_send,
                         .can_recv = can_recv,
                         .nv_read = nv_read,
                         .nv_write = nv_write,
                         .watchdog_kick = watchdog_kick,
                         .reset = reset,
                         .log = log,
                         .probe = probe,
                         .nv_geometry = is_flash ? nv_geometry : nullptr,
                         .nv_erase = is_flash ? nv_erase : nullptr,
                         .can_configure = can_configure};
}

}  // namespace rig::bench
