// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/ports/host/unit_text.hpp"

#include <cstdio>

namespace jk::host {

using core::Unit;

UnitText text_of(Unit unit) {
  switch (unit) {
    case Unit::one:
      return {"1", "", 1};
    case Unit::on_off:
      return {"bit", "", 1};
    case Unit::percent:
      return {"\"%\"", " %", 1};
    case Unit::ppm:
      return {"ppm", " ppm", 1};
    case Unit::mAh:
      return {"mAh", " Ah", 1000};
    case Unit::mV:
      return {"mV", " V", 1000};
    case Unit::mA:
      return {"mA", " A", 1000};
    case Unit::mohm:
      return {"mohm", " mohm", 1};
    case Unit::uohm:
      return {"uohm", " uohm", 1};
    case Unit::us:
      return {"us", " us", 1};
    case Unit::ms:
      return {"ms", " s", 1000};
    case Unit::s:
      return {"s", " s", 1};
    case Unit::min:
      return {"min", " min", 1};
    case Unit::h:
      return {"h", " h", 1};
    case Unit::ddegC:
      return {"ddegC", " degC", 10};
    case Unit::dK:
      return {"dK", " K", 10};
  }
  return {"", "", 1};
}

std::string value_text(Unit unit, std::int32_t value) {
  if (unit == Unit::on_off) return value != 0 ? "on" : "off";
  const UnitText text = text_of(unit);
  char number[32];
  std::snprintf(number, sizeof number, "%.10g", value / text.divisor);
  return std::string(number) + text.unit;
}

}  // namespace jk::host
