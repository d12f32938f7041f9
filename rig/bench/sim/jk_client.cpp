// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/jk_client.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace rig::bench {

using scenario::SignalId;

namespace {

constexpr double to_V = 0.01, to_A = 0.01, to_ratio = 0.01, mV = 1e-3;

SignalId required(const scenario::Catalogue& catalogue, const std::string& name) {
  const auto id = catalogue.find(name);
  if (!id) throw std::logic_error("the catalogue lacks " + name);
  return *id;
}

}  // namespace

JkClient::JkClient(const sc_core::sc_module_name& name, const scenario::Catalogue& catalogue, SimSerial& port,
                   double poll_s)
    : sc_module(name), port_(port), period_ns_(scenario::to_ns(poll_s)), followed_(catalogue.size()) {
  if (const auto* cells = catalogue.find_vector("bms.cell.voltage")) cells_ = *cells;
  const auto id = [&](const char* of) { return required(catalogue, std::string("bms.") + of); };
  voltage_ = id("voltage");
  current_ = id("current");
  soc_ = id("soc");
  t1_ = id("temperature[1]");
  t2_ = id("temperature[2]");
  mos_ = id("mos_temperature");
  cycles_ = id("cycles");
  age_ = id("poll_age");
  static constexpr const char* alarm_names[] = {"low_capacity",
                                                "mos_overtemperature",
                                                "pack_overvoltage",
                                                "undervoltage",
                                                "battery_overtemperature",
                                                "charge_overcurrent",
                                                "discharge_overcurrent",
                                                "cell_difference",
                                                "box_overtemperature",
                                                "battery_low_temperature",
                                                "cell_overvoltage",
                                                "cell_undervoltage"};
  for (std::size_t b = 0; b < std::size(alarm_names); ++b) {
    alarms_.push_back({id((std::string("alarm.") + alarm_names[b]).c_str()), static_cast<std::uint16_t>(1u << b)});
  }
  alarms_.push_back({id("alarm.any"), 0xFFFF});
  status_ = {{id("charge_mos"), 1}, {id("discharge_mos"), 2}, {id("balancing"), 4}, {id("online"), 8}};
  port_.sent = [this](std::int64_t end_ns) {
    last_end_ns_ = end_ns;
    arrived_.at(end_ns);  // the earlier of two stays
  };
  poll_.at(period_ns_);
}

void JkClient::poll() {
  poll_.at(now_ns() + period_ns_);
  collector_.clear();
  if (heard) heard({1, 0, 0, std::exchange(loose_bytes_, 0) > 0 ? 1u : 0u});
  port_.client_sends(telemetry::read_all_request());
}

void JkClient::receive() {
  Heard news;
  std::size_t in_frames = 0;
  const auto bytes = port_.client_receives();
  news.bytes = bytes.size();
  collector_.add(bytes, [&](std::span<const std::uint8_t> frame) {
    ++news.replies;
    in_frames += frame.size();
    if (const auto* const report = decoder_.decode_collected(frame)) publish(*report);
  });
  if (heard) count(news, in_frames);
  if (last_end_ns_ > now_ns()) arrived_.at(last_end_ns_);
}

void JkClient::count(const Heard& news, std::size_t in_frames) {
  loose_bytes_ += news.bytes;
  loose_bytes_ -= std::min<std::uint64_t>(loose_bytes_, in_frames);
  heard(news);
}

void JkClient::take(SignalId id, double value, bool is_bit) {
  if (signals_->held(id) != value) news_.push_back({id, value, is_bit});
}

void JkClient::note_silence() {
  longest_silence_ns_ = std::max(longest_silence_ns_, now_ns() - last_good_ns_);
  last_good_ns_ = now_ns();
}

std::int64_t JkClient::longest_silence_ns(std::int64_t end_ns) const {
  return std::max(longest_silence_ns_, end_ns - last_good_ns_);
}

void JkClient::read(const telemetry::JkReport& r) {
  news_.clear();
  for (std::size_t k = 0; k < cells_.size() && k < r.cell_mV.size(); ++k) take(cells_[k], r.cell_mV[k] * mV, false);
  take(voltage_, r.voltage_10mV * to_V, false);
  take(current_, r.current_10mA * to_A, false);
  take(soc_, r.soc_percent * to_ratio, false);
  take(t1_, r.t1_degC, false);
  take(t2_, r.t2_degC, false);
  take(mos_, r.mos_degC, false);
  take(cycles_, r.cycles, false);
  const std::uint32_t bits = static_cast<std::uint32_t>(r.alarms) << 16 | r.status;
  if (bits == last_bits_) return;
  last_bits_ = bits;
  for (const Bit& b : alarms_) take(b.id, (r.alarms & b.mask) != 0 ? 1 : 0, true);
  for (const Bit& b : status_) take(b.id, (r.status & b.mask) != 0 ? 1 : 0, true);
}

void JkClient::publish(const telemetry::JkReport& report) {
  read(report);
  const auto is_followed = [this](const News& n) { return n.is_bit || followed_[static_cast<std::size_t>(n.id)] != 0; };
  const bool seen = followed_[static_cast<std::size_t>(age_)] != 0 || std::ranges::any_of(news_, is_followed);
  seen ? before() : unseen();
  note_silence();
  signals_->replied(board_, now_ns());
  for (const News& n : news_) {
    signals_->hold(n.id, n.value);
    if (n.is_bit) bit(n.id, n.value);
  }
  if (seen) after();
}

}  // namespace rig::bench
