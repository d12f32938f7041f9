// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/serial_4e57_server.hpp"

#include "firmware-under-test/jk/protocols/serial_4e57_ids.hpp"
#include "firmware-under-test/jk/protocols/serial_4e57_write.hpp"

namespace jk::protocols {
namespace {

enum class Command4e57 : std::uint8_t { activate = 0x01, write = 0x02, read_one = 0x03, password = 0x05 };

/// Command 05 as ESPHome sends it: no id that exists, and no password.
bool is_empty_password(const Request4e57& request) {
  return request.data_bytes == 2 && request.id == 0x00 && request.value[0] == 0x00;
}

bool opens(core::Device& device, const Request4e57& request) {
  return is_empty_password(request) ||
         (request.id == id4e57::settings_password && authorize_4e57(device, request.value));
}

}  // namespace

std::span<const std::uint8_t> Server4e57::take(std::span<const std::uint8_t>& bytes) {
  while (const auto request = parser_.take(bytes)) {
    if (const auto reply = answer(*request); !reply.empty()) return reply;
  }
  return {};
}

std::span<const std::uint8_t> Server4e57::acknowledge_if(bool is_done, const Request4e57& request) {
  if (!is_done) return {};
  return reply_.acknowledge(request.command, request.id.value_or(0x00));
}

std::span<const std::uint8_t> Server4e57::answer(const Request4e57& request) {
  const core::Status& status = device_.status();
  const auto command = static_cast<Command4e57>(request.command);
  if (status.is_asleep && command != Command4e57::activate) return {};
  if (request.is_read_all()) return reply_.read_all(device_, status, request.command);
  switch (command) {
    case Command4e57::activate:
      return acknowledge_if(
          request.data_bytes <= 1 && device_.command(core::Command::activate, 0) == core::Answer::done, request);
    case Command4e57::write:
      return acknowledge_if(request.id && write_4e57(device_, *request.id, request.value), request);
    case Command4e57::read_one:
      if (request.data_bytes != 1) return {};
      return reply_.read_one(device_, status, *request.id);
    case Command4e57::password:
      return acknowledge_if(opens(device_, request), request);
  }
  return {};
}

}  // namespace jk::protocols
