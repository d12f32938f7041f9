// SPDX-License-Identifier: Apache-2.0
// What the ports see of the board, and what they can do to it.
#include <algorithm>
#include <cstdlib>

#include "firmware-under-test/jk/app/bms.hpp"
#include "firmware-under-test/jk/core/settings_table.hpp"

namespace jk::app {
namespace {

using core::Alarm;
using core::Answer;
using core::Command;
using core::ProtectionId;
using core::Setting;
using core::Text;

constexpr std::uint64_t idle_ns = 300 * second_ns;        // facts: B-07 after 5 minutes
constexpr std::uint64_t master_lost_ns = 60 * second_ns;  // E: C-FF
constexpr std::int64_t million = 1'000'000;

std::uint16_t seconds_up(std::uint64_t ns) {
  return static_cast<std::uint16_t>(std::min<std::uint64_t>((ns + second_ns - 1) / second_ns, UINT16_MAX));
}

/// Gain in ppm that makes `measured` true; nullopt outside +-`most`.
std::optional<std::int32_t> gain_ppm(std::int64_t truth, std::int64_t measured, std::int32_t most) {
  if (measured == 0) return std::nullopt;
  const std::int64_t ppm = truth * million / measured - million;
  if (ppm < -most || ppm > most) return std::nullopt;
  return static_cast<std::int32_t>(ppm);
}

std::int64_t without_gain(std::int64_t value, std::int32_t ppm) { return value * million / (million + ppm); }

}  // namespace

core::Texts Bms::factory_texts() const {
  core::Texts texts;
  texts.set(Text::device_name, text(Text::model));
  texts.set(Text::device_password, "1234");
  texts.set(Text::settings_password, "123456");
  texts.set(Text::production_date, "240101");
  texts.set(Text::user_data, "Input Userdata");
  return texts;
}

std::string_view Bms::text(Text text) const {
  switch (text) {
    case Text::model:
      return {model_text_.data(), std::min(model_.name.size(), model_text_.size())};
    case Text::hardware_version:
      return "11.XA";
    case Text::software_version:
      return "CR0.1";
    default:
      return texts_[text];
  }
}

core::Alarms Bms::alarms() const {
  const core::Trips tripped = protections_.tripped();
  core::Alarms alarms = core::alarms_of(tripped & ~core::trip_bit(ProtectionId::scp));
  if (protections_.is_tripped(ProtectionId::scp))
    alarms |= alarm_bit(is_charge_short_ ? Alarm::charge_short_circuit : Alarm::discharge_short_circuit);
  if (has_release_failed_) alarms |= alarm_bit(Alarm::short_circuit_release_failed);
  const bool is_locked = settings_[Setting::gps_lock_charge] != 0 || settings_[Setting::gps_lock_discharge] != 0;
  if (is_locked) alarms |= alarm_bit(Alarm::gps_lock);
  return alarms;
}

const core::Status& Bms::status() {
  core::Status& s = status_;
  s.cells_mV = measurement_.cells_mV();
  s.cells_present = measurement_.cells_present();
  s.highest_cell = measurement_.highest_cell();
  s.lowest_cell = measurement_.lowest_cell();
  s.pack_mV = measurement_.sum_mV();
  s.current_mA = measurement_.current_mA();
  s.mos_ddegC = measurement_.mos_ddegC();
  s.t1_ddegC = measurement_.t1_ddegC();
  s.t2_ddegC = measurement_.t2_ddegC();
  const auto leads = wire_test_.mohm();
  std::copy(leads.begin(), leads.end(), s.wire_mohm.begin());
  s.wire_alarms = wire_test_.beyond(settings_[Setting::wire_resistance_limit]);

  s.soc_percent = soc_.percent();
  s.soh_percent = soc_.soh_percent();
  s.remaining_mAh = soc_.remaining_mAh();
  s.full_mAh = soc_.full_mAh();
  s.cycles = soc_.cycles();
  s.cycle_capacity_mAh = soc_.discharged_mAh();
  s.throughput_mAh = soc_.throughput_mAh();
  s.run_time_s = run_time_s();
  s.power_ons = power_ons_;
  s.events_logged = log_.count();
  s.clock_s = clock_s();
  s.uptime_ms = (now_ns_ - started_ns_) / 1'000'000;

  s.alarms = alarms();
  s.is_charge_mos_on = is_charge_gate_on_;
  s.is_discharge_mos_on = is_discharge_gate_on_;
  s.is_precharging = wishes_.precharge;
  s.is_heating = wishes_.heater;
  s.is_charger_plugged = life_.is_charger_plugged();
  s.is_asleep = life_.mode() == core::Mode::asleep;
  s.is_balancing = balancer_.is_active();
  const core::BalanceCommand converter = balancer_.command();
  const bool takes = converter.transfer == core::Transfer::cell_to_store;
  s.balance = !converter.is_running ? core::BalanceState::off
              : takes               ? core::BalanceState::discharging_high_cell
                                    : core::BalanceState::charging_low_cell;
  s.balance_mA = !converter.is_running ? 0 : takes ? -balance_mA() : balance_mA();

  const auto left = [&](ProtectionId id) { return seconds_up(protections_.time_to_release_ns(id, now_ns_)); };
  const std::uint16_t scp_s = left(ProtectionId::scp);
  s.release = {std::max({left(ProtectionId::discharge_ocp), left(ProtectionId::discharge_ocp_2),
                         left(ProtectionId::discharge_ocp_3)}),
               is_charge_short_ ? std::uint16_t{0} : scp_s,
               left(ProtectionId::charge_ocp),
               is_charge_short_ ? scp_s : std::uint16_t{0},
               0,
               0};
  s.emergency_s = life_.emergency_s(now_ns_);
  s.sleep_s = life_.sleep_s(now_ns_);
  s.phase = phases_.phase();
  s.phase_s = phases_.phase_s(now_ns_);
  s.is_dry_1_on = wishes_.dry_1;
  s.is_dry_2_on = wishes_.dry_2;
  s.is_buzzer_on = wishes_.buzzer;
  s.diagnosis = core::diagnose(
      s, {is_complete_, idle_since_ns_ && now_ns_ - *idle_since_ns_ >= idle_ns,
          has_heard_ && now_ns_ - heard_ns_ >= master_lost_ns, (protections_.tripped() & core::gate_trips) != 0});
  return s;
}

Answer Bms::change(std::span<const core::SettingChange> changes) {
  core::Settings changed = settings_;
  const core::ChangeResult result = core::apply(changes, changed);
  const bool fits = changed[Setting::cell_count] <= static_cast<std::int32_t>(model_.max_cells);
  if (result == core::ChangeResult::out_of_range || !fits) return Answer::out_of_range;
  if (result == core::ChangeResult::against_order) return Answer::against_order;
  return changed == settings_ ? Answer::done : adopt(changed, changes[0].setting);
}

/// Only what will be kept is taken. The log names the first refusal, not each of a client that tries again and again.
bool Bms::can_keep(bool opens_both_gates) {
  const bool is_roomy = keeper_ == nullptr || is_room_awaited_ || keeper_->takes_write();
  if (!is_roomy && (may_erase() || opens_both_gates) && keeper_->can_make_room()) await_room();
  if (is_roomy || is_room_awaited_) {
    has_refused_ = false;
    return true;
  }
  if (!std::exchange(has_refused_, true)) {
    log_.add(run_time_s(), core::Happening::write_refused);
    is_refusal_new_ = true;
  }
  return false;
}

Answer Bms::adopt(const core::Settings& settings, Setting what) {
  if (!can_keep(!core::is_charge_wanted(settings) && !core::is_discharge_wanted(settings))) return Answer::busy;
  use(settings);
  log_.add(run_time_s(), core::Happening::settings_changed, static_cast<std::uint8_t>(what));
  changed_ |= changed_settings;
  return Answer::done;
}

Answer Bms::set_text(Text text, std::string_view value) {
  if (!access_.is_open(now_ns_)) return Answer::needs_password;
  if (!core::Texts::takes(text, value)) return Answer::out_of_range;
  if (!can_keep(false)) return Answer::busy;
  texts_.set(text, value);
  ++revision_;
  changed_ |= changed_texts;
  return Answer::done;
}

Answer Bms::authorize(std::string_view settings_password) {
  const Answer answer = access_.authorize(settings_password, texts_[Text::settings_password], now_ns_);
  if (answer != Answer::done) log_.add(run_time_s(), core::Happening::wrong_password);
  return answer;
}

Answer Bms::apply_preset(core::Preset preset) {
  core::Settings changed = settings_;
  core::apply_preset(preset, changed);
  if (core::contradiction(changed) != nullptr) return Answer::against_order;  // with what the preset leaves alone
  return adopt(changed, Setting::chemistry);
}

Answer Bms::calibrate_voltage(std::int32_t true_mV) {
  if (!is_complete_) return Answer::not_now;
  const std::int64_t raw_mV = without_gain(measurement_.sum_mV(), settings_[Setting::voltage_calibration]);
  const auto ppm = gain_ppm(true_mV, raw_mV, core::info(Setting::voltage_calibration).max);
  if (!ppm) return Answer::out_of_range;
  const core::SettingChange changes[] = {{Setting::voltage_calibration, *ppm}};
  return change(changes);
}

/// 0 A sets the zero; anything else, from 1 A on, the gain.
Answer Bms::calibrate_current(std::int32_t true_mA) {
  constexpr std::int64_t least_mA = 1000;
  if (!is_complete_) return Answer::not_now;
  const std::int64_t zeroed_mA = without_gain(measurement_.current_mA(), settings_[Setting::current_calibration]);
  if (true_mA == 0) {
    const std::int64_t zero_mA = zeroed_mA + settings_[Setting::current_zero];
    if (std::abs(zero_mA) > core::info(Setting::current_zero).max) return Answer::out_of_range;
    const core::SettingChange changes[] = {{Setting::current_zero, static_cast<std::int32_t>(zero_mA)}};
    return change(changes);
  }
  if (std::abs(zeroed_mA) < least_mA) return Answer::not_now;
  const auto ppm = gain_ppm(true_mA, zeroed_mA, core::info(Setting::current_calibration).max);
  if (!ppm) return Answer::out_of_range;
  const core::SettingChange changes[] = {{Setting::current_calibration, *ppm}};
  return change(changes);
}

Answer Bms::command(Command command, std::int32_t value) {
  const bool is_guarded = command == Command::factory_reset || command == Command::set_run_time;
  if (is_guarded && !access_.is_open(now_ns_)) return Answer::needs_password;
  switch (command) {
    case Command::activate:
      life_.activate();
      return Answer::done;
    case Command::shut_down:
      life_.shut_down();
      note_mode();
      return Answer::done;
    case Command::restart:
      demand_ = Demand::restart;
      return Answer::done;
    case Command::factory_reset:
      if (!can_keep(true)) return Answer::busy;
      demand_ = Demand::forget;
      return Answer::done;
    case Command::preset_li_ion:
      return apply_preset(core::Preset::li_ion);
    case Command::preset_lifepo4:
      return apply_preset(core::Preset::lifepo4);
    case Command::preset_lto:
      return apply_preset(core::Preset::lto);
    case Command::emergency_start:
      life_.start_emergency(now_ns_);
      log_.add(run_time_s(), core::Happening::emergency_started);
      return Answer::done;
    case Command::emergency_stop:
      life_.stop_emergency();
      log_.add(run_time_s(), core::Happening::emergency_ended);
      return Answer::done;
    case Command::calibrate_voltage:
      return calibrate_voltage(value);
    case Command::calibrate_current:
      return calibrate_current(value);
    case Command::set_clock:
      clock_offset_s_ = static_cast<std::int64_t>(static_cast<std::uint32_t>(value)) -
                        static_cast<std::int64_t>((now_ns_ - started_ns_) / second_ns);
      changed_ |= changed_counters;
      return Answer::done;
    case Command::set_run_time:
      break;
  }
  if (value < 0) return Answer::out_of_range;
  if (!can_keep(false)) return Answer::busy;
  run_time_ns_ = static_cast<std::uint64_t>(value) * second_ns;
  started_run_ns_ = now_ns_;
  changed_ |= changed_counters;
  return Answer::done;
}

}  // namespace jk::app
