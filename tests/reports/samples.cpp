// SPDX-License-Identifier: Apache-2.0
#include "tests/reports/samples.hpp"

#include <cmath>

#include "reports/digest.hpp"
#include "reports/trace/trace.hpp"
#include "tests/reports/trace_files.hpp"

namespace reports {
namespace {

constexpr double ms = 1e6, us = 1e3, s = 1e9;

std::int64_t ns(double t) { return std::llround(t); }
Value volts(double number, const char* text) { return {number, "V", text}; }
Value seconds(double number, const char* text) { return {number, "s", text}; }

trace::Header header_for(const std::string& name) {
  trace::Header header{name, "jk 1.0 6f3a", 1, {}};
  for (int cell = 1; cell <= 8; ++cell) {
    header.signals.push_back({"cell[" + std::to_string(cell) + "].voltage", "V", 1e-6, false});
  }
  header.signals.push_back({"bms.cell[3].voltage", "V", 1e-3, false});
  header.signals.push_back({"port.current", "A", 1e-3, false});
  header.signals.push_back({"ntc[1].temperature", "degC", 1e-3, false});
  for (const char* bit : {"charge_gate", "discharge_gate", "charge_fet", "discharge_fet", "bms.alarm.cell_overvoltage",
                          "firmware.running"}) {
    header.signals.push_back({bit, "", 1, true});
  }
  return header;
}

constexpr std::size_t charge_gate = 11, discharge_gate = 12, charge_fet = 13, discharge_fet = 14, alarm = 15;

ScenarioResult scenario(const char* name, const char* about) {
  ScenarioResult one;
  one.name = name;
  one.about = about;
  one.result = "pass";
  one.board = "JK-B2A8S20P";
  one.pack = "lfp_8s_280ah";
  one.file = std::string("scenarios/protection/") + name + ".yaml";
  one.line = 3;
  one.scenario_sha256 = sha256(name);
  one.settings = {{"cell_ovp", "3.600 V"}, {"cell_ovp_recovery", "3.550 V"}, {"charge_utp", "-20.00 degC"}};
  one.seed = 1;
  one.scan_period_s = 0.064;
  one.wake_ups = 120000;
  one.again = std::string("./cellrig run ") + name + " --seed 1 --gdb";
  one.wall_s = 0.031;
  return one;
}

void finish(ScenarioResult& one, const std::filesystem::path& folder) {
  one.trace_file = "traces/" + one.name + ".trace";
  one.trace_sha256 = sha256_file(folder / one.trace_file);
}

ScenarioResult overcharge(const std::filesystem::path& folder) {
  ScenarioResult one =
      scenario("overcharge_of_one_strong_cell_opens_the_charge_fet",
               "Cell 3 is 4 % ahead while the pack is charged at 0.3 C with a charger set 10 % too high.");
  one.shows = {"PROT-OVP-1", "IEC 62619:2022/8.2.2"};
  one.simulated_s = 1200;
  trace::Writer writer(folder / "traces" / (one.name + ".trace"), header_for(one.name));
  for (const std::size_t bit : {charge_gate, discharge_gate, charge_fet, discharge_fet}) writer.change(0, bit, 1);
  bool off = false, flagged = false;
  for (int row = 0; row <= 6000; ++row) {
    const double t = row * 0.2;
    const double charging = t < 605.02 ? 1 : 0;
    if (!off && t > 605.02) {
      off = true;
      writer.change(ns(605.02 * s), charge_gate, 0);
      writer.change(ns(605.02 * s + 15 * us), charge_fet, 0);
    }
    if (!flagged && t > 605.21) {
      flagged = true;
      writer.change(ns(605.21 * s), alarm, 1);
    }
    double values[11];
    for (int cell = 0; cell < 8; ++cell) {
      const double rest = 3.33 + 0.002 * cell + 1e-5 * std::min(t, 605.02);
      const double rise = cell == 2 ? 0.25 * std::min(t, 605.02) / 600 * std::min(t, 605.02) / 600 : 0;
      values[cell] = rest + rise + 0.012 * charging - (t > 605 ? 0.02 * (1 - 1 / (1 + (t - 605) / 30)) : 0);
    }
    values[8] = t < 0.4 ? unknown : std::floor(values[2] * 1000) / 1000;
    values[9] = 84 * charging;
    values[10] = 25 + t / 900;
    writer.row(ns(t * s), values);
  }
  writer.close();
  ClaimResult trip;
  trip.text = "when bms.cell[3].voltage >= 3.60 V then charge_fet is off within 5.2 s";
  trip.result = "pass";
  trip.measured = seconds(5.02, "5.020 s");
  trip.limit = seconds(5.2, "5.200 s");
  trip.limit_is = "<=";
  trip.margin = seconds(0.18, "180.0 ms");
  trip.margin_ratio = 0.18 / 5.2;
  trip.limit_source = "declared";
  trip.limit_note = "delay 5 s + one scan + one poll";
  trip.resolution = seconds(1e-6, "1.000 us");
  trip.t_worst_ns = ns(605.02 * s + 15 * us);
  trip.occurrences = 1;
  trip.protection = "cell_overvoltage";
  trip.timeline =
      Timeline{ns(600.0 * s), ns(605.21 * s), ns(605.02 * s), ns(605.02 * s + 40 * us), volts(3.6123, "3.612 V")};
  trip.shows = one.shows;
  trip.file = one.file;
  trip.line = 16;
  trip.signals = {"bms.cell[3].voltage", "charge_fet"};
  ClaimResult peak = trip;
  peak.text = "always max(cell.voltage) < 3.80 V";
  peak.measured = volts(3.6123, "3.612 V");
  peak.limit = volts(3.8, "3.800 V");
  peak.limit_is = "<";
  peak.margin = volts(0.1877, "187.7 mV");
  peak.margin_ratio = 0.1877 / 3.8;
  peak.resolution = volts(1e-6, "1.000 uV");
  peak.limit_note.clear();
  peak.worst_element = "cell[3]";
  peak.protection.clear();
  peak.timeline.reset();
  peak.line = 20;
  peak.signals = {"cell.voltage"};
  one.claims = {trip, peak};
  one.imposed = {"cell[3].voltage"};
  one.figures = {{"highest cell voltage", volts(3.6123, "3.612 V")}, {"highest charge current", {84, "A", "84.00 A"}}};
  finish(one, folder);
  return one;
}

ScenarioResult short_circuit(const std::filesystem::path& folder) {
  ScenarioResult one = scenario("bolted_short_is_interrupted_and_reported_as_destructive",
                                "A short of 1 mohm and 3 uH closes across the port of a full pack.");
  one.shows = {"PROT-SCP-1"};
  one.simulated_s = 3;
  trace::Writer writer(folder / "traces" / (one.name + ".trace"), header_for(one.name));
  for (const std::size_t bit : {charge_gate, discharge_gate, charge_fet, discharge_fet}) writer.change(0, bit, 1);
  const double start = 1 * s, gate = start + 1503 * us, clear = gate + 25 * us;
  const auto row = [&](double t) {
    double current = 0;
    if (t >= start && t < gate) current = -2900 * (1 - 1 / std::pow(1 + (t - start) / (350 * us), 2));
    if (t >= gate && t < clear) current = -2790 * (1 - (t - gate) / (25 * us));
    double values[11];
    for (int cell = 0; cell < 8; ++cell) values[cell] = 3.33 + 0.0002 * current + 0.001 * cell;
    values[8] = 3.331;
    values[9] = current;
    values[10] = 25;
    writer.row(ns(t), values);
  };
  for (int index = 0; index < 10; ++index) row(index * 100 * ms);
  for (double t = start; t < gate; t += 10 * us) row(t);
  writer.change(ns(gate), discharge_gate, 0);
  for (int step = 0; step <= 525; ++step) {
    if (step == 9) writer.change(ns(gate + 9 * us), discharge_fet, 0);
    row(gate + step * us);
  }
  for (int index = 11; index <= 30; ++index) row(index * 100 * ms);
  writer.close();
  ClaimResult trip;
  trip.text = "when port.current < -700 A then discharge_gate is off within 1600 us";
  trip.result = "pass";
  trip.measured = seconds(1503e-6, "1.503 ms");
  trip.limit = seconds(1600e-6, "1.600 ms");
  trip.margin = seconds(97e-6, "97.00 us");
  trip.margin_ratio = 97.0 / 1600;
  trip.limit_source = "derived";
  trip.limit_note = "JK manual: 1500 us, driver 15 us";
  trip.resolution = seconds(1e-6, "1.000 us");
  trip.t_worst_ns = ns(gate);
  trip.occurrences = 1;
  trip.protection = "short_circuit";
  trip.timeline = Timeline{ns(start + 52 * us), ns(start + 230 * ms), ns(gate), ns(clear), {-2790, "A", "-2790 A"}};
  trip.file = one.file;
  trip.line = 14;
  trip.signals = {"port.current", "discharge_gate"};
  one.claims = {trip};
  one.figures = {{"avalanche energy", {11.7, "J", "11.70 J"}}, {"avalanche rating", {5, "J", "5.000 J"}}};
  one.findings = {{ns(gate), "plant", "destructive: the discharge bank took 11.70 J in avalanche, rated 5.000 J"}};
  finish(one, folder);
  return one;
}

ScenarioResult cold_charge(const std::filesystem::path& folder) {
  ScenarioResult one = scenario("cold_charge_is_refused_below_minus_20_degC",
                                "The chamber cools to -25 degC while a charger is connected.");
  one.shows = {"PROT-CUTP-1", "GB 43854-2024 6.4.1.6"};
  one.simulated_s = 600;
  trace::Writer writer(folder / "traces" / (one.name + ".trace"), header_for(one.name));
  for (const std::size_t bit : {charge_gate, discharge_gate, charge_fet, discharge_fet}) writer.change(0, bit, 1);
  for (int row = 0; row <= 1500; ++row) {
    const double t = row * 0.4;
    if (row == 853) {
      writer.change(ns(t * s) - 15'000, charge_gate, 0);
      writer.change(ns(t * s), charge_fet, 0);
    }
    double values[11];
    for (double& value : values) value = 3.3 + 0.001 * static_cast<double>(&value - values);
    values[9] = row < 853 ? 84 : 0;
    values[10] = std::max(-25.0, 10 - 0.11 * t);
    writer.row(ns(t * s), values);
  }
  writer.close();
  one.result = "fail";
  one.reason = "charge_fet was on for 41.3 s with T1 at -23.1 degC";
  ClaimResult refused;
  refused.text = "always charge_fet is off while ntc[1].temperature < -20 degC";
  refused.result = "fail";
  refused.reason = "false for 68.47 s";
  refused.measured = seconds(68.47, "68.47 s");
  refused.limit = seconds(0, "0 s");
  refused.limit_is = "<=";
  refused.margin = seconds(-68.47, "-68.47 s");
  refused.limit_source = "declared";
  refused.limit_note = "Charge UTP -20 degC";
  refused.resolution = seconds(1e-6, "1.000 us");
  refused.t_worst_ns = ns(272.73 * s);
  refused.worst_element = "ntc[1]";
  refused.occurrences = 1;
  refused.violations = 1;
  refused.shows = one.shows;
  refused.file = one.file;
  refused.line = 31;
  refused.signals = {"charge_fet", "ntc[1].temperature"};
  one.claims = {refused};
  finish(one, folder);
  return one;
}

ScenarioResult crash() {
  ScenarioResult one = scenario("telemetry_survives_a_short_frame", "");
  one.result = "error";
  one.reason = "firmware crashed: segmentation fault";
  one.findings = {{1'204'000'000, "firmware", "firmware crashed: segmentation fault"}};
  return one;
}

ScenarioResult not_possible() {
  ScenarioResult one = scenario("relay_clicks_within_20_ms", "");
  one.result = "not_applicable";
  one.reason = "bench sim has no relay";
  return one;
}

}  // namespace

RunResult sample_run(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder / "traces");
  RunResult run;
  run.tool_version = "0.1.0";
  run.host = "bench-3";
  run.started = "2026-05-04T10:00:00Z";
  run.firmware_name = "jk";
  run.firmware_version = "1.0.0";
  run.firmware_file = "firmware/jk.so";
  run.firmware_sha256 = sha256("jk");
  run.seed = 1;
  run.wall_s = 0.42;
  run.scenarios = {overcharge(folder), short_circuit(folder), cold_charge(folder), crash(), not_possible()};
  return run;
}

}  // namespace reports
