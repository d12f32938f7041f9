// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

#include "firmware-under-test/jk/core/device.hpp"

namespace jk::protocols {

/// What command 02 asks for: `value` of the id's width, big-endian. False and nothing changed when the id cannot be
/// written, the width is another, or the board refuses (range, order, password). Which ids there are, and which need
/// the password: docs/serial-4e57.md.
bool write_4e57(core::Device& device, std::uint8_t id, std::span<const std::uint8_t> value);

/// Command 05 with id B2: the password, NUL-padded to 10 bytes.
bool authorize_4e57(core::Device& device, std::span<const std::uint8_t> value);

}  // namespace jk::protocols
