// SPDX-License-Identifier: Apache-2.0
#include "rig/telemetry/modbus_client.hpp"

#include <modbus.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <utility>

#include "rig/telemetry/jk_modbus_settings.hpp"

namespace rig::telemetry {
namespace {

constexpr std::size_t most_words = 40;  // that real boards answer
constexpr std::uint16_t live_block = 0x1200;
constexpr std::size_t live_bytes = 0xC2;

std::string hex(std::uint32_t value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "0x%04X", value);
  return text.data();
}

/// Big-endian numbers at offsets of a block.
class Bytes {
 public:
  explicit Bytes(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  [[nodiscard]] std::uint8_t u8(std::size_t at) const { return bytes_[at]; }
  [[nodiscard]] std::uint16_t u16(std::size_t at) const {
    return static_cast<std::uint16_t>(bytes_[at] << 8 | bytes_[at + 1]);
  }
  [[nodiscard]] std::int16_t i16(std::size_t at) const { return static_cast<std::int16_t>(u16(at)); }
  [[nodiscard]] std::uint32_t u32(std::size_t at) const {
    return static_cast<std::uint32_t>(u16(at)) << 16 | u16(at + 2);
  }
  [[nodiscard]] std::int32_t i32(std::size_t at) const { return static_cast<std::int32_t>(u32(at)); }

 private:
  std::span<const std::uint8_t> bytes_;
};

const JkSetting& find(std::string_view name) {
  const auto found = std::ranges::find(jk_settings, name, &JkSetting::name);
  if (found == jk_settings.end())
    throw std::out_of_range("the Modbus map of JK boards has no setting " + std::string(name));
  return *found;
}

std::size_t bytes_of(const JkSetting& setting) {
  return setting.form == RegisterForm::u32 || setting.form == RegisterForm::i32 ? 4 : 2;
}

/// The setting as the board's own number.
std::int64_t number_in(const JkSetting& setting, const Bytes& bytes) {
  switch (setting.form) {
    case RegisterForm::u32:
      return bytes.u32(0);
    case RegisterForm::i32:
      return bytes.i32(0);
    case RegisterForm::u8_high:
      return bytes.u8(0);
    case RegisterForm::u8_low:
      return bytes.u8(1);
    case RegisterForm::i8_high:
      return static_cast<std::int8_t>(bytes.u8(0));
    case RegisterForm::i8_low:
      return static_cast<std::int8_t>(bytes.u8(1));
    case RegisterForm::bit:
      break;
  }
  return bytes.u16(0) >> setting.bit & 1;
}

std::pair<std::int64_t, std::int64_t> range_of(const JkSetting& setting) {
  switch (setting.form) {
    case RegisterForm::u32:
      return {0, UINT32_MAX};
    case RegisterForm::i32:
      return {INT32_MIN, INT32_MAX};
    case RegisterForm::u8_high:
    case RegisterForm::u8_low:
      return {0, UINT8_MAX};
    case RegisterForm::i8_high:
    case RegisterForm::i8_low:
      return {INT8_MIN, INT8_MAX};
    case RegisterForm::bit:
      break;
  }
  return {0, 1};
}

void put(const JkSetting& setting, std::int64_t number, std::vector<std::uint8_t>& bytes) {
  if (bytes.size() == 4) {
    for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
  } else if (setting.form == RegisterForm::bit) {
    std::uint8_t& half = bytes[setting.bit < 8 ? 1 : 0];
    const int mask = 1 << setting.bit % 8;
    half = static_cast<std::uint8_t>(number != 0 ? half | mask : half & ~mask);
  } else {
    const bool is_high = setting.form == RegisterForm::u8_high || setting.form == RegisterForm::i8_high;
    bytes[is_high ? 0 : 1] = static_cast<std::uint8_t>(number);
  }
}

std::int64_t steps_of(const JkSetting& setting, double value) {
  const double steps = value / setting.unit, whole = std::round(steps);
  const auto [least, most] = range_of(setting);
  constexpr double tolerance = 1e-6;
  const bool is_whole = std::fabs(steps - whole) <= tolerance * std::max(1.0, std::fabs(whole));
  if (!is_whole || !(whole >= static_cast<double>(least)) || !(whole <= static_cast<double>(most)))
    throw std::invalid_argument(std::string(setting.name) + ": " + std::to_string(value) +
                                " is no number of the board's steps of " + std::to_string(setting.unit));
  return static_cast<std::int64_t>(whole);
}

}  // namespace

struct JkModbusClient::Context {
  explicit Context(const Line& line) : modbus(modbus_new_rtu(line.device.c_str(), line.baud, 'N', 8, 1)) {}
  ~Context() {
    if (modbus == nullptr) return;
    modbus_close(modbus);
    modbus_free(modbus);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  modbus_t* modbus;
};

JkModbusClient::JkModbusClient(Line line, int address)
    : line_(std::move(line)), address_(address), context_(std::make_unique<Context>(line_)) {
  if (context_->modbus == nullptr)
    throw ModbusError(ModbusError::Kind::link, 0, line_.device + " cannot be opened: " + modbus_strerror(errno));
  const auto seconds = static_cast<std::uint32_t>(line_.timeout_s);
  modbus_set_response_timeout(context_->modbus, seconds, static_cast<std::uint32_t>((line_.timeout_s - seconds) * 1e6));
  select(address);
  if (modbus_connect(context_->modbus) != 0)
    throw ModbusError(ModbusError::Kind::link, 0, line_.device + " cannot be opened: " + modbus_strerror(errno));
}

JkModbusClient::~JkModbusClient() = default;

void JkModbusClient::select(int address) {
  address_ = address;
  if (address < 1 || address > 247 || modbus_set_slave(context_->modbus, address) != 0)
    throw std::invalid_argument("Modbus address " + std::to_string(address) + " lies outside 1 to 247");
}

void JkModbusClient::fail(const std::string& what) const {
  const int error = errno;
  modbus_flush(context_->modbus);  // what comes too late is not the answer to the next request
  const std::string who = line_.device + ", address " + std::to_string(address_) + ": ";
  using enum ModbusError::Kind;
  if (error == ETIMEDOUT) throw ModbusError(silence, 0, who + "nobody answered when asked to " + what);
  if (error == EMBBADCRC || error == EMBBADDATA || error == EMBBADSLAVE || error == EMBBADEXC)
    throw ModbusError(damaged, 0, who + "the answer to " + what + " is damaged (" + modbus_strerror(error) + ")");
  if (error >= EMBXILFUN && error <= EMBXGTAR) {
    static constexpr std::array names{"illegal function", "illegal address", "illegal value", "failure of the device"};
    const int code = error - MODBUS_ENOBASE;
    const std::string name = code <= 4 ? names[static_cast<std::size_t>(code - 1)] : modbus_strerror(error);
    throw ModbusError(refused, code,
                      who + "refused to " + what + ": " + name + " (exception " + std::to_string(code) + ")");
  }
  throw ModbusError(link, 0, who + "cannot " + what + ": " + modbus_strerror(error));
}

std::vector<std::uint8_t> JkModbusClient::read(std::uint16_t address, std::size_t bytes) {
  if (bytes % 2 != 0) throw std::invalid_argument("Modbus reads words of two bytes");
  std::vector<std::uint8_t> all;
  while (all.size() < bytes) {
    std::array<std::uint16_t, most_words> words{};
    const int at = address + static_cast<int>(all.size());
    const int count = static_cast<int>(std::min(most_words, (bytes - all.size()) / 2));
    if (modbus_read_registers(context_->modbus, at, count, words.data()) != count)
      fail("read " + std::to_string(count) + " words at " + hex(static_cast<std::uint32_t>(at)));
    for (int i = 0; i < count; ++i) {
      const std::uint16_t word = words[static_cast<std::size_t>(i)];
      all.push_back(static_cast<std::uint8_t>(word >> 8));
      all.push_back(static_cast<std::uint8_t>(word & 0xFF));
    }
  }
  return all;
}

void JkModbusClient::write(std::uint16_t address, std::span<const std::uint8_t> bytes) {
  if (bytes.size() % 2 != 0 || bytes.empty() || bytes.size() > 2 * most_words)
    throw std::invalid_argument("Modbus writes 1 to " + std::to_string(most_words) + " words of two bytes");
  std::array<std::uint16_t, most_words> words{};
  const int count = static_cast<int>(bytes.size() / 2);
  for (int i = 0; i < count; ++i)
    words[static_cast<std::size_t>(i)] = Bytes(bytes).u16(2 * static_cast<std::size_t>(i));
  if (modbus_write_registers(context_->modbus, address, count, words.data()) != count)
    fail("write " + std::to_string(count) + " words at " + hex(address));
}

JkLive JkModbusClient::live() {
  const std::vector<std::uint8_t> block = read(live_block, live_bytes);
  const Bytes b(block);
  JkLive live;
  const std::uint32_t present = b.u32(0x40);
  for (std::size_t n = 0; n < 32 && present >> n != 0; ++n) live.cell_mV.push_back(b.u16(2 * n));
  live.mos_ddegC = b.i16(0x8A);
  live.pack_mV = b.u32(0x90);
  live.power_mW = b.u32(0x94);
  live.current_mA = b.i32(0x98);
  live.t1_ddegC = b.i16(0x9C);
  live.t2_ddegC = b.i16(0x9E);
  live.alarms = b.u32(0xA0);
  live.balance_mA = b.i16(0xA4);
  live.balance_state = b.u8(0xA6);
  live.soc_percent = b.u8(0xA7);
  live.remaining_mAh = b.i32(0xA8);
  live.full_mAh = b.u32(0xAC);
  live.cycles = static_cast<int>(b.u32(0xB0));
  live.cycle_mAh = b.u32(0xB4);
  live.soh_percent = b.u8(0xB8);
  live.run_time_s = b.u32(0xBC);
  live.charge_mos = b.u8(0xC0) != 0;
  live.discharge_mos = b.u8(0xC1) != 0;
  return live;
}

double JkModbusClient::setting(std::string_view name) {
  const JkSetting& setting = find(name);
  const std::vector<std::uint8_t> bytes = read(setting.address, bytes_of(setting));
  return static_cast<double>(number_in(setting, Bytes(bytes))) * setting.unit;
}

void JkModbusClient::set_setting(std::string_view name, double value) {
  const JkSetting& setting = find(name);
  const std::int64_t number = steps_of(setting, value);
  const std::size_t size = bytes_of(setting);
  std::vector<std::uint8_t> bytes = size == 4 ? std::vector<std::uint8_t>(4) : read(setting.address, size);
  put(setting, number, bytes);
  write(setting.address, bytes);
}

std::vector<std::string> JkModbusClient::setting_names() {
  std::vector<std::string> names;
  for (const JkSetting& setting : jk_settings) names.emplace_back(setting.name);
  return names;
}

}  // namespace rig::telemetry
