// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/flash/params.hpp"
#include "models/math/parameter.hpp"

namespace models::flash {

/// Every number of a flash: v(parameter, target).
template <class Visitor>
void visit(Visitor&& v, FlashParams& p) {
  using P = math::Parameter;
  const char* const sheet = "STM32F103xC/D/E datasheet: 52.5 us a word, 2 KiB within 40 ms";
  v(P{"sectors", "", 1, 64, true, "that the firmware may use", "the board"}, p.sectors);
  v(P{"sector_bytes", "", 64, 262144, true, "erased together; an even number", "the board"}, p.sector_bytes);
  v(P{"erase_time", "s", 0, 10, false, "of a sector: the firmware stands still", sheet}, p.erase_s);
  v(P{"write_time", "s", 0, 0.01, false, "of a word of 16 bits: the firmware stands still", sheet}, p.write_s);
}

}  // namespace models::flash
