// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/modbus_rtu.hpp"

namespace jk::protocols {
namespace {

constexpr std::uint8_t to_all = 0, function_read = 0x03, function_write = 0x10, refused = 0x80;

}  // namespace

std::span<const std::uint8_t> ModbusServer::take(std::span<const std::uint8_t>& bytes) {
  while (const auto request = parser_.take(bytes)) {
    const bool is_to_all = request->address == to_all;
    if (!is_to_all && request->address != device_.settings()[core::Setting::device_address]) continue;
    size_ = 0;
    const Outcome outcome = carry_out(*request);
    if (is_to_all) continue;
    if (outcome != Outcome::done) refuse(*request, outcome);
    return {reply_.data(), size_};
  }
  return {};
}

Outcome ModbusServer::carry_out(const ModbusRequest& request) {
  switch (request.function) {
    case function_read:
      return read(request);
    case function_write:
      return request.is_malformed ? Outcome::illegal_value : write(request);
    default:
      return Outcome::illegal_function;
  }
}

Outcome ModbusServer::read(const ModbusRequest& request) {
  if (request.words == 0 || request.words > most_words) return Outcome::illegal_value;
  const std::size_t bytes = std::size_t{2} * request.words;
  say(request.address);
  say(request.function);
  say(bytes);
  const std::span<std::uint8_t> out(reply_.data() + size_, bytes);
  size_ += bytes;
  const Outcome outcome = read_registers(device_, request.first_register, out);
  say_crc(0);
  return outcome;
}

Outcome ModbusServer::write(const ModbusRequest& request) {
  const auto frame = frame_asked_for(request.first_register);
  if (!frame) {
    const Outcome outcome = write_registers(device_, request.first_register, request.data);
    acknowledge(request);
    return outcome;
  }
  if (request.words != 1) return Outcome::illegal_value;
  write_frame(device_, *frame, style_.counter, std::span<std::uint8_t, frame_bytes>(reply_.data(), frame_bytes));
  size_ = frame_bytes;
  if (style_.has_pads) say(0);
  acknowledge(request);
  if (style_.has_pads) say(0);
  return Outcome::done;
}

void ModbusServer::acknowledge(const ModbusRequest& request) {
  const std::size_t from = size_;
  say(request.address);
  say(request.function);
  say(request.first_register >> 8);
  say(request.first_register);
  say(request.words >> 8);
  say(request.words);
  say_crc(from);
}

void ModbusServer::refuse(const ModbusRequest& request, Outcome outcome) {
  size_ = 0;
  say(request.address);
  say(request.function | refused);
  say(static_cast<std::size_t>(outcome));
  say_crc(0);
}

void ModbusServer::say(std::size_t byte) { reply_[size_++] = static_cast<std::uint8_t>(byte); }

void ModbusServer::say_crc(std::size_t from) {
  const std::uint16_t crc = modbus_crc({reply_.data() + from, size_ - from});
  say(crc);
  say(static_cast<std::size_t>(crc >> 8));
}

}  // namespace jk::protocols
