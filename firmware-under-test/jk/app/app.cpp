// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/app.hpp"

#include <algorithm>
#include <utility>

#include "firmware-under-test/jk/app/pins.hpp"

namespace jk::app {
namespace {

constexpr std::uint64_t scan_lost_ns = 500'000'000;  // 24 cells take 192 ms
constexpr std::uint32_t voltage_ticks = 64;          // pack and port, once in 1024 ms; port more often when not running

}  // namespace

App::App(const board_host& host, const core::Settings& settings, const BoardModel& model, std::uint32_t start_cause)
    : host_(host),
      start_cause_(start_cause),
      bms_(settings, model),
      outputs_(host),
      memory_(host),
      uart_1_(host, bms_, pins::uart_1, core::Setting::uart_1_protocol),
      uart_2_(host, bms_, pins::uart_2, core::Setting::uart_2_protocol),
      can_(host, bms_) {
  bms_.keep_in(memory_);
}

std::uint64_t App::step(std::uint64_t now_ns) {
  begin(now_ns);
  sample();
  bms_.measure(raw_, fresh_);
  bms_.judge(raw_, fresh_);
  drive();
  keep();
  scan();
  answer();
  if (is_fresh(fresh_slow)) display();
  host_.watchdog_kick(host_.ctx);
  return std::min({next_tick_ns_, bms_.short_circuit_deadline_ns(), can_due_ns_});
}

void App::irq(std::uint32_t line, std::uint32_t level) {
  std::uint32_t event = 0;
  if (line == BOARD_IRQ_GPIO(pins::short_circuit_comparator)) {
    if (level != 0) comparator_risen_ns_ = host_.now_ns(host_.ctx);
    event = fresh_comparator;
  } else if (line == BOARD_IRQ_SCAN(pins::cell_scan_group)) {
    event = fresh_scan;
  } else if (line == BOARD_IRQ_UART(pins::uart_1)) {
    event = fresh_uart_1;
  } else if (line == BOARD_IRQ_UART(pins::uart_2)) {
    event = fresh_uart_2;
  }
  events_.fetch_or(event);
}

void App::begin(std::uint64_t now_ns) {
  now_ns_ = now_ns;
  bms_.begin(now_ns);
  fresh_ = events_.load() != 0 ? events_.exchange(0) : 0;
  if (!is_started_) start();
  if (now_ns < next_tick_ns_) return;
  fresh_ |= fresh_current;
  if (tick_++ % slow_ticks == 0) fresh_ |= fresh_slow;
  next_tick_ns_ += tick_ns;
  if (next_tick_ns_ <= now_ns) next_tick_ns_ = now_ns + tick_ns;
}

void App::start() {
  is_started_ = true;
  next_tick_ns_ = now_ns_;
  fresh_ |= fresh_comparator;
  bms_.start(memory_.open(bms_, start_cause_), start_cause_, now_ns_);
  const bool is_above_advice = std::int64_t{bms_.balance_mA()} * 10 > bms_.settings()[core::Setting::capacity];
  if (is_above_advice && host_.log != nullptr)
    host_.log(host_.ctx, BOARD_LOG_INFO, "balance_current is above 0.1 C, which the manual advises against");
}

std::int32_t App::read_adc(std::uint32_t channel) const {
  std::int32_t raw = 0;
  return host_.adc_read(host_.ctx, channel, &raw) < 0 ? -1 : raw;
}

void App::sample() {
  if (is_fresh(fresh_comparator) || is_comparator_high_) sample_comparator();
  if (is_fresh(fresh_scan)) sample_scan();
  if (is_fresh(fresh_current)) {
    std::int32_t raw = 0;
    raw_.current.reset();
    if (host_.adc_read(host_.ctx, pins::adc_port_current, &raw) >= 0) raw_.current = raw;
  }
  if (is_fresh(fresh_slow)) sample_slow();
}

void App::sample_slow() {
  raw_.ntc_1 = read_adc(pins::adc_ntc_1);
  raw_.ntc_2 = read_adc(pins::adc_ntc_2);
  raw_.ntc_mos = read_adc(pins::adc_ntc_mos);
  raw_.store = read_adc(pins::adc_balance_store);
  const bool is_due = (tick_ - 1) % voltage_ticks == 0;
  if (is_due) is_pack_due_ = true;
  if (is_due || !bms_.is_running()) raw_.port = read_adc(pins::adc_port_voltage);
  raw_.is_button_pressed = host_.gpio_read(host_.ctx, pins::button) == 1;
}

void App::sample_scan() {
  if (!is_scanning_) {  // given up as lost, or not ours: the converter may have run meanwhile
    fresh_ &= ~static_cast<std::uint32_t>(fresh_scan);
    return;
  }
  is_scanning_ = false;
  for (std::size_t i = 0; i < bms_.cell_count(); ++i)
    raw_.cells[i] = read_adc(pins::adc_cell_1 + static_cast<std::uint32_t>(i));
  raw_.pack = std::exchange(is_pack_due_, false) ? read_adc(pins::adc_pack) : core::not_compared;
}

void App::sample_comparator() {
  const bool was_high = is_comparator_high_;
  is_comparator_high_ = host_.gpio_read(host_.ctx, pins::short_circuit_comparator) != 0;  // an error counts as high
  const bool has_risen_unseen = is_comparator_high_ && !was_high && comparator_risen_ns_ == 0;
  if (has_risen_unseen) comparator_risen_ns_ = now_ns_;
  if (is_comparator_high_) raw_.short_current = read_adc(pins::adc_port_current);
  bms_.take_comparator(is_comparator_high_, comparator_risen_ns_);
}

void App::drive() {
  outputs_.drive(bms_.wishes(), bms_.balance_ppm());
  bms_.take_outputs(outputs_.is_charge_gate_on(), outputs_.is_discharge_gate_on(), fresh_);
}

void App::scan() {
  if (is_scanning_ && now_ns_ - scan_started_ns_ > scan_lost_ns) is_scanning_ = false;
  if (is_scanning_ || !bms_.may_scan() || !is_fresh(fresh_current)) return;  // scans keep step with the ticks
  is_scanning_ = host_.adc_scan_start(host_.ctx, pins::cell_scan_group) >= 0;
  scan_started_ns_ = now_ns_;
}

void App::answer() {
  uart_1_.go_on();
  uart_2_.go_on();
  if (is_fresh(fresh_uart_1)) uart_1_.hear(now_ns_);
  if (is_fresh(fresh_uart_2)) uart_2_.hear(now_ns_);
  can_due_ns_ = can_.talk(now_ns_);
  if (bms_.take_refusal() && host_.log != nullptr)
    host_.log(host_.ctx, BOARD_LOG_WARNING,
              "a write was refused: no room to keep it before both gates have been open, as at a restart");
}

/// A line that does not fit behind the last one is left out.
void App::display() {
  const bool is_on = bms_.settings()[core::Setting::display_always_on] != 0 && !bms_.is_silent();
  if (!is_on || now_ns_ - displayed_ns_ < second_ns) return;
  displayed_ns_ = now_ns_;
  display_ = protocols::display_frame(bms_.status());
  host_.uart_write(host_.ctx, pins::uart_display, display_.data(), display_.size());
}

void App::keep() {
  memory_.keep(bms_, is_fresh(fresh_current));
  if (bms_.demand() != Demand::none && bms_.may_erase()) meet_demand();
}

/// Writes all at once, so both gates are open: a short circuit would have to wait for it.
void App::meet_demand() {
  memory_.finish(bms_, bms_.take_demand() == Demand::forget);
  if (host_.reset != nullptr) host_.reset(host_.ctx, BOARD_RESET_SOFTWARE);
}

const char* missing_service(const board_host& host) {
  if (host.struct_size < offsetof(board_host, reset)) return "the host table is shorter than this firmware needs";
  if (host.now_ns == nullptr) return "the board offers no time";
  if (host.gpio_read == nullptr || host.gpio_write == nullptr) return "the board offers no GPIO";
  if (host.adc_read == nullptr || host.adc_scan_start == nullptr) return "the board offers no ADC with scan";
  if (host.pwm_write == nullptr) return "the board offers no PWM";
  if (host.uart_read == nullptr || host.uart_write == nullptr) return "the board offers no UART";
  if (host.watchdog_kick == nullptr) return "the board offers no watchdog";
  return nullptr;
}

}  // namespace jk::app
