// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/bms.hpp"

#include <algorithm>

#include "board.h"

namespace jk::app {
namespace {

using core::ProtectionId;
using core::Setting;

constexpr std::uint64_t release_holds_ns = 10 * second_ns;  // E: a short that is back within it has not been released
constexpr std::int64_t full_ppm = 1'000'000;
constexpr std::int32_t store_for_test_mV = 2000;  // above it the self-test takes from the store
constexpr core::Trips under_voltage = core::trip_bit(ProtectionId::cell_uvp) | core::trip_bit(ProtectionId::pack_uvp);
constexpr core::Trips balancing_rows =
    core::rows_of(core::balancing) & ~core::trip_bit(ProtectionId::wire_resistance);  // the test asks about that one
constexpr core::Trips heating_rows = core::rows_of(core::heating);

/// A learning that was under way begins anew.
core::SocMemory soc_memory(const core::Counters& counters) {
  constexpr std::int64_t mAus_per_mAh = 3'600'000'000;
  core::SocMemory memory;
  memory.charge_mAus = counters.charge_mAus;
  memory.full_mAus = counters.capacity_mAus;
  memory.discharged_mAus = counters.discharged_mAh * mAus_per_mAh;
  memory.net_mAus = (counters.throughput_mAh - 2 * counters.discharged_mAh) * mAus_per_mAh;
  memory.cycles = counters.cycles;
  memory.design_mAus = counters.design_mAh * mAus_per_mAh;
  return memory;
}

}  // namespace

Bms::Bms(const core::Settings& factory, const BoardModel& model)
    : factory_(factory),
      model_(model),
      settings_(factory),
      measurement_(static_cast<std::size_t>(factory[Setting::cell_count]), model.pack_lsb_mV()),
      protections_(factory),
      soc_(factory),
      phases_(factory),
      life_(factory),
      balancer_(factory),
      wire_test_(static_cast<std::size_t>(factory[Setting::cell_count])) {
  const std::string_view name(model_.name.data(), std::min(model_.name.size(), model_text_.size()));
  std::replace_copy(name.begin(), name.end(), model_text_.begin(), '-', '_');
  texts_ = factory_texts();
  adopt_settings();
}

void Bms::start(const Remembered& remembered, std::uint32_t start_cause, std::uint64_t now_ns) {
  now_ns_ = started_ns_ = started_run_ns_ = counted_ns_ = heard_ns_ = now_ns;
  if (remembered.settings) use(*remembered.settings);
  if (remembered.texts) texts_ = *remembered.texts;
  ++revision_;
  if (remembered.counters) {
    const core::Counters& counters = *remembered.counters;
    soc_.resume(soc_memory(counters));
    run_time_ns_ = counters.run_time_s * second_ns;
    power_ons_ = counters.power_ons + 1;
    clock_offset_s_ = counters.clock_s;
  }
  const bool has_never_run = !remembered.counters && start_cause == BOARD_RESET_POWER_ON;
  life_ = core::Life(settings_, settings_[Setting::activation_by_charger] != 0 && has_never_run);
  protections_.resume(remembered.trips, now_ns);
  log_ = remembered.log;
  log_.add(run_time_s(), core::Happening::started, static_cast<std::uint8_t>(start_cause));
  changed_ |= changed_counters;
}

void Bms::use(const core::Settings& settings) {
  settings_ = settings;
  ++revision_;
  adopt_settings();
}

void Bms::adopt_settings() {
  const auto cells = static_cast<std::size_t>(settings_[Setting::cell_count]);
  if (cells != cell_count()) {
    measurement_.set_cell_count(cells);
    is_complete_ = false;
    wire_test_ = core::WireTest(cells);
  }
  wire_test_.abort();  // balance_current is what it divides by
  wishes_.converter = converter();
  measurement_.calibrate({settings_[Setting::voltage_calibration], settings_[Setting::current_calibration],
                          settings_[Setting::current_zero]});
  measurement_.ignore_battery_sensors(settings_[Setting::temperature_sensors_disabled] != 0);
  protections_.set_limits(settings_);
  soc_.set_limits(settings_);
  phases_.set_limits(settings_);
  life_.set_limits(settings_);
  precharge_.set_time(static_cast<std::uint64_t>(settings_[Setting::precharge_time]) * second_ns);
  balancer_.set_limits(settings_);
  balance_ppm_ = static_cast<std::uint32_t>(std::int64_t{balance_mA()} * full_ppm / model_.balance_mA);
  is_charge_wanted_ = core::is_charge_wanted(settings_);
  is_discharge_wanted_ = core::is_discharge_wanted(settings_);
}

std::int32_t Bms::balance_mA() const { return std::min(settings_[Setting::balance_current], model_.balance_mA); }

core::CellSpread Bms::spread() const {
  const std::size_t highest = measurement_.highest_cell(), lowest = measurement_.lowest_cell();
  return {highest, lowest, measurement_.cells_mV()[highest], measurement_.cells_mV()[lowest]};
}

// ---- measurement

void Bms::measure(const RawCodes& raw, std::uint32_t fresh) {
  if (is_fresh(fresh, fresh_current)) measurement_.take_current(raw.current, now_ns_);
  if (is_fresh(fresh, fresh_slow)) {
    measurement_.take_temperatures(raw.ntc_1, raw.ntc_2, raw.ntc_mos, now_ns_);
    store_mV_ = core::store_mV(raw.store);
  }
  if (is_fresh(fresh, fresh_scan)) take_scan(raw);
  measurement_.age(now_ns_);
  is_complete_ = measurement_.is_complete();
}

/// A scan while the self-test loads a lead is for the test alone.
void Bms::take_scan(const RawCodes& raw) {
  if (wire_test_.is_loading()) {
    wire_test_.take_loaded(core::adc_12bit_5V_mV(std::max<std::int32_t>(raw.cells[wire_test_.cell()], 0)), balance_mA(),
                           now_ns_);
    if (!wire_test_.is_running()) measurement_.take_wire_resistance(wire_test_.highest_mohm(), now_ns_);
    has_loaded_scan_ = true;
    return;
  }
  measurement_.take_scan({raw.cells.data(), cell_count()}, raw.pack, now_ns_);
}

// ---- judgement

void Bms::judge(const RawCodes& raw, std::uint32_t fresh) {
  protect(raw);
  if (is_fresh(fresh, fresh_current)) count_charge(raw);
  if (is_fresh(fresh, fresh_slow)) live(raw);
  balance(fresh);
  decide_gates();
  wishes_.heater = wishes_.heater && may_heat();
  if (is_fresh(fresh, fresh_slow)) signal();
}

void Bms::protect(const RawCodes& raw) {
  const core::Trips before = protections_.tripped(), kept_before = trips_to_keep();
  protections_.update(measurement_.readings(), measurement_.take_news(), now_ns_);
  const core::Trips after = protections_.tripped();
  if (before == after) return;
  if (trips_to_keep() != kept_before) changed_ |= changed_trips;
  const bool was_short = (before & core::trip_bit(ProtectionId::scp)) != 0;
  const bool is_short = protections_.is_tripped(ProtectionId::scp);
  if (is_short && !was_short) {
    has_release_failed_ = short_ended_ns_ != 0 && now_ns_ - short_ended_ns_ < release_holds_ns;
    is_charge_short_ = raw.short_current > 0;
  }
  if (was_short && !is_short) short_ended_ns_ = now_ns_;
  log_.watch(run_time_s(), alarms());
}

void Bms::count_charge(const RawCodes& raw) {
  if (raw.current && measurement_.is_current_trusted()) soc_.count(measurement_.current_mA(), now_ns_ - counted_ns_);
  counted_ns_ = now_ns_;
  if (!soc_.is_estimated() && is_complete_) soc_.estimate(spread().lowest_mV);
}

void Bms::mark(core::ChargeMark mark) {
  if (mark == core::ChargeMark::none) return;
  mark == core::ChargeMark::full ? soc_.set_full() : soc_.set_empty();
  is_full_ = mark == core::ChargeMark::full;
  changed_ |= changed_counters;
}

void Bms::watch_charge() {
  const core::CellSpread cells = spread();
  const auto count = static_cast<std::int32_t>(cell_count());
  mark(
      phases_.update({cells.highest_mV, cells.lowest_mV, measurement_.sum_mV() / count, soc_.percent(),
                      protections_.is_tripped(ProtectionId::cell_ovp), protections_.is_tripped(ProtectionId::cell_uvp)},
                     now_ns_));
  watch_idleness(cells);
}

void Bms::live(const RawCodes& raw) {
  if (is_complete_) watch_charge();
  if (soc_.is_estimated()) measurement_.take_soc(soc_.percent(), now_ns_);
  const bool is_pack_known = measurement_.readings()[static_cast<std::size_t>(core::Signal::pack_voltage)].is_known;
  port_above_pack_mV_ = raw.port >= 0 && is_pack_known ? core::port_mV(raw.port) - measurement_.sum_mV() : 0;
  const core::Mode before = life_.mode();
  const bool is_power_off = protections_.is_tripped(ProtectionId::power_off) && !life_.is_charger_plugged();
  life_.update({spread().lowest_mV, measurement_.current_mA(), port_above_pack_mV_, is_charge_gate_on_, is_power_off,
                raw.is_button_pressed},
               now_ns_);
  if (life_.mode() != before) note_mode();
  if (life_.take_factory_reset()) demand_ = Demand::forget;
  if (life_.take_press() && settings_[Setting::emergency_button] != 0) command(core::Command::emergency_start, 0);
  const bool is_emergency = life_.is_emergency(now_ns_);
  const core::Trips by_charger = life_.is_charger_plugged() ? core::trip_bit(ProtectionId::power_off) : core::Trips{0};
  protections_.override_trips((is_emergency ? under_voltage : core::Trips{0}) | by_charger);
  const auto t1 = measurement_.t1_ddegC(), t2 = measurement_.t2_ddegC();
  const auto coldest = t1 && t2 ? std::optional(std::min(*t1, *t2)) : std::nullopt;
  wishes_.heater = heater_.update(settings_, life_.is_charger_plugged() && may_heat(), coldest);
  if (has_release_failed_ && !protections_.is_tripped(ProtectionId::scp) &&
      now_ns_ - short_ended_ns_ >= release_holds_ns)
    has_release_failed_ = false;
}

/// No override counts: the heater takes from the pack.
bool Bms::may_heat() const { return is_complete_ && is_running() && (protections_.tripped() & heating_rows) == 0; }

void Bms::note_mode() {
  using core::Happening;
  const Happening what = life_.mode() == core::Mode::running  ? Happening::woke_up
                         : life_.mode() == core::Mode::asleep ? Happening::fell_asleep
                                                              : Happening::shut_down;
  log_.add(run_time_s(), what);
  changed_ |= changed_counters;
}

void Bms::balance(std::uint32_t fresh) {
  const bool is_at_rest = !balancer_.is_active() && !wire_test_.is_running();
  if (is_at_rest && (fresh & (fresh_scan | fresh_slow)) == 0) return;  // nothing begins without a scan
  const bool may_run = is_complete_ && !protections_.is_any_delay_running() &&
                       (protections_.tripped() & balancing_rows) == 0 && life_.mode() == core::Mode::running;
  if (is_fresh(fresh, fresh_scan) && !std::exchange(has_loaded_scan_, false)) after_scan(may_run);
  if (!may_run) wire_test_.abort();
  const bool may_balance =
      may_run && !wire_test_.is_running() && !protections_.is_tripped(ProtectionId::wire_resistance);
  balancer_.update(may_balance, store_mV_, now_ns_);
  wishes_.converter = converter();
}

void Bms::after_scan(bool may_run) {
  if (!may_run) return;
  const core::CellSpread cells = spread();
  if (wire_test_.is_running()) {
    wire_test_.take_rest(measurement_.cells_mV()[wire_test_.cell()]);
    return;
  }
  const bool begins = !balancer_.is_active() && balancer_.wants(cells) && balance_mA() > 0 && store_mV_;
  if (begins && wire_test_.is_due(now_ns_, settings_[Setting::wire_resistance_limit])) {
    wire_test_.begin();
    return;
  }
  if (!protections_.is_tripped(ProtectionId::wire_resistance)) balancer_.decide(cells, now_ns_);
}

/// B-07: the charge has been completed, the cells differ, and nothing balances them.
void Bms::watch_idleness(const core::CellSpread& cells) {
  constexpr std::int32_t not_full_percent = 95;
  if (soc_.percent() < not_full_percent) is_full_ = false;
  const bool differs = cells.highest_mV - cells.lowest_mV > settings_[Setting::balance_trigger];
  const bool is_idle = is_full_ && differs && !balancer_.is_active() && !wire_test_.is_running();
  if (!is_idle) idle_since_ns_.reset();
  if (is_idle && !idle_since_ns_) idle_since_ns_ = now_ns_;
}

core::BalanceCommand Bms::converter() const {
  if (!wire_test_.is_loading()) return balancer_.command();
  const bool takes = store_mV_.value_or(0) <= store_for_test_mV;
  return {true, takes ? core::Transfer::cell_to_store : core::Transfer::store_to_cell, wire_test_.cell()};
}

void Bms::decide_gates() {
  const bool is_running = life_.mode() == core::Mode::running;
  const bool may_close = is_complete_ && is_running && demand_ == Demand::none && !is_room_awaited_;
  const core::Gates open = may_close ? protections_.open_gates() : core::both_gates;
  const bool may_charge = is_charge_wanted_ && (open & core::charge_gate) == 0;
  const bool may_discharge = is_discharge_wanted_ && (open & core::discharge_gate) == 0;
  const bool is_usual = may_charge && may_discharge && wishes_.charge_gate && wishes_.discharge_gate;
  if (is_usual) return;  // no diode to spare, nothing to precharge
  const std::int32_t current_mA = measurement_.current_mA();
  wishes_.charge_gate = charge_diode_.update(!may_charge && may_discharge, -current_mA) || may_charge;
  const bool spares_diode = discharge_diode_.update(!may_discharge && may_charge, current_mA);
  wishes_.discharge_gate = precharge_.update(may_discharge || spares_diode, spares_diode, now_ns_);
  wishes_.precharge = precharge_.is_running();
}

void Bms::signal() {
  const bool has_triggers = settings_[Setting::buzzer_trigger] != 0 || settings_[Setting::dry_1_trigger] != 0 ||
                            settings_[Setting::dry_2_trigger] != 0;
  wishes_.led = (protections_.tripped() & core::gate_trips) != 0;
  if (!has_triggers) {
    wishes_.buzzer = wishes_.dry_1 = wishes_.dry_2 = false;
    return;
  }
  const core::Status& now = status();
  const bool is_pause = settings_[Setting::dry_contact_intermittent] != 0 && now_ns_ / second_ns % 2 != 0;
  wishes_.buzzer = buzzer_.update(core::buzzer_trigger, settings_, now);
  wishes_.dry_1 = dry_1_.update(core::dry_1_trigger, settings_, now) && !is_pause;
  wishes_.dry_2 = dry_2_.update(core::dry_2_trigger, settings_, now) && !is_pause;
}

void Bms::take_outputs(bool is_charge_gate_on, bool is_discharge_gate_on, std::uint32_t fresh) {
  is_charge_gate_on_ = is_charge_gate_on;
  is_discharge_gate_on_ = is_discharge_gate_on;
  if (is_fresh(fresh, fresh_current))
    measurement_.take_gates(is_charge_gate_on, is_discharge_gate_on || precharge_.is_running(), now_ns_);
  if (wishes_.converter.is_running) measurement_.converter_ran(now_ns_);
}

std::uint32_t Bms::take_changes() { return std::exchange(changed_, 0u); }

Demand Bms::take_demand() { return std::exchange(demand_, Demand::none); }

core::Counters Bms::counters() const {
  core::Counters counters;
  counters.charge_mAus = soc_.memory().charge_mAus;
  counters.capacity_mAus = soc_.memory().full_mAus;
  counters.discharged_mAh = soc_.discharged_mAh();
  counters.throughput_mAh = soc_.throughput_mAh();
  counters.cycles = soc_.cycles();
  counters.run_time_s = run_time_s();
  counters.power_ons = power_ons_;
  counters.events = log_.count();
  counters.clock_s = clock_s();
  counters.design_mAh = static_cast<std::uint32_t>(settings_[Setting::capacity]);
  return counters;
}

std::uint32_t Bms::run_time_s() const {
  return static_cast<std::uint32_t>((run_time_ns_ + now_ns_ - started_run_ns_) / second_ns);
}

std::uint32_t Bms::clock_s() const {
  return static_cast<std::uint32_t>(clock_offset_s_ + static_cast<std::int64_t>((now_ns_ - started_ns_) / second_ns));
}

}  // namespace jk::app
