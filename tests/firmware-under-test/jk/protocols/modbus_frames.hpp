// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "firmware-under-test/jk/protocols/modbus_rtu.hpp"
#include "tests/firmware-under-test/jk/protocols/captures.hpp"
#include "tests/firmware-under-test/jk/protocols/fake_device.hpp"

/// The client's side of Modbus RTU, sharing nothing with the firmware.
namespace modbus_client {

using Bytes = std::vector<unsigned char>;

inline Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// The polynomial 0x8005 from the high end, on mirrored bytes.
inline unsigned crc_of(const Bytes& bytes) {
  const auto mirrored = [](unsigned value, int width) {
    unsigned out = 0;
    for (int i = 0; i < width; ++i) out |= (value >> i & 1U) << (width - 1 - i);
    return out;
  };
  unsigned crc = 0xFFFF;
  for (const unsigned char byte : bytes) {
    crc ^= mirrored(byte, 8) << 8;
    for (int i = 0; i < 8; ++i) crc = (crc & 0x8000U) != 0 ? (crc << 1 ^ 0x8005U) & 0xFFFFU : crc << 1;
  }
  return mirrored(crc, 16);
}

inline Bytes with_crc(Bytes bytes) {
  const unsigned crc = crc_of(bytes);
  bytes.push_back(static_cast<unsigned char>(crc & 0xFF));
  bytes.push_back(static_cast<unsigned char>(crc >> 8));
  return bytes;
}

inline Bytes word(unsigned value) {
  return {static_cast<unsigned char>(value >> 8 & 0xFF), static_cast<unsigned char>(value & 0xFF)};
}
inline Bytes u32(std::int64_t value) {
  const auto bits = static_cast<std::uint32_t>(value);
  return word(bits >> 16) + word(bits & 0xFFFF);
}

inline Bytes read_request(unsigned first, unsigned words, unsigned char address = 1) {
  return with_crc(Bytes{address, 0x03} + word(first) + word(words));
}
inline Bytes write_request(unsigned first, const Bytes& data, unsigned char address = 1) {
  const auto bytes = static_cast<unsigned char>(data.size());
  return with_crc(Bytes{address, 0x10} + word(first) + word(bytes / 2U) + Bytes{bytes} + data);
}
inline Bytes acknowledgement(unsigned first, unsigned words, unsigned char address = 1) {
  return with_crc(Bytes{address, 0x10} + word(first) + word(words));
}
inline Bytes exception(unsigned char function, unsigned char code, unsigned char address = 1) {
  return with_crc({address, static_cast<unsigned char>(function | 0x80), code});
}

/// Everything that the board says to these bytes, handed over in pieces.
inline Bytes ask(jk::protocols::ModbusServer& server, const Bytes& bytes, std::size_t piece = 1) {
  Bytes said;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    auto left = std::span<const std::uint8_t>(bytes).subspan(at, std::min(piece, bytes.size() - at));
    for (;;) {
      const auto reply = server.take(left);
      if (reply.empty()) break;
      said.insert(said.end(), reply.begin(), reply.end());
    }
  }
  return said;
}

/// The data of a reply to a read, empty when it is none.
inline Bytes data_of(const Bytes& reply) {
  if (reply.size() < 5 || reply[1] != 0x03 || reply.size() != 5U + reply[2]) return {};
  if (with_crc(Bytes(reply.begin(), reply.end() - 2)) != reply) return {};
  return {reply.begin() + 3, reply.end() - 2};
}

}  // namespace modbus_client

namespace jk::protocols {

/// A board on the bus; a request comes after a silence.
struct ModbusBoard {
  FakeDevice device;
  ModbusServer server{device};

  modbus_client::Bytes ask(const modbus_client::Bytes& bytes) {
    server.reset();
    return modbus_client::ask(server, bytes);
  }
  modbus_client::Bytes read(unsigned first, unsigned words, unsigned char address = 1) {
    return modbus_client::data_of(ask(modbus_client::read_request(first, words, address)));
  }
  modbus_client::Bytes write(unsigned first, const modbus_client::Bytes& data) {
    return ask(modbus_client::write_request(first, data));
  }
};

}  // namespace jk::protocols
