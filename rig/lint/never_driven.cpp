// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "rig/lint/rules.hpp"

namespace rig::lint {
namespace {

using scenario::Action;
using scenario::BoardSetup;
using scenario::BoardSpec;
using scenario::Claim;
using scenario::Expression;
using scenario::SignalId;
using Op = Expression::Op;

/// What moves the signals of one board.
class Drive {
 public:
  Drive(const Subject& subject, std::size_t board)
      : scenario_(subject.scenario), setup_(*scenario::setups_of(subject.scenario)[board]), board_(board) {}

  /// Why nothing moves a signal; "": something may.
  [[nodiscard]] std::string missing(std::string_view name) const {
    const std::string& called = setup_.board.name;
    if (name == "heater.current") return heater();
    if (name == "button") return is_done({"button"}) ? "" : "nobody presses or releases the button";
    if (name == "ambient") return is_done({"ambient"}) ? "" : "no action changes the ambient, it stays as it starts";
    if (name == "port.dc_link_voltage") return is_done({"inverter"}) ? "" : "no inverter is connected, it stays 0 V";
    if (name == "port.current" || name == "mos.avalanche_energy") {
      const bool is_connected = is_done({"charger", "load", "inverter", "motor", "short", "profile"});
      return is_connected ? ""
                          : "nothing is connected to the port: no charger, load, inverter, motor, short or profile";
    }
    if (is_pin(name) && !has_pin(name)) return "the board " + called + " has no pin for it";
    if (name == "firmware.erasing" && !setup_.board.nv) return "the board " + called + " has no flash";
    return wire(name, called);
  }

 private:
  [[nodiscard]] bool is_done(std::initializer_list<std::string_view> targets) const {
    return std::ranges::any_of(scenario_.actions, [&](const Action& action) {
      return action.board == board_ && std::ranges::find(targets, action.target) != targets.end();
    });
  }

  static bool is_pin(std::string_view name) {
    return name == "buzzer" || name == "led" || name == "dry_contact_1" || name == "dry_contact_2";
  }
  [[nodiscard]] bool has_pin(std::string_view name) const {
    return std::ranges::find(setup_.board.pins, name, &BoardSpec::Pin::is) != setup_.board.pins.end();
  }
  [[nodiscard]] bool has_uart(std::string_view name) const {
    return std::ranges::find(setup_.board.uarts, name, &BoardSpec::Uart::is) != setup_.board.uarts.end();
  }

  [[nodiscard]] std::string heater() const {
    if (setup_.board.heater_ohm == 0) return "the board " + setup_.board.name + " has no heater";
    return has_pin("heater") || is_done({"heater"}) ? "" : "nothing switches the heater";
  }

  [[nodiscard]] std::string wire(std::string_view name, const std::string& called) const {
    const auto is_of = [&](std::string_view family) { return name.starts_with(family); };
    if ((is_of("can.") || is_of("traffic.can.")) && setup_.board.can.empty())
      return "the board " + called + " has no CAN";
    if ((is_of("bms.") || is_of("traffic.jk_4e57.")) && !has_uart("jk_4e57"))
      return "the board " + called + " has no port jk_4e57";
    if ((is_of("modbus.") || is_of("traffic.jk_modbus.")) && !has_uart("jk_modbus"))
      return "the board " + called + " has no port jk_modbus";
    if (is_of("modbus.") && !is_done({"poll"})) return "no action poll asks for it";
    const bool asks = std::ranges::any_of(
        scenario_.actions, [](const Action& action) { return action.target == "poll" || action.target == "send"; });
    return name == "traffic.jk_modbus.requests" && !asks ? "nobody sends or polls there, it stays 0" : "";
  }

  const scenario::Scenario& scenario_;
  const BoardSetup& setup_;
  std::size_t board_;
};

class NeverDriven {
 public:
  NeverDriven(const Subject& subject, Findings& findings) : subject_(subject), findings_(findings) {}

  /// Each comparison, and each bit, by itself: one that is moved moves what it is compared with.
  void look(const Expression& e) {
    const bool is_joint = e.op == Op::logical_and || e.op == Op::logical_or || e.op == Op::logical_not;
    if (!is_joint) return look_at(e);
    for (const Expression& child : e.children) look(child);
  }

 private:
  void look_at(const Expression& e) {
    std::string first, why;
    for (const SignalId id : signals_of(e)) {
      const std::string missing = Drive(subject_, subject_.catalogue.info(id).board).missing(name_of(id));
      if (missing.empty()) return;
      if (first.empty()) first = subject_.catalogue.info(id).name, why = missing;
    }
    if (!first.empty() && told_.insert(first).second)
      findings_.push_back({"never-driven", e.position, first + " is never driven: " + why});
  }
  [[nodiscard]] std::string_view name_of(SignalId id) const { return subject_.catalogue.own_name(id); }

  const Subject& subject_;
  Findings& findings_;
  std::set<std::string> told_;
};

}  // namespace

void never_driven(const Subject& subject, const Claim& claim, Findings& findings) {
  NeverDriven rule(subject, findings);
  for (const Expression* one : scenario::expressions_of(claim)) rule.look(*one);
}

}  // namespace rig::lint
