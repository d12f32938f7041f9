// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/clients.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace rig::bench {

using scenario::Action;

namespace {

constexpr std::size_t burst_bytes = 16;  // of a flood
constexpr const char* can_wire = "can";

double number_or(const Action& action, const char* name, double otherwise) {
  const auto found = action.values.find(name);
  return found == action.values.end() ? otherwise : found->second.value;
}

std::string text_of(const Action& action, const char* name) {
  const auto found = action.words.find(name);
  return found == action.words.end() ? std::string() : found->second;
}

std::span<const std::uint8_t> bytes_in(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

double setting_of(const scenario::BoardSetup& setup, const char* name, double otherwise) {
  const auto found = setup.settings.find(name);
  return found == setup.settings.end() ? otherwise : found->second;
}

CanListener::Language language_of(const scenario::BoardSetup& setup) {
  const double protocol = setting_of(setup, "can_protocol", 0);
  const bool has_address = protocol == 0 || protocol == 6;  // JK V2
  const bool is_jk = has_address || protocol == 12;
  return {is_jk, has_address ? static_cast<std::uint32_t>(setting_of(setup, "device_address", 0)) : 0u};
}

double baud_of(const SimSerial& port) { return 1e10 / static_cast<double>(port.byte_ns()); }

}  // namespace

Clients::Clients(SimBoard& board, WireSignals signals, const scenario::BoardSetup& setup, std::uint64_t seed)
    : board_(board), signals_(std::move(signals)), setup_(setup), seed_(seed) {
  if (SimSerial* const port = board_.serial("jk_modbus")) {
    modbus_ = std::make_unique<ModbusPoller>(*port, signals_,
                                             static_cast<std::uint8_t>(setting_of(setup, "device_address", 1)));
    if (modbus_->is_wanted()) listen_to_modbus();
  }
  if (SimCan* const bus = board_.can(0)) listener_ = std::make_unique<CanListener>(*bus, signals_, language_of(setup));
}

void Clients::count(JkClient& client) {
  if (!signals_.is_any_read("traffic.jk_4e57.")) return;
  client.heard = [this](const JkClient::Heard& heard) {
    signals_.count("traffic.jk_4e57.requests", heard.requests);
    signals_.count("traffic.jk_4e57.bytes", heard.bytes);
    signals_.count("traffic.jk_4e57.replies", heard.replies);
    signals_.count("traffic.jk_4e57.bad_frames", heard.bad_frames);
    signals_.publish();
  };
}

SerialEnd& Clients::serial(const std::string& is) {
  SimSerial* const port = board_.serial(is);
  if (port == nullptr) throw std::runtime_error("the board has no UART " + is);
  return *port;
}

SimCan& Clients::can() {
  SimCan* const bus = board_.can(0);
  if (bus == nullptr) throw std::runtime_error("the board has no CAN");
  return *bus;
}

LineChance& Clients::chance(const std::string& wire) {
  static constexpr const char* known[] = {"jk_4e57", "jk_4e57 back", "jk_modbus", "jk_modbus back", can_wire};
  auto& chance = chances_[wire];
  if (!chance) {
    const auto number = static_cast<std::uint64_t>(std::ranges::find(known, wire) - std::begin(known));
    chance = std::make_unique<LineChance>(seed_, number);
  }
  return *chance;
}

bool Clients::act(const Action& action) {
  if (action.target == "send") return send(action), true;
  if (action.target == "poll") return poll(action), true;
  if (action.target == "flood") return flood(action), true;
  if (action.target == "line") return set_line(action), true;
  return false;
}

void Clients::send(const Action& action) {
  const std::string to = text_of(action, "to"), bytes = text_of(action, "bytes");
  SerialEnd& end = serial(to);
  signals_.count("traffic." + to + ".requests");
  signals_.publish();
  const double baud = number_or(action, "baud", 0);
  if (baud > 0) return send_at_speed(end, bytes_in(bytes), baud, baud_of(*board_.serial(to)));
  end.client_sends(bytes_in(bytes));
}

void Clients::poll(const Action& action) {
  if (!modbus_) throw std::runtime_error("poll: the board has no UART jk_modbus");
  ModbusPoller::Poll poll;
  poll.period_ns = scenario::to_ns(number_or(action, "every", 0));
  poll.address = static_cast<std::uint8_t>(number_or(action, "address", setting_of(setup_, "device_address", 1)));
  poll.baud = number_or(action, "baud", 0);
  listen_to_modbus();
  modbus_->poll(poll);
}

void Clients::listen_to_modbus() {
  SimSerial& port = *board_.serial("jk_modbus");
  if (!port.is_on_a_bus()) port.sent = [this](std::int64_t end_ns) { modbus_->told(end_ns); };
}

void Clients::flood(const Action& action) {
  const std::string to = text_of(action, "to");
  Flood& flood = floods_[to];
  const std::string bytes = text_of(action, "bytes");
  flood.load = number_or(action, "load", 0);
  flood.bytes.assign(bytes.begin(), bytes.end());
  flood.can_id = static_cast<std::uint32_t>(number_or(action, "id", 0));
  constexpr std::uint64_t floods = 100;
  if (!flood.chance)
    flood.chance = std::make_unique<LineChance>(seed_, floods + (to == can_wire ? 2u : to == "jk_modbus" ? 1u : 0u));
  if (!flood.next) flood.next = std::make_unique<Timer>(Turn::client_poll, [this, to] { go_on(to, floods_.at(to)); });
  flood.load > 0 ? flood.next->now() : flood.next->cancel();
}

void Clients::go_on(const std::string& to, Flood& flood) {
  const auto busy_ns = static_cast<double>(burst(to, flood));
  flood.next->at(now_ns() + static_cast<std::int64_t>(busy_ns / flood.load + 0.5));
}

std::int64_t Clients::burst(const std::string& to, Flood& flood) {
  const bool is_can = to == can_wire;
  std::vector<std::uint8_t> bytes = flood.bytes;
  while (bytes.size() < (is_can ? 8 : burst_bytes) && flood.bytes.empty())
    bytes.push_back(static_cast<std::uint8_t>(flood.chance->bits()));
  if (!is_can) {
    SimSerial* const port = board_.serial(to);
    serial(to).client_sends(bytes);
    return port->byte_ns() * static_cast<std::int64_t>(bytes.size());
  }
  CanFrame frame;
  frame.frame.id = flood.can_id;
  frame.frame.extended = flood.can_id > 0x7FF ? 1 : 0;
  frame.frame.length = static_cast<std::uint8_t>(std::min<std::size_t>(bytes.size(), 8));
  std::copy_n(bytes.begin(), frame.frame.length, frame.frame.data);
  constexpr std::size_t most_waiting = 4;  // a bus that others fill too takes less than this one wants
  if (can().outside_waiting() < most_waiting) can().outside_sends(frame);
  return static_cast<std::int64_t>(can_frame_bits(frame) * 1e9 / can().bit_per_s() + 0.5);
}

void Clients::set_line(const Action& action) {
  const std::string wire = text_of(action, "of");
  LineFaults faults;
  faults.bit_errors = number_or(action, "noise", 0);
  faults.loss = number_or(action, "loss", 0);
  faults.delay_ns = scenario::to_ns(number_or(action, "delay", 0));
  faults.is_cut = number_or(action, "cut", 0) != 0;
  if (wire == can_wire) return can().set_faults(faults, chance(wire));
  SimSerial* const port = board_.serial(wire);
  if (port == nullptr) throw std::runtime_error("line: the board has no UART " + wire);
  port->set_faults(faults, chance(wire), chance(wire + " back"));
}

}  // namespace rig::bench
