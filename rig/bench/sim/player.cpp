// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/player.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "models/cell/visit.hpp"
#include "models/port/visit.hpp"
#include "rig/scenario/hold_action.hpp"

namespace rig::bench {

using scenario::Action;

namespace {

double value_or(const Action& a, const char* name, double otherwise) {
  const auto found = a.values.find(name);
  return found == a.values.end() ? otherwise : found->second.value;
}
bool is_off(const Action& a) { return value_or(a, "off", 0) != 0; }
std::string word_of(const Action& a, const char* name) {
  const auto found = a.words.find(name);
  return found == a.words.end() ? std::string() : found->second;
}

/// What the action names of a device's visit list; the rest keeps its defaults.
template <class Device>
Device device_of(const Action& a) {
  Device device;
  models::port::visit([&a](const models::math::Parameter& p, double& target) { target = value_or(a, p.key, target); },
                      device);
  return device;
}

void set_charger(models::port::Port& port, const Action& a, double now_s) {
  if (is_off(a)) return port.charger.reset();
  auto charger = device_of<models::port::Charger>(a);
  charger.reversed = word_of(a, "polarity") == "reversed";
  charger.start_s = now_s;
  port.charger = charger;
}

void set_inverter(models::pack::Plant& plant, const Action& a, double now_s) {
  if (is_off(a)) return plant.port().inverter.reset();
  auto inverter = device_of<models::port::Inverter>(a);
  const auto start = device_of<models::port::InverterStart>(a);
  inverter.start_s = now_s + start.start_after_s;
  plant.port().inverter = inverter;
  plant.set_link_V(start.link_V);
}

void set_motor(models::port::Port& port, const Action& a, double now_s) {
  if (is_off(a)) return port.motor.reset();
  auto motor = device_of<models::port::Motor>(a);
  motor.start_s = now_s;
  port.motor = motor;
}

models::mosfet::BankFault bank_fault(const std::string& state) {
  using models::mosfet::BankFault;
  if (state == "stuck on") return BankFault::stuck_on;
  if (state == "stuck off") return BankFault::stuck_off;
  if (state == "one dead") return BankFault::one_dead;
  if (state == "slow gate") return BankFault::slow_gate;
  return state == "leaking" ? BankFault::leaking : BankFault::none;
}

void set_load(models::port::Port& port, const Action& a) {
  if (is_off(a)) return port.load.reset();
  port.load = device_of<models::port::Load>(a);
}

void set_short(models::port::Port& port, const Action& a) {
  if (is_off(a)) return port.short_circuit.reset();
  port.short_circuit = device_of<models::port::Short>(a);
}

void set_profile(models::port::Port& port, const Action& a, double now_s) {
  if (is_off(a)) return port.clear_profile();
  port.set_profile({a.series.x, a.series.y, word_of(a, "interpolation") == "held", now_s});
}

void set_cell(models::pack::Plant& plant, const Action& a) {
  const int k = a.cell - 1;
  if (a.values.contains("temperature")) return plant.set_cell_temperature(k, value_or(a, "temperature", 25));
  if (a.values.contains("soc")) return plant.set_cell_soc(k, value_or(a, "soc", 0.5));
  auto faults = word_of(a, "state") == "healthy" ? models::cell::CellFaults() : plant.cell_faults(k);
  models::cell::visit([&a](const models::math::Parameter& p, double& target) { target = value_or(a, p.key, target); },
                      faults);
  faults.open_weld = value_or(a, models::cell::open_weld_choice.key, faults.open_weld ? 1 : 0) != 0;
  faults.reversed = value_or(a, models::cell::reversed_choice.key, faults.reversed ? 1 : 0) != 0;
  plant.set_cell_faults(k, faults);
}

void set_ntc(PlantLoop& loop, SimBoard& board, const Action& a) {
  const int sensor = a.cell - 1;
  const std::string state = word_of(a, "state");
  if (state == "curve") return board.set_ntc_curve(sensor, a.series.x, a.series.y);
  loop.change().detach_sensor(sensor, state == "detached");
  board.set_ntc_fault(sensor, state == "open"    ? models::ntc::NtcFault::open
                              : state == "short" ? models::ntc::NtcFault::shorted
                                                 : models::ntc::NtcFault::none);
  if (state == "normal") board.set_ntc_curve(sensor, {}, {});
}

void set_lead(models::pack::Plant& plant, const Action& a) {
  const std::string state = word_of(a, "state");
  if (state == "open") return plant.open_lead(a.cell);
  if (state == "resistance") return plant.leads().set_resistance(a.cell, value_or(a, "resistance", 0));
  if (state == "swapped") return plant.leads().swap(a.cell, static_cast<int>(value_or(a, "other", 0)));
  plant.leads().repair(a.cell);
}

void set_balancer(models::pack::Plant& plant, const Action& a) {
  if (word_of(a, "state") == "normal") return plant.set_converter_faults({});
  auto faults = plant.converter_faults();
  if (a.values.contains("cell")) faults.stuck_cell = static_cast<int>(value_or(a, "cell", 0)) - 1;
  faults.store_leak_ohm = value_or(a, "store_leak", faults.store_leak_ohm);
  plant.set_converter_faults(faults);
}

}  // namespace

Player::Player(const sc_core::sc_module_name& name, const std::vector<Action>& actions, PlantLoop& loop,
               SimBoard& board, FirmwareModule& firmware, Clients* clients)
    : sc_module(name), actions_(actions), loop_(loop), board_(board), firmware_(firmware), clients_(clients) {
  for (std::size_t i = 0; i < actions_.size(); ++i)
    if (actions_[i].cue < 0) add({scenario::to_ns(actions_[i].at_s), i, actions_[i].times});
}

void Player::add(Due due) {
  due_.push_back(due);
  std::push_heap(due_.begin(), due_.end());
  turn_.at(due_.front().t_ns);
}

void Player::cue(int number, std::int64_t t_ns) {
  for (std::size_t i = 0; i < actions_.size(); ++i)
    if (actions_[i].cue == number) add({t_ns + scenario::to_ns(actions_[i].at_s), i, actions_[i].times});
}

std::vector<Player::Missed> Player::missed() const {
  std::vector<Missed> all;
  for (const Due& due : due_) all.push_back({&actions_[due.action], due.t_ns});
  std::ranges::sort(all, {}, &Missed::action);
  return all;
}

void Player::play_now(Action action) {
  unplanned_.push_back(std::move(action));
  turn_.now();
}

void Player::play() {
  const std::int64_t now = now_ns();
  for (const Action& action : std::exchange(unplanned_, {})) act(action);
  while (!due_.empty() && due_.front().t_ns <= now) {
    std::pop_heap(due_.begin(), due_.end());
    Due due = due_.back();
    due_.pop_back();
    const Action& action = actions_[due.action];
    act(action);
    if (--due.left > 0) add({due.t_ns + scenario::to_ns(action.every_s), due.action, due.left});
  }
  if (!due_.empty()) turn_.at(due_.front().t_ns);
}

void Player::disturb_firmware(const std::string& what) {
  if (what == "reset") return firmware_.reset(BOARD_RESET_PIN);
  if (what == "hang") return firmware_.hang_main();
  firmware_.stall(true);
}

void Player::hold(const Action& a) {
  const int cells = loop_.plant().cells();
  for (int k = 0; is_off(a) && k < cells; ++k) {
    if (loop_.plant().is_held(k)) hold_cell(k, std::nullopt);
  }
  for (const auto& [signal, volts] : a.values) {
    if (const int cell = scenario::held_cell(signal, cells); cell > 0) hold_cell(cell - 1, volts.value);
  }
  for (const auto& [signal, off] : a.words) hold_cell(scenario::held_cell(signal, cells) - 1, std::nullopt);
}

void Player::hold_cell(int k, std::optional<double> terminal_V) {
  loop_.change().hold_cell(k, terminal_V);
  if (imposed) imposed("cell[" + std::to_string(k + 1) + "].voltage", terminal_V.has_value());
}

void Player::act(const Action& a) {
  const double now_s = static_cast<double>(now_ns()) * 1e-9;
  if (a.target == "charger") return set_charger(loop_.change().port(), a, now_s);
  if (a.target == "inverter") return set_inverter(loop_.change(), a, now_s);
  if (a.target == "motor") return set_motor(loop_.change().port(), a, now_s);
  if (a.target == "charge_bank" || a.target == "discharge_bank")
    return loop_.change().set_bank_fault(a.target == "charge_bank", bank_fault(word_of(a, "state")));
  if (a.target == "precharge") return loop_.change().set_precharge(!is_off(a));
  if (a.target == "charge_limiter") return loop_.change().set_charge_limiter(!is_off(a));
  if (a.target == "heater") return loop_.change().set_heater_switch(!is_off(a));
  if (a.target == "link") return loop_.change().set_contact(a.cell - 1, value_or(a, "resistance", 0));
  if (a.target == "load") return set_load(loop_.change().port(), a);
  if (a.target == "short") return set_short(loop_.change().port(), a);
  if (a.target == "profile") return set_profile(loop_.change().port(), a, now_s);
  if (a.target == "ambient") return loop_.change().set_ambient(value_or(a, "temperature", 25));
  if (a.target == "supply") return loop_.change().set_supply_lead(!is_off(a));
  if (a.target == "firmware") return disturb_firmware(word_of(a, "do"));
  if (a.target == "adc") return board_.stop_scans(word_of(a, "do") == "stop");
  if (clients_ != nullptr && clients_->act(a)) return;
  if (a.target == "button") return board_.press_button(word_of(a, "do") == "pressed");
  if (a.target == "cell") return set_cell(loop_.change(), a);
  if (a.target == "hold") return hold(a);
  if (a.target == "ntc") return set_ntc(loop_, board_, a);
  if (a.target == "lead") return set_lead(loop_.change(), a);
  if (a.target == "balancer") return set_balancer(loop_.change(), a);
  if (a.target == "measuring")
    return board_.set_measuring_error(word_of(a, "of"), value_or(a, "offset", 0), value_or(a, "gain_error", 0));
  throw std::runtime_error("the simulation cannot do \"" + a.target + "\"");
}

}  // namespace rig::bench
