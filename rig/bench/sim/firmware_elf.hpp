// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace rig::bench {

/// Throws FirmwareRefused when the file cannot be read or does not begin like an ELF file.
void check_is_elf(const std::filesystem::path& file);

/// The bytes of a shared object; throws like check_is_elf.
[[nodiscard]] std::vector<std::uint8_t> read_elf(const std::filesystem::path& file);

/// Turns symbols bound STB_GNU_UNIQUE (inline statics of C++) into weak ones. The loader keeps unique symbols once a
/// process, whatever the number of copies, which would share state between instances and carry it over a reset. Returns
/// how many it changed; a file without section headers is left alone.
std::size_t make_unique_symbols_private(std::vector<std::uint8_t>& elf);

}  // namespace rig::bench
