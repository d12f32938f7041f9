// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/app.hpp"

#include <algorithm>

#include "firmware-under-test/jk/app/pins.hpp"

namespace jk::app {
namespace {

constexpr std::uint64_t scan_lost_ns = 500'000'000;    // 24 cells take 192 ms
constexpr std::uint64_t frame_pause_ns = 100'000'000;  // the protocol asks for 100 ms between packets
constexpr std::size_t uart_chunk = 64;

core::CellSpread spread_of(const core::Measurement& measurement) {
  const std::size_t highest = measurement.highest_cell();
  const std::size_t lowest = measurement.lowest_cell();
  return {highest, lowest, measurement.cells_mV()[highest], measurement.cells_mV()[lowest]};
}

}  // namespace

App::App(const board_host& host, const core::Settings& settings, const BoardModel& model, std::uint32_t start_cause)
    : host_(host),
      settings_(settings),
      cell_count_(static_cast<std::size_t>(settings[core::Setting::cell_count])),
      manufacturer_id_(manufacturer_id(model.name)),
      start_cause_(start_cause),
      measurement_(cell_count_, model.pack_lsb_mV()),
      protections_(settings),
      soc_(settings),
      balancer_(settings),
      outputs_(host, settings[core::Setting::balance_current], model.balance_mA),
      retention_(host),
      state_(read_all_settings(settings)) {
  state_.cells_mV = measurement_.cells_mV();
  state_.manufacturer_id = {manufacturer_id_.data(), manufacturer_id_.size()};
  read_all_reply_.lay_out(state_);
}

std::uint64_t App::step(std::uint64_t now_ns) {
  begin(now_ns);
  sample();
  convert();
  protect();
  count_charge();
  balance();
  drive();
  retain();
  scan();
  answer();
  kick();
  return std::min(next_tick_ns_, protections_.short_circuit_deadline_ns());
}

void App::irq(std::uint32_t line, std::uint32_t level) {
  std::uint32_t event = 0;
  if (line == BOARD_IRQ_GPIO(pins::short_circuit_comparator)) {
    if (level != 0) comparator_risen_ns_ = host_.now_ns(host_.ctx);
    event = fresh_comparator;
  } else if (line == BOARD_IRQ_SCAN(pins::cell_scan_group)) {
    event = fresh_scan;
  } else if (line == BOARD_IRQ_UART(pins::uart_4e57)) {
    event = fresh_uart;
  }
  events_.fetch_or(event);
}

void App::begin(std::uint64_t now_ns) {
  now_ns_ = now_ns;
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
  counted_ns_ = next_tick_ns_ = now_ns_;
  fresh_ |= fresh_comparator;
  protections_.resume(retention_.trips_at_start(start_cause_), now_ns_);
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
  if (is_fresh(fresh_slow)) {
    raw_.ntc_1 = read_adc(pins::adc_ntc_1);
    raw_.ntc_2 = read_adc(pins::adc_ntc_2);
    raw_.ntc_mos = read_adc(pins::adc_ntc_mos);
    raw_.store = read_adc(pins::adc_balance_store);
  }
}

void App::sample_scan() {
  if (!is_scanning_) {  // given up as lost, or not ours: the converter may have run meanwhile
    fresh_ &= ~static_cast<std::uint32_t>(fresh_scan);
    return;
  }
  is_scanning_ = false;
  for (std::size_t i = 0; i < cell_count_; ++i)
    raw_.cells[i] = read_adc(pins::adc_cell_1 + static_cast<std::uint32_t>(i));
  raw_.pack = read_adc(pins::adc_pack);
}

void App::sample_comparator() {
  const bool was_high = is_comparator_high_;
  is_comparator_high_ = host_.gpio_read(host_.ctx, pins::short_circuit_comparator) != 0;  // an error counts as high
  const bool has_risen_unseen = is_comparator_high_ && !was_high && comparator_risen_ns_ == 0;
  if (has_risen_unseen) comparator_risen_ns_ = now_ns_;
  measurement_.take_comparator(is_comparator_high_, comparator_risen_ns_);
}

void App::convert() {
  if (is_fresh(fresh_current)) measurement_.take_current(raw_.current, now_ns_);
  if (is_fresh(fresh_slow)) {
    measurement_.take_temperatures(raw_.ntc_1, raw_.ntc_2, raw_.ntc_mos, now_ns_);
    store_mV_ = core::store_mV(raw_.store);
  }
  if (is_fresh(fresh_scan)) measurement_.take_scan({raw_.cells.data(), cell_count_}, raw_.pack, now_ns_);
  measurement_.age(now_ns_);
  is_complete_ = measurement_.is_complete();
}

void App::protect() {
  const bool was_full = protections_.is_tripped(core::ProtectionId::cell_ovp);
  const bool was_empty = protections_.is_tripped(core::ProtectionId::cell_uvp);
  protections_.update(measurement_.readings(), measurement_.take_news(), now_ns_);
  if (!was_full && protections_.is_tripped(core::ProtectionId::cell_ovp)) soc_.set_full();
  if (!was_empty && protections_.is_tripped(core::ProtectionId::cell_uvp)) soc_.set_empty();
}

void App::count_charge() {
  if (!is_fresh(fresh_current)) return;
  if (raw_.current) soc_.count(measurement_.current_mA(), now_ns_ - counted_ns_);
  counted_ns_ = now_ns_;
  if (!soc_.is_estimated() && is_complete_) soc_.estimate(spread_of(measurement_).lowest_mV);
}

void App::balance() {
  const bool may_run =
      is_complete_ && !protections_.is_any_delay_running() && (protections_.open_gates() & core::balancing) == 0;
  if (is_fresh(fresh_scan) && may_run) balancer_.decide(spread_of(measurement_), now_ns_);
  balancer_.update(may_run, store_mV_, now_ns_);
}

void App::drive() {
  const core::Gates open = is_complete_ ? protections_.open_gates() : core::both_gates;
  const bool may_charge = settings_[core::Setting::charge_enabled] != 0 && (open & core::charge_gate) == 0;
  const bool may_discharge = settings_[core::Setting::discharge_enabled] != 0 && (open & core::discharge_gate) == 0;
  const std::int32_t current_mA = measurement_.current_mA();
  outputs_.set_charge_gate(charge_diode_.update(!may_charge && may_discharge, -current_mA) || may_charge);
  outputs_.set_discharge_gate(discharge_diode_.update(!may_discharge && may_charge, current_mA) || may_discharge);

  if (is_fresh(fresh_current))
    measurement_.take_gates(outputs_.is_charge_gate_on(), outputs_.is_discharge_gate_on(), now_ns_);

  const core::BalanceCommand command = balancer_.command();
  outputs_.set_converter(command);
  if (command.is_running) measurement_.converter_ran(now_ns_);
}

void App::retain() { retention_.keep(protections_.to_resume()); }

void App::scan() {
  if (is_scanning_ && now_ns_ - scan_started_ns_ > scan_lost_ns) is_scanning_ = false;
  if (is_scanning_ || balancer_.command().is_running || !is_fresh(fresh_current))
    return;  // scans keep step with the ticks
  is_scanning_ = host_.adc_scan_start(host_.ctx, pins::cell_scan_group) >= 0;
  scan_started_ns_ = now_ns_;
}

void App::answer() {
  if (!unsent_.empty()) send();
  if (is_fresh(fresh_uart)) hear();
}

void App::hear() {
  if (now_ns_ - heard_ns_ > frame_pause_ns) parser_.reset();
  heard_ns_ = now_ns_;
  std::array<std::uint8_t, uart_chunk> bytes;
  for (;;) {
    const std::int32_t count = host_.uart_read(host_.ctx, pins::uart_4e57, bytes.data(), bytes.size());
    std::span<const std::uint8_t> heard(bytes.data(), static_cast<std::size_t>(std::clamp<std::int32_t>(
                                                          count, 0, static_cast<std::int32_t>(bytes.size()))));
    while (const auto request = parser_.take(heard)) reply(*request);
    if (count < static_cast<std::int32_t>(bytes.size())) return;
  }
}

void App::reply(const protocols::Request4e57& request) {
  const bool is_off = protections_.is_tripped(core::ProtectionId::power_off);
  const bool is_sending = !unsent_.empty();
  if (!request.is_read_all() || is_off || is_sending) return;

  const bool is_spread = spread_of(measurement_).highest_mV - spread_of(measurement_).lowest_mV >= cell_difference_mV;
  const protocols::Conditions4e57 conditions{soc_.is_estimated() && soc_.percent() <= low_soc_percent, is_spread,
                                             outputs_.is_charge_gate_on(), outputs_.is_discharge_gate_on(),
                                             balancer_.is_active()};
  read_all_values(state_, settings_, measurement_, soc_, now_ns_);
  state_.alarms = protocols::alarm_word(protections_, conditions);
  state_.status = protocols::status_word(conditions);
  unsent_ = read_all_reply_.tell(state_, request.command);
  send();
}

void App::send() {
  const std::int32_t taken = host_.uart_write(host_.ctx, pins::uart_4e57, unsent_.data(), unsent_.size());
  if (taken > 0) unsent_ = unsent_.subspan(std::min(static_cast<std::size_t>(taken), unsent_.size()));
}

void App::kick() { host_.watchdog_kick(host_.ctx); }

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
