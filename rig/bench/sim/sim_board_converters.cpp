// SPDX-License-Identifier: Apache-2.0
// The board's analog side: what a channel measures, and the timed scans.
#include <algorithm>
#include <stdexcept>

#include "rig/bench/sim/sim_board.hpp"

namespace rig::bench {

using models::pack::Plant;

SimBoard::Channel* SimBoard::channel(std::uint32_t number) {
  return number < channel_by_number_.size() ? channel_by_number_[number] : nullptr;
}

SimBoard::Input SimBoard::input_of(const std::string& is, int index) {
  if (is == "cell_voltage") return {Measured::cell_voltage, index};
  if (is == "port_current") return {Measured::port_current, 0};
  if (is == "pack_voltage") return {Measured::pack_voltage, 0};
  if (is == "port_voltage") return {Measured::port_voltage, 0};
  if (is == "balance_store") return {Measured::balance_store, 0};
  if (is == "ntc_1") return {Measured::ntc, 0};
  if (is == "ntc_2") return {Measured::ntc, 1};
  if (is == "ntc_mos") return {Measured::ntc, 2};
  throw std::runtime_error("the simulation cannot measure \"" + is + "\"");
}

double SimBoard::true_value(const Input& input, const Plant& plant, std::int64_t t) const {
  switch (input.what) {
    case Measured::cell_voltage:
      return plant.sensed_V(input.index, t);
    case Measured::port_current:
      return plant.port_A(t);
    case Measured::pack_voltage:
      return plant.pack_V(t);
    case Measured::port_voltage:
      return plant.port_V(t);
    case Measured::balance_store:
      return plant.store_V(t);
    case Measured::ntc:
      break;
  }
  return sensors_[static_cast<std::size_t>(input.index)].ratio(plant.bead_degC(input.index, t));
}

void SimBoard::set_ntc_curve(int sensor, const std::vector<double>& degC, const std::vector<double>& r_ohm) {
  sensors_[static_cast<std::size_t>(sensor)].set_curve(
      degC.empty() ? ntc_ : std::make_shared<const models::ntc::Ntc>(degC, r_ohm, spec_.ntc.divider_ohm));
}

void SimBoard::set_measuring_error(const std::string& input, double offset, double gain_error) {
  (void)loop_.sample();
  sample_scans_until(now_ns());  // what was sampled before the fault
  const Input meant = input_named(input);
  const auto apply = [&](Channel& c) {
    if (c.input.what == meant.what && c.input.index == meant.index) c.adc.set_error(offset, gain_error);
  };
  for (Channel& c : channels_) apply(c);
  for (auto& chip : spi_inputs_) {
    for (Channel& c : chip) apply(c);
  }
}

double SimBoard::filtered(Channel& c, const Plant& plant, std::int64_t t) {
  const auto input = [&](std::int64_t at) { return true_value(c.input, plant, at); };
  if (!c.filter) c.filter.emplace(c.filter_s, input(plant.now_ns()), plant.now_ns());
  return c.filter->at(t, input);
}

/// The plant leaves its segment: what filters have seen of it is kept.
void SimBoard::keep_filters(std::int64_t t) {
  const Plant& plant = loop_.plant();
  const auto keep = [&](Channel& c) {
    if (c.filter) c.filter->keep(t, [&](std::int64_t at) { return true_value(c.input, plant, at); });
  };
  for (Channel& c : channels_) keep(c);
  for (auto& chip : spi_inputs_) {
    for (Channel& c : chip) keep(c);
  }
}

int SimBoard::adc_read(std::int64_t t_ns, std::uint32_t number, std::int32_t& raw) {
  Channel* c = channel(number);
  if (c == nullptr) return BOARD_EINVAL;
  if (c->scan < 0) {
    raw = converted(*c, t_ns);
    return BOARD_OK;
  }
  if (!c->code) return BOARD_EBUSY;
  raw = *c->code;
  return BOARD_OK;
}

std::int32_t SimBoard::converted(Channel& c, std::int64_t t_ns) {
  const Plant& plant = loop_.sample();
  const std::int64_t t = std::clamp(t_ns, plant.now_ns(), plant.horizon_ns());
  return code_of(c, input_value(c, plant, t), plant, t);
}

int SimBoard::adc_scan_start(std::int64_t t_ns, std::uint32_t group) {
  for (Scan& s : scans_) {
    if (s.group != group) continue;
    if (s.start_ns >= 0) return BOARD_EBUSY;
    s.start_ns = std::max(t_ns, now_ns());
    s.taken = 0;
    expect_scan_end();
    return BOARD_OK;
  }
  return BOARD_EINVAL;
}

void SimBoard::expect_scan_end() {
  scan_end_ns_ = INT64_MAX;
  scan_ends_.cancel();
  if (scans_stopped_) return;
  for (const Scan& s : scans_) {
    if (s.start_ns >= 0)
      scan_end_ns_ =
          std::min(scan_end_ns_, s.start_ns + s.per_channel_ns * static_cast<std::int64_t>(s.channels.size()));
  }
  if (scan_end_ns_ != INT64_MAX) scan_ends_.at(scan_end_ns_);
}

void SimBoard::stop_scans(bool stopped) {
  scans_stopped_ = stopped;
  for (Scan& s : scans_) s.start_ns = -1;
  expect_scan_end();
}

void SimBoard::about_to_run(std::int64_t t_ns) {
  if (scan_end_ns_ <= t_ns) finish_scans();
}

/// Each channel is sampled at the end of its own slot, in closed form: no kernel event for it.
void SimBoard::leave_segment(std::int64_t t_ns) {
  sample_scans_until(t_ns);
  if (has_filters_) keep_filters(t_ns);
}

void SimBoard::sample_scans_until(std::int64_t t_ns) {
  for (Scan& s : scans_) {
    if (s.start_ns >= 0) sample_scan_until(s, t_ns);
  }
}

void SimBoard::sample_scan_until(Scan& s, std::int64_t t_ns) {
  const Plant& plant = loop_.plant();
  const std::int64_t now = plant.now_ns();
  std::int64_t at = s.start_ns + s.per_channel_ns * static_cast<std::int64_t>(s.taken + 1);
  if (s.is_plain && plant.are_readings_plain()) {  // the usual case
    std::size_t k = s.taken;
    for (; k < s.codes.size() && at <= t_ns; ++k, at += s.per_channel_ns) {
      Channel& c = channels_[s.channels[k]];
      s.codes[k] = c.adc.sample(plant.cell_V(c.input.index, std::max(at, now)));
    }
    s.taken = k;
    return;
  }
  for (; s.taken < s.channels.size() && at <= t_ns; ++s.taken, at += s.per_channel_ns) {
    Channel& c = channels_[s.channels[s.taken]];
    const std::int64_t t = std::max(at, now);
    double value = input_value(c, plant, t);
    if (s.kept_share > 0) s.last_value = value += s.kept_share * (s.last_value - value);
    s.codes[s.taken] = code_of(c, value, plant, t);
  }
}

void SimBoard::finish_scans() {
  (void)loop_.sample();
  sample_scans_until(now_ns());
  for (Scan& s : scans_) {
    if (s.start_ns < 0 || s.taken < s.channels.size()) continue;
    for (std::size_t i = 0; i < s.channels.size(); ++i) channels_[s.channels[i]].code = s.codes[i];
    s.start_ns = -1;
    firmware_->raise_irq(BOARD_IRQ_SCAN(s.group), 1);
  }
  expect_scan_end();
}

}  // namespace rig::bench
