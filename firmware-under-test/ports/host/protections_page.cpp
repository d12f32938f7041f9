// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/ports/host/protections_page.hpp"

#include <array>
#include <bit>
#include <cstdio>
#include <string>

#include "firmware-under-test/jk/core/body_diode.hpp"
#include "firmware-under-test/jk/core/protection.hpp"
#include "firmware-under-test/jk/core/settings_table.hpp"
#include "firmware-under-test/jk/protocols/can_inverter.hpp"
#include "firmware-under-test/jk/protocols/can_jk.hpp"
#include "firmware-under-test/jk/protocols/serial_4e57.hpp"
#include "firmware-under-test/ports/host/unit_text.hpp"

namespace jk::host {
namespace {

using namespace core;

struct SignalText {
  Signal signal;
  const char* text;
};
constexpr auto signal_texts = std::to_array<SignalText>({
    {Signal::cell_max, "highest cell"},
    {Signal::cell_min, "lowest cell"},
    {Signal::charge_current, "charging current"},
    {Signal::discharge_current, "discharging current"},
    {Signal::battery_max, "warmer of T1 and T2"},
    {Signal::battery_min, "colder of T1 and T2"},
    {Signal::mos_temperature, "MOSFET sensor"},
    {Signal::short_circuit, "the short-circuit comparator is high"},
    {Signal::pack_voltage, "sum of the cells"},
    {Signal::cell_difference, "highest less lowest cell"},
    {Signal::pack_difference, "measured pack voltage against the sum of the cells"},
    {Signal::cell_count, "pack voltage and sum of the cells differ by more than half a cell"},
    {Signal::cell_leads, "a cell outside 1 … 5 V"},
    {Signal::scan_age, "the last scan is older than 500 ms (2048 ms while balancing)"},
    {Signal::box_temperature, "T1"},
    {Signal::temperature_difference, "difference of T1 and T2"},
    {Signal::sensors, "a temperature sensor outside -40 … 150 degC: open or shorted"},
    {Signal::current_sensor, "no current code, or one at its end while the comparator is low"},
    {Signal::charge_leak, "charging current while the charge gate is off"},
    {Signal::discharge_leak, "discharging current while the discharge gate is off"},
    {Signal::wire_resistance, "worst pair of leads in the self-test"},
    {Signal::soc, "state of charge"},
});

struct RowText {
  ProtectionId id;
  const char* name;
  const char* origin;
};
constexpr auto row_texts = std::to_array<RowText>({
    {ProtectionId::cell_ovp, "cell_ovp", "manual 5.3.2 j; the delay is what real boards report (4E 57 id 92)"},
    {ProtectionId::cell_uvp, "cell_uvp", "manual 5.3.2 i; the delay as above (id 95)"},
    {ProtectionId::pack_ovp, "pack_ovp",
     "4E 57 id 8E, on every unit seen cells × cell limit; our choice: delay and release of the cells"},
    {ProtectionId::pack_uvp, "pack_uvp", "4E 57 id 8F; as above"},
    {ProtectionId::charge_ocp, "charge_ocp", "manual 5.3.2 l"},
    {ProtectionId::discharge_ocp, "discharge_ocp", "manual 5.3.2 m"},
    {ProtectionId::discharge_ocp_2, "discharge_ocp_2",
     "switch and alarm as newer boards have them; our choice of values: one and a half times for 3 s"},
    {ProtectionId::discharge_ocp_3, "discharge_ocp_3", "as above; our choice of values: twice for 0.3 s"},
    {ProtectionId::scp, "scp",
     "manual 5.3.2 n, delay as in the app guide; our choice: both gates, since either bank interrupts the loop"},
    {ProtectionId::charge_otp, "charge_otp", "manual 5.3.2 q; our choice of the delay: noise of the sensor chain"},
    {ProtectionId::charge_utp, "charge_utp", "manual 5.3.2 r; seen active at exactly its limit"},
    {ProtectionId::discharge_otp, "discharge_otp", "app guide; manual, appendix rows 14 and 15"},
    {ProtectionId::discharge_utp, "discharge_utp", "4E 57 ids A7 and A8, values of real boards"},
    {ProtectionId::mos_otp, "mos_otp", "manual 5.3.2 s; our choice: the balancer, which shares the heat plate, too"},
    {ProtectionId::box_otp, "box_otp", "4E 57 ids A0 and A1; our choice: T1, which id 81 calls the box, both gates"},
    {ProtectionId::power_off, "power_off",
     "manual 5.3.2 k; our choice of the delay: the dip of a short circuit must not shut the board down"},
    {ProtectionId::cell_count, "cell_count",
     "manual 5.3.2 d, \"will not work properly\"; our choice: nothing conducts, since limits would be a cell's too "
     "high or too low"},
    {ProtectionId::pack_difference, "pack_difference",
     "our choice: one of the two measurements is wrong, and nobody knows which; a pack voltage at the end of its "
     "converter, or none, is so too"},
    {ProtectionId::cell_leads, "cell_leads", "range: manual, table 1; our choice: what is not measured is not safe"},
    {ProtectionId::scan_age, "scan_age", "our choice: a value that has grown old is unknown"},
    {ProtectionId::sensors, "sensors",
     "alarm bit of Modbus V1.1; our choice: an unknown temperature may be any. Boards without battery sensors set "
     "`temperature_sensors_disabled`"},
    {ProtectionId::current_sensor, "current_sensor",
     "alarm bit of Modbus; our choice: no current, no protection by it"},
    {ProtectionId::charge_mos, "charge_mos",
     "alarm bit of Modbus; our choice: a fused channel does not heal, so it holds until a restart"},
    {ProtectionId::discharge_mos, "discharge_mos", "as above"},
    {ProtectionId::wire_resistance, "wire_resistance",
     "manual 5.3.2, zone 3; our choice of the limit: 50 … 160 mohm are seen on sound boards"},
    {ProtectionId::cell_difference, "cell_difference",
     "4E 57 id 96, effect unknown; our choice: a warning, since the limits of each cell still stand and the balancer "
     "needs its time"},
    {ProtectionId::temperature_difference, "temperature_difference",
     "4E 57 id A2, effect unknown; our choice: a warning, the limits of each sensor still stand"},
    {ProtectionId::low_soc, "low_soc", "4E 57 id B1: a warning in the protocol's own list"},
});

consteval bool texts_are_complete() {
  if (signal_texts.size() != signal_count || row_texts.size() != protection_count) return false;
  for (std::size_t i = 0; i < signal_count; ++i) {
    if (signal_texts[i].signal != static_cast<Signal>(i)) return false;
  }
  for (std::size_t i = 0; i < protection_count; ++i) {
    if (row_texts[i].id != static_cast<ProtectionId>(i)) return false;
  }
  return true;
}
static_assert(texts_are_complete(), "every signal and every protection has its text, in their order");

const Settings& shown() {
  static const Settings settings(Preset::lifepo4);
  return settings;
}

std::string name_of(Setting setting) { return "`" + std::string(info(setting).name) + "`"; }

std::string with_value(Setting setting, std::int32_t value) {
  return name_of(setting) + " " + value_text(info(setting).unit, value);
}

std::string trip_text(const Protection& row) {
  if (row.trip == Setting::count) return "when it is so";
  const bool is_switched = row.enabled != Setting::count;  // its limit is beyond all values while it is off
  const std::int32_t trip = is_switched ? shown()[row.trip] : limits_of(row, shown()).trip;
  return (row.direction == Direction::above ? "≥ " : "≤ ") + with_value(row.trip, trip) +
         (is_switched ? ", with " + name_of(row.enabled) : "");
}

std::string delay_text(const Protection& row) {
  return row.delay == Setting::count ? "none" : with_value(row.delay, shown()[row.delay]);
}

std::string release_text(const Protection& row) {
  if (row.rule == Release::never) return "at the next start";
  if (row.rule == Release::after_time) return with_value(row.release, shown()[row.release]) + " after the trip";
  if (row.trip == Setting::count) return "when it is no longer so";
  const Setting setting = row.release == Setting::count ? row.trip : row.release;
  return (row.direction == Direction::above ? "< " : "> ") + with_value(setting, limits_of(row, shown()).release) +
         (row.id == ProtectionId::low_soc ? ", 1 % more than the limit" : "");
}

std::string held_text(Gates gates) {
  std::string text;
  const auto add = [&](Gates gate, const char* word) {
    if ((gates & gate) == 0) return;
    text += text.empty() ? "" : ", ";
    text += word;
  };
  add(charge_gate, "charge");
  add(discharge_gate, "discharge");
  add(balancing, "balancing");
  add(heating, "heating");
  return text.empty() ? "warns only" : text;
}

std::string bit_text(std::uint32_t word) { return word == 0 ? "–" : std::to_string(std::countr_zero(word)); }

std::string modbus_text(const Protection& row) { return bit_text(alarm_bit(row.alarm) & alarms_on_the_wire); }

std::string jk_can_text(const Protection& row) {
  const protocols::can_jk::Levels levels = protocols::can_jk::levels_of(alarm_bit(row.alarm));
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] != protocols::can_jk::Level::none)
      return std::to_string(i) + ", level " + std::to_string(static_cast<unsigned>(levels[i]));
  }
  return "–";
}

std::string pylontech_text(const Protection& row) {
  const protocols::CanFrame frame = protocols::can_inverter::protections(alarm_bit(row.alarm), 1);
  std::string text;
  for (std::size_t byte = 0; byte < 4; ++byte) {
    for (unsigned left = frame.data[byte]; left != 0; left &= left - 1)
      text += (text.empty() ? "" : ", ") + std::to_string(byte) + "." + std::to_string(std::countr_zero(left));
  }
  return text.empty() ? "–" : text;
}

std::string names_of(Trips trips) {
  std::string text;
  for (const Protection& row : protection_table) {
    if ((trips & trip_bit(row.id)) == 0) continue;
    text += (text.empty() ? "`" : ", `") + std::string(row_texts[static_cast<std::size_t>(row.id)].name) + "`";
  }
  return text;
}

void write_head() {
  std::printf(
      "# Protections of the JK firmware\n\n"
      "Made from the firmware's table (`jk/core/protection.hpp`) by `settings_pages protections`: a row each, judged "
      "by one\n"
      "loop. Names in quotes are [settings](settings.md), values those of the LiFePO4 preset. The tests of "
      "`EachProtection`\n"
      "take every row through its limit, its delay and its release; [traceability.md](traceability.md) holds them "
      "against the\n"
      "manuals.\n\n"
      "A row trips **at** its value, when the signal has been there for the whole delay without a break\n"
      "([ADR 4](adr/0004-trip-at-the-setting.md)), and releases strictly beyond the release value; a timed release "
      "looks\n"
      "at nothing but the time. A gate is on again when no row holds it off. Where a client sees the alarm: bit of "
      "the\n"
      "Modbus word 0x12A0 (bits up to 17 also in CAN 18F328F4), bit of the 4E 57 word 8B, number and level in the CAN "
      "frame\n"
      "7F4, byte and bit of the CAN frame 359; [can.md](can.md) has the others.\n\n"
      "| protection | looks at | trips | delay | released | holds off | Modbus | 4E 57 | 7F4 | 359 | source |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|\n");
}

void write_tail() {
  const BodyDiodeParams diode;
  std::printf(
      "\nOf `scp` the direction of the current tells the alarm: bit 14 while discharging, 7 while charging. Bit 24, "
      "release\n"
      "failed, joins it when the short is back within 10 s of its release. Warnings without a Modbus bit are seen on "
      "the\n"
      "other ports. `power_off` shuts the whole board down: it stays off until a charger stands 5 V above the pack, or "
      "the\n"
      "button is pressed.\n\n"
      "## Beside the table\n\n"
      "- **Unknown is unsafe.** Both gates stay off until each vital signal (cells, current, temperatures, comparator) "
      "has\n"
      "  been measured, and go off at once when one becomes unknown. An unknown signal neither trips nor releases a "
      "row.\n"
      "  Another `cell_count` makes the cells unknown until they have been scanned.\n"
      "- **Body diode.** A bank that is held off conducts the other way through its diode, at 0.65 V where the MOSFETs "
      "would\n"
      "  drop millivolts: 33 W at 50 A. So a blocked bank, if the other one is allowed to be on, is switched on while "
      "more\n"
      "  than %g A flow in the allowed direction, and off again below %g A, hence at the first sample of reverse "
      "current.\n"
      "  Claims therefore speak of current (no charging above 1 A for longer than one scan), not of the MOSFETs. No "
      "source\n"
      "  tells what real boards do; the levels are ours. Nothing is precharged where a charger's current flows "
      "already.\n"
      "- **Release timers.** The seconds left of a timed release stand at 0x12C4 (discharge over-current, the longest "
      "of\n"
      "  its stages), 0x12C6 (short circuit), 0x12C8 (charge over-current) and 0x12CA (short circuit while charging). "
      "0x12CC\n"
      "  and 0x12CE, cell under- and over-voltage, read 0: those wait for a value, not for a time.\n"
      "- **Balancing** stops with a row that holds it off, with an unknown signal, and while the delay of a row that "
      "opens a\n"
      "  gate is running: then the cells are scanned without a break. It goes on during cell over- and under-voltage.\n"
      "- **Heating** takes its current from the pack, so it asks for more than a charger and the cold: the board runs, "
      "all is\n"
      "  measured, and no row that holds it off has tripped, overridden or not. Charging and discharging in the cold "
      "may "
      "be\n"
      "  held off: that is what it is for. It ends within a tick of 16 ms and begins again within 128 ms.\n"
      "- **The self-test of the leads** precedes balancing. Each cell is scanned at rest and with the converter on it; "
      "scans\n"
      "  under load are not judged, so for its 16 scans (8 cells) the protections see every second one.\n"
      "- **Overrides.** An emergency takes `cell_uvp` and `pack_uvp` out of the way for its time, a plugged charger "
      "`power_off`;\n"
      "  the alarms stand.\n"
      "- **User switches and remote locks** hold their gate off like a row, without a delay.\n"
      "- **Memory.** Trips are kept when they change. When flash has no room for one, both gates open until a sector "
      "has\n"
      "  been erased ([ADR 10](adr/0010-two-sectors-and-a-log.md)).\n\n"
      "## At a start\n\n"
      "[ADR 8](adr/0008-a-reset-forgets-no-trip.md): the first reading at or beyond a limit trips without a delay. "
      "What had "
      "tripped\n"
      "stands again until its own release, a timed one for its whole time anew; a start releases nothing but\n"
      "%s. After a brown-out, or when the record of the trips is damaged,\n"
      "a short circuit is presumed for its release time.\n",
      diode.on_mA / 1000.0, diode.off_mA / 1000.0, names_of(all_trips & ~resumable_trips).c_str());
}

}  // namespace

void write_protections() {
  write_head();
  for (const Protection& row : protection_table) {
    const RowText& text = row_texts[static_cast<std::size_t>(row.id)];
    std::printf("| `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", text.name,
                signal_texts[static_cast<std::size_t>(row.signal)].text, trip_text(row).c_str(),
                delay_text(row).c_str(), release_text(row).c_str(), held_text(row.gates).c_str(),
                modbus_text(row).c_str(), bit_text(protocols::alarm_word(alarm_bit(row.alarm))).c_str(),
                jk_can_text(row).c_str(), pylontech_text(row).c_str(), text.origin);
  }
  write_tail();
}

}  // namespace jk::host
