// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/sim_board.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "models/math/exact.hpp"

namespace rig::bench {

using models::pack::Plant;
using models::pack::PlantEvent;

namespace {

constexpr double per_ppm = 1e-6;

/// "cell_voltage[3]" -> 2; 0 when there is no number.
int element(const std::string& is) {
  const std::size_t open = is.find('[');
  if (open == std::string::npos) return 0;
  int number = 1;
  std::from_chars(is.data() + open + 1, is.data() + is.size(), number);
  return number - 1;
}
std::string family(const std::string& is) { return is.substr(0, is.find('[')); }

}  // namespace

SimBoard::SimBoard(const sc_core::sc_module_name& name, const scenario::BoardSpec& spec, int cells, std::uint64_t seed,
                   PlantLoop& loop, Observer observer)
    : sc_module(name),
      spec_(spec),
      cells_(cells),
      loop_(loop),
      observer_(std::move(observer)),
      ntc_(std::make_shared<const models::ntc::Ntc>(spec.ntc.r_ohm_over_degC.x, spec.ntc.r_ohm_over_degC.y,
                                                    spec.ntc.divider_ohm)),
      sensors_{models::ntc::Sensor(ntc_), models::ntc::Sensor(ntc_), models::ntc::Sensor(ntc_)} {
  wire_pins();
  wire_converters(cells, seed);
  wire_spi(seed);
  wire_buses();
  wire_nv(seed);
}

SimBoard::~SimBoard() = default;

void SimBoard::wire_pins() {
  static constexpr std::pair<std::string_view, Role> roles[] = {{"charge_gate", Role::charge_gate},
                                                                {"discharge_gate", Role::discharge_gate},
                                                                {"short_circuit_comparator", Role::comparator},
                                                                {"precharge", Role::precharge},
                                                                {"charge_limiter", Role::charge_limiter},
                                                                {"heater", Role::heater},
                                                                {"buzzer", Role::indicator},
                                                                {"led", Role::indicator},
                                                                {"dry_contact_1", Role::indicator},
                                                                {"dry_contact_2", Role::indicator},
                                                                {"button", Role::button},
                                                                {"balance_run", Role::balance_run},
                                                                {"balance_direction", Role::balance_direction}};
  for (const auto& p : spec_.pins) {
    if (pins_.size() <= p.number) pins_.resize(p.number + 1);
    Pin& pin = pins_[p.number];
    pin = {true, p.output, p.reset_level != 0, p.reset_level != 0, Role::none, 0};
    for (const auto& [known, role] : roles) {
      if (p.is != known) continue;
      pin.role = role;
      pin.name = known.data();
    }
    if (p.is.starts_with("balance_select_")) {
      pin.role = Role::balance_select;
      pin.bit = p.is.back() - '0';
    }
  }
}

void SimBoard::wire_converters(int cells, std::uint64_t seed) {
  for (const auto& s : spec_.scans) {
    scans_.push_back({s.group, static_cast<std::int64_t>(s.time_per_channel_s * 1e9 + 0.5), -1, {}, 0, {}});
    if (s.settling_s > 0) scans_.back().kept_share = models::math::exp(-s.time_per_channel_s / s.settling_s);
  }
  std::vector<std::uint32_t> numbers;  // of the channels
  for (const auto& a : spec_.adc) {
    for (std::uint32_t i = 0; i < a.count; ++i) {
      const std::uint32_t number = a.first + i;
      if (family(a.is) == "cell_voltage" && static_cast<int>(i) + element(a.is) >= cells) break;
      numbers.push_back(number);
      channels_.push_back(
          channel_of(input_of(family(a.is), static_cast<int>(i) + element(a.is)), a.spec, seed, number));
      for (std::size_t g = 0; g < scans_.size(); ++g) {
        if (spec_.scans[g].is != a.is) continue;
        channels_.back().scan = static_cast<int>(g);
        scans_[g].channels.push_back(channels_.size() - 1);
      }
    }
  }
  for (std::size_t g = 0; g < scans_.size(); ++g) {
    order_scan(spec_.scans[g].order, scans_[g].channels);
    scans_[g].codes.resize(scans_[g].channels.size());
    scans_[g].is_plain = scans_[g].kept_share == 0 && std::ranges::all_of(scans_[g].channels, [this](std::size_t c) {
                           return channels_[c].input.what == Measured::cell_voltage && channels_[c].filter_s == 0 &&
                                  !channels_[c].adc.drifts();
                         });
  }
  for (std::size_t c = 0; c < numbers.size(); ++c) {  // now that the channels stay where they are
    if (channel_by_number_.size() <= numbers[c]) channel_by_number_.resize(numbers[c] + 1, nullptr);
    channel_by_number_[numbers[c]] = &channels_[c];
  }
}

SimBoard::Input SimBoard::input_named(const std::string& is) { return input_of(family(is), element(is)); }

SimBoard::Channel SimBoard::channel_of(const Input& input, const scenario::AdcSpec& spec, std::uint64_t seed,
                                       std::uint64_t stream) {
  has_filters_ = has_filters_ || spec.filter_s > 0;
  return {input, models::afe::AdcChannel(spec, seed, stream), spec.filter_s, {}, -1, {}};
}

/// Channels of a scan in the order of the board file; those it does not name follow in their own.
void SimBoard::order_scan(const std::vector<int>& order, std::vector<std::size_t>& channels) {
  std::vector<std::size_t> sorted;
  for (const int n : order) {
    if (static_cast<std::size_t>(n) < channels.size()) sorted.push_back(channels[static_cast<std::size_t>(n)]);
  }
  for (const std::size_t c : channels) {
    if (std::find(sorted.begin(), sorted.end(), c) == sorted.end()) sorted.push_back(c);
  }
  channels = std::move(sorted);
}

void SimBoard::wire_spi(std::uint64_t seed) {
  constexpr std::uint64_t first_stream = 1000;  // of the noise, beyond the channels of the controller's own converter
  std::uint64_t stream = first_stream;
  for (const auto& device : spec_.spi) {
    spi_inputs_.emplace_back();
    for (const auto& [is, adc] : device.inputs) {
      spi_inputs_.back().push_back(channel_of(input_named(is), adc, seed, stream++));
    }
  }
  spi_ = std::make_unique<SimSpi>(
      spec_.spi, [this](std::size_t chip, int input, std::int64_t t_ns) { return spi_code(chip, input, t_ns); });
}

std::int32_t SimBoard::spi_code(std::size_t chip, int input, std::int64_t t_ns) {
  auto& inputs = spi_inputs_[chip];
  if (input < 0 || static_cast<std::size_t>(input) >= inputs.size()) return 0;  // open input, pulled to ground
  const Plant& plant = loop_.sample();
  Channel& c = inputs[static_cast<std::size_t>(input)];
  const std::int64_t t = std::clamp(t_ns, plant.now_ns(), plant.horizon_ns());
  return code_of(c, input_value(c, plant, t), plant, t);
}

// ---- pins

int SimBoard::gpio_read(std::int64_t, std::uint32_t pin) {
  if (pin >= pins_.size() || !pins_[pin].exists) return BOARD_EINVAL;
  return pins_[pin].level ? 1 : 0;
}

int SimBoard::gpio_write(std::int64_t t_ns, std::uint32_t pin, std::uint32_t level) {
  if (pin >= pins_.size() || !pins_[pin].exists || !pins_[pin].output || level > 1) return BOARD_EINVAL;
  if (t_ns > now_ns()) {  // a firmware whose local time runs ahead of the kernel
    late_writes_.emplace(t_ns, std::pair(pin, level != 0));
    late_write_.at(late_writes_.begin()->first);
    return BOARD_OK;
  }
  drive(pin, level != 0);
  return BOARD_OK;
}

void SimBoard::press_button(bool is_pressed) {
  observer_.bit("button", is_pressed);
  for (std::uint32_t n = 0; n < pins_.size(); ++n) {
    if (pins_[n].role != Role::button || pins_[n].level == is_pressed) continue;
    pins_[n].level = is_pressed;
    firmware_->raise_irq(BOARD_IRQ_GPIO(n), is_pressed ? 1 : 0);
  }
}

void SimBoard::apply_late_writes() {
  const std::int64_t now = now_ns();
  while (!late_writes_.empty() && late_writes_.begin()->first <= now) {
    const auto [pin, level] = late_writes_.begin()->second;
    late_writes_.erase(late_writes_.begin());
    drive(pin, level);
  }
  if (!late_writes_.empty()) late_write_.at(late_writes_.begin()->first);
}

void SimBoard::drive(std::uint32_t number, bool level) {
  Pin& pin = pins_[number];
  if (pin.level == level) return;
  pin.level = level;
  spi_->pin(number, level);
  switch (pin.role) {
    case Role::charge_gate:
    case Role::discharge_gate: {
      const bool charge = pin.role == Role::charge_gate;
      loop_.change().set_gate(charge, level);
      observer_.bit(charge ? "charge_gate" : "discharge_gate", level);
      break;
    }
    case Role::precharge:
      loop_.change().set_precharge(level);
      break;
    case Role::charge_limiter:
      loop_.change().set_charge_limiter(level);
      break;
    case Role::heater:
      loop_.change().set_heater_switch(level);
      break;
    case Role::indicator:
      observer_.bit(pin.name, level);
      break;
    case Role::balance_run:
      command_.run = level;
      break;
    case Role::balance_direction:
      command_.charge_cell = level;
      break;
    case Role::balance_select:
      command_.cell = level ? command_.cell | 1 << pin.bit : command_.cell & ~(1 << pin.bit);
      break;
    case Role::comparator:
    case Role::button:
    case Role::none:
      break;
  }
  if (pin.role >= Role::balance_run && !converter_dirty_) {
    converter_dirty_ = true;
    converter_event_.now();  // select lines move together, with the last of them
  }
}

void SimBoard::converter_changed() {
  converter_dirty_ = false;
  const auto same = [](const auto& a, const auto& b) {
    return a.run == b.run && (!a.run || (a.charge_cell == b.charge_cell && a.cell == b.cell && a.share == b.share));
  };
  if (same(command_, applied_)) return;
  applied_ = command_;
  loop_.change(false).set_converter(command_);
}

int SimBoard::pwm_write(std::int64_t, std::uint32_t channel, std::uint32_t duty_ppm) {
  if (channel != 0 || duty_ppm > 1'000'000) return BOARD_EINVAL;
  command_.share = duty_ppm * per_ppm;
  if (!converter_dirty_) {
    converter_dirty_ = true;
    converter_event_.now();
  }
  return BOARD_OK;
}

// ---- buses

int SimBoard::i2c_xfer(std::int64_t, std::uint32_t, std::uint32_t, const std::uint8_t*, std::size_t, std::uint8_t*,
                       std::size_t, std::int64_t&) {
  return BOARD_EINVAL;  // no chip on I2C on these boards
}

int SimBoard::spi_xfer(std::int64_t t_ns, std::uint32_t bus, std::uint32_t cs, const std::uint8_t* tx, std::uint8_t* rx,
                       std::size_t bytes, bool hold_cs, std::int64_t& blocks_ns) {
  const std::int64_t wire_ns = spi_->transfer(t_ns, bus, cs, tx, rx, bytes, hold_cs);
  if (wire_ns < 0) return static_cast<int>(wire_ns);
  blocks_ns = wire_ns;
  return BOARD_OK;
}

// ---- the rest

void SimBoard::log(std::int64_t, std::uint32_t level, const char* text) { observer_.log(level, text); }

void SimBoard::probe(std::int64_t t_ns, const char* name, double value) { observer_.probe(t_ns, name, value); }

void SimBoard::reset_changed(std::int64_t t_ns, bool in_reset, std::uint32_t) {
  if (in_reset) {
    late_writes_.clear();
    if (flash_) cut_nv(t_ns);
    for (std::uint32_t n = 0; n < pins_.size(); ++n) {
      if (pins_[n].output) drive(n, pins_[n].reset_level);
    }
    (void)pwm_write(t_ns, 0, 1'000'000);
    for (Scan& s : scans_) s.start_ns = -1;
    expect_scan_end();
    for (Channel& c : channels_) c.code.reset();
  }
  reset_buses(t_ns, in_reset);
  observer_.bit("firmware.running", !in_reset);
}

void SimBoard::plant_event(PlantEvent event) {
  switch (event) {
    case PlantEvent::comparator_rises:
    case PlantEvent::comparator_falls: {
      const bool level = event == PlantEvent::comparator_rises;
      observer_.bit("short_circuit_comparator", level);
      for (std::uint32_t n = 0; n < pins_.size(); ++n) {
        if (pins_[n].role != Role::comparator) continue;
        pins_[n].level = level;
        firmware_->raise_irq(BOARD_IRQ_GPIO(n), level ? 1 : 0);
      }
      break;
    }
    case PlantEvent::supply_fails:
      firmware_->hold_in_reset(BOARD_RESET_BROWN_OUT);
      break;
    case PlantEvent::supply_returns:
      firmware_->release_reset();
      break;
    case PlantEvent::bank_switches:
      observer_.bit("charge_fet", loop_.plant().charge_fet());
      observer_.bit("discharge_fet", loop_.plant().discharge_fet());
      break;
    case PlantEvent::runaway:
      observer_.bit("thermal_runaway", true);
      break;
    case PlantEvent::current_gone:
    case PlantEvent::step:
      break;
  }
}

}  // namespace rig::bench
