// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/firmware_elf.hpp"

#include <elf.h>

#include <cstring>
#include <fstream>

#include "rig/bench/sim/firmware_module.hpp"

namespace rig::bench {
namespace {

/// A copy of the struct at `offset`, or false when it does not lie inside the file.
template <class T>
bool load(const std::vector<std::uint8_t>& bytes, std::uint64_t offset, T& out) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) return false;
  std::memcpy(&out, bytes.data() + offset, sizeof(T));
  return true;
}

std::size_t patch_symbols(std::vector<std::uint8_t>& elf, const Elf64_Shdr& section) {
  std::size_t changed = 0;
  for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= section.sh_size; at += sizeof(Elf64_Sym)) {
    Elf64_Sym symbol{};
    if (!load(elf, section.sh_offset + at, symbol)) return changed;
    if (ELF64_ST_BIND(symbol.st_info) != STB_GNU_UNIQUE) continue;
    symbol.st_info = ELF64_ST_INFO(STB_WEAK, ELF64_ST_TYPE(symbol.st_info));
    std::memcpy(elf.data() + section.sh_offset + at, &symbol, sizeof symbol);
    ++changed;
  }
  return changed;
}

}  // namespace

void check_is_elf(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) throw FirmwareRefused("firmware " + file.string() + ": no such file");
  if (!std::filesystem::is_regular_file(file)) throw FirmwareRefused("firmware " + file.string() + ": not a file");
  std::ifstream in(file, std::ios::binary);
  if (!in) throw FirmwareRefused("firmware " + file.string() + ": cannot be read");
  char head[sizeof(Elf64_Ehdr)] = {};
  if (!in.read(head, sizeof head) || std::memcmp(head, ELFMAG, SELFMAG) != 0)
    throw FirmwareRefused("firmware " + file.string() + ": not a shared object (no ELF header)");
}

std::vector<std::uint8_t> read_elf(const std::filesystem::path& file) {
  check_is_elf(file);
  std::ifstream in(file, std::ios::binary);
  std::vector<std::uint8_t> bytes(std::filesystem::file_size(file));
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

std::size_t make_unique_symbols_private(std::vector<std::uint8_t>& elf) {
  Elf64_Ehdr header{};
  if (!load(elf, 0, header) || header.e_ident[EI_CLASS] != ELFCLASS64) return 0;
  std::size_t changed = 0;
  for (std::uint64_t i = 0; i < header.e_shnum; ++i) {
    Elf64_Shdr section{};
    if (!load(elf, header.e_shoff + i * header.e_shentsize, section)) return changed;
    if (section.sh_type == SHT_DYNSYM) changed += patch_symbols(elf, section);
  }
  return changed;
}

}  // namespace rig::bench
