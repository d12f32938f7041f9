// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "board.h"
#include "rig/bench/sim/firmware_guard.hpp"

namespace rig::bench {

/// One loaded copy of a firmware's shared object. A firmware with globals gets a private copy of the file (an anonymous
/// file in memory), so that instances do not share them and reload() restores .data and .bss. A REENTRANT firmware is
/// loaded from its own file and reload() does nothing.
/// A debugger finds the copy as /proc/PID/fd/N, with its debug information.
class FirmwareImage {
 public:
  /// Throws FirmwareRefused with one sentence: no file, not an ELF, not loadable, no symbol, get_api returned NULL,
  /// other major ABI version, table too small, neither STEP nor RUN, a function missing, crashed while being loaded.
  FirmwareImage(std::filesystem::path file, GuardFrame& guard);
  ~FirmwareImage();
  FirmwareImage(const FirmwareImage&) = delete;
  FirmwareImage& operator=(const FirmwareImage&) = delete;

  [[nodiscard]] const board_api& api() const { return *api_; }
  [[nodiscard]] bool is_reentrant() const { return (caps_ & BOARD_CAP_REENTRANT) != 0; }
  void reload();   // a fresh copy with fresh globals; throws FirmwareRefused
  void abandon();  // after a crash: its code never runs again, not even its destructors

 private:
  void open(const std::string& path);
  void open_private_copy();
  [[nodiscard]] Outcome close();
  [[nodiscard]] const board_api* ask_for_api();
  [[noreturn]] void refuse(const std::string& reason) const;
  void guard_loading(Outcome outcome) const;

  std::filesystem::path file_;
  GuardFrame& guard_;
  std::vector<std::uint8_t> bytes_;  // of the private copies
  void* handle_ = nullptr;
  int descriptor_ = -1;
  const board_api* api_ = nullptr;
  std::uint32_t caps_ = 0;
};

}  // namespace rig::bench
