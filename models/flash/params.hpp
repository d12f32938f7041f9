// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace models::flash {

/// Flash in which a microcontroller keeps what outlives its supply. Defaults: STM32F103xC/D/E, eight of its 2 KiB pages
/// a sector, each erased in the time that is never exceeded. Source: docs/references.md#stm32f103.
struct FlashParams {
  int sectors = 2;
  int sector_bytes = 16384;
  double erase_s = 0.32;     // of a sector
  double write_s = 52.5e-6;  // of a word of 16 bits
};

}  // namespace models::flash
