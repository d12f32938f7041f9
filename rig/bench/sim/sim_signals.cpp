// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/sim_signals.hpp"

#include <charconv>
#include <limits>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace rig::bench {

using scenario::SignalId;
using scenario::SignalKind;

SimSignals::Reading SimSignals::reading_of(std::string_view name) {
  static constexpr std::pair<std::string_view, Source> plain[] = {{"pack.voltage", Source::pack_V},
                                                                  {"port.voltage", Source::port_V},
                                                                  {"port.current", Source::port_A},
                                                                  {"port.dc_link_voltage", Source::link_V},
                                                                  {"mos.junction_temperature", Source::junction},
                                                                  {"supply.current", Source::supply_A},
                                                                  {"heater.current", Source::heater_A},
                                                                  {"ambient", Source::ambient},
                                                                  {"mos.temperature", Source::mos},
                                                                  {"mos.avalanche_energy", Source::avalanche},
                                                                  {"balancer.current", Source::balance_A},
                                                                  {"balancer.cell", Source::balance_cell},
                                                                  {"balancer.store_voltage", Source::store_V},
                                                                  {"supply.voltage", Source::supply_V},
                                                                  {"bms.poll_age", Source::poll_age},
                                                                  {"traffic.jk_modbus.age", Source::modbus_age},
                                                                  {"traffic.can.age", Source::can_age}};
  static constexpr std::pair<std::string_view, Source> of_cell[] = {{"voltage", Source::cell_V},
                                                                    {"soc", Source::cell_soc},
                                                                    {"temperature", Source::cell_degC},
                                                                    {"current", Source::cell_A},
                                                                    {"ocv", Source::cell_ocv}};
  for (const auto& [known, source] : plain) {
    if (name == known) return {source};
  }
  const std::size_t open = name.find('['), close = name.find(']');
  if (open != name.npos && close != name.npos) {
    int number = 0;
    std::from_chars(name.data() + open + 1, name.data() + close, number);
    const std::string_view family = name.substr(0, open), rest = name.substr(close + 2);
    if (family == "ntc" && rest == "temperature") return {Source::bead, number - 1};
    for (const auto& [known, source] : of_cell) {
      if (family == "cell" && rest == known) return {source, number - 1};
    }
  }
  throw std::logic_error("the simulation does not know the plant signal " + std::string(name));
}

SimSignals::SimSignals(const scenario::Catalogue& catalogue, const std::vector<const models::pack::Plant*>& plants) {
  for (const models::pack::Plant* plant : plants) boards_.push_back({plant});
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    const auto& info = catalogue.info(static_cast<SignalId>(i));
    const bool starts_at_0 = info.kind == SignalKind::plant_bit || info.kind == SignalKind::traffic;
    held_.push_back(starts_at_0 ? 0 : std::numeric_limits<double>::quiet_NaN());
    readings_.emplace_back();
    if (info.kind != SignalKind::plant) continue;
    readings_.back() = reading_of(catalogue.own_name(static_cast<SignalId>(i)));
    if (readings_.back().source >= Source::poll_age) readings_.back().index = static_cast<int>(info.board);
    readings_.back().plant = boards_.at(info.board).plant;
  }
}

double SimSignals::value(SignalId id, std::int64_t t) const {
  const Reading& r = readings_[static_cast<std::size_t>(id)];
  switch (r.source) {
    case Source::held:
      return held_[static_cast<std::size_t>(id)];
    case Source::cell_V:
      return r.plant->cell_V(r.index, t);
    case Source::cell_soc:
      return r.plant->cell_soc(r.index, t);
    case Source::cell_degC:
      return r.plant->cell_degC(r.index, t);
    case Source::cell_A:
      return r.plant->cell_A(r.index, t);
    case Source::cell_ocv:
      return r.plant->cell_ocv_V(r.index, t);
    case Source::pack_V:
      return r.plant->pack_V(t);
    case Source::port_V:
      return r.plant->port_V(t);
    case Source::port_A:
      return r.plant->port_A(t);
    case Source::link_V:
      return r.plant->link_V(t);
    case Source::junction: {
      const double charge = r.plant->junction_degC(true, t), discharge = r.plant->junction_degC(false, t);
      return charge > discharge ? charge : discharge;
    }
    case Source::supply_A:
      return r.plant->supply_A();
    case Source::heater_A:
      return r.plant->heater_A();
    case Source::ambient:
      return r.plant->ambient_degC();
    case Source::bead:
      return r.plant->bead_degC(r.index, t);
    case Source::mos:
      return r.plant->mos_degC(t);
    case Source::avalanche:
      return r.plant->avalanche_J(t);
    case Source::balance_A:
      return r.plant->balance_A();
    case Source::balance_cell:
      return r.plant->balance_cell() + 1;
    case Source::store_V:
      return r.plant->store_V(t);
    case Source::supply_V:
      return r.plant->supply_V(t);
    case Source::poll_age:
      return static_cast<double>(t - boards_[static_cast<std::size_t>(r.index)].replied_ns) * 1e-9;
    case Source::modbus_age:
      return static_cast<double>(t - boards_[static_cast<std::size_t>(r.index)].heard_ns[modbus]) * 1e-9;
    case Source::can_age:
      return static_cast<double>(t - boards_[static_cast<std::size_t>(r.index)].heard_ns[can]) * 1e-9;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

void SimSignals::values(const SignalId* ids, std::size_t count, std::int64_t t_ns, double* out) const {
  for (std::size_t i = 0; i < count; ++i) {
    const Reading& r = readings_[static_cast<std::size_t>(ids[i])];
    if (r.source == Source::cell_V)  // most of what claims read
      out[i] = r.plant->cell_V(r.index, t_ns);
    else if (r.source == Source::held)
      out[i] = held_[static_cast<std::size_t>(ids[i])];
    else
      out[i] = value(ids[i], t_ns);
  }
}

}  // namespace rig::bench
