// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/actions.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "models/cell/visit.hpp"
#include "models/mosfet/visit.hpp"
#include "models/port/visit.hpp"
#include "rig/scenario/csv.hpp"
#include "rig/scenario/hold_action.hpp"
#include "rig/scenario/indexed.hpp"
#include "rig/scenario/model_number.hpp"
#include "rig/scenario/sensing_actions.hpp"
#include "rig/scenario/text.hpp"
#include "rig/scenario/wire_actions.hpp"

namespace rig::scenario {
namespace {

/// "charger", "cell[n].soc"
std::vector<std::string> kinds_of_actions() {
  std::vector<std::string> kinds;
  for (const Key& key : place_of("action").keys) kinds.push_back(key.name);
  return kinds;
}

class ActionReader {
 public:
  ActionReader(const Node::Entry& entry, const ActionContext& context, Action& action)
      : entry_(entry), context_(context), action_(action) {}

  void run() {
    const std::string& key = entry_.key;
    if (place_of("action").find(key) == nullptr) return unknown();
    if (key == "charger") return charger();
    if (key == "load") return load();
    if (key == "inverter") return inverter();
    if (key == "motor") return motor();
    if (key == "charge_bank" || key == "discharge_bank") return bank();
    if (key == "precharge" || key == "charge_limiter" || key == "heater") return part();
    if (key == "short") return short_circuit();
    if (key == "profile") return profile();
    if (key == "ambient") return ambient();
    if (key == "supply") return supply();
    if (key == "firmware") return firmware();
    if (key == "adc") return adc();
    if (key == "button") return button();
    if (key == "reset") return firmware();
    if (key == "hold") return read_hold_action(entry_, context_, action_);
    if (read_wire_action(entry_, context_, action_)) return;
    if (read_sensing_action(entry_, context_, action_)) return;
    if (const auto cell = indexed(key, "link")) return link(*cell);
    if (const auto cell = indexed(key, "cell", "temperature")) return cell_temperature(*cell);
    if (const auto cell = indexed(key, "cell", "soc")) return cell_soc(*cell);
    if (const auto cell = indexed(key, "cell")) return cell_faults(*cell);
    return unknown();
  }

 private:
  Problems& problems() { return context_.problems; }
  [[nodiscard]] const std::vector<std::string>& words() const { return place_of("action").at(entry_.key).words; }
  void complain(const std::string& sentence) { problems().add(entry_.value.position, entry_.key + ": " + sentence); }

  bool off() {
    if (!entry_.value.is_scalar() || entry_.value.text != "off") return false;
    action_.target = entry_.key;
    action_.values["off"] = {1, Dimension::boolean};
    return true;
  }

  bool begin() {
    action_.target = entry_.key;
    if (!entry_.value.is_mapping()) complain("a mapping {…} or off is due");
    return entry_.value.is_mapping();
  }

  void keep(const char* key, Dimension dimension, std::optional<double> value) {
    if (value) action_.values[key] = {*value, dimension};
  }

  // A current, or a C rate that the capacity of the pack makes one.
  std::optional<double> current(Fields& fields) {
    const Node::Entry* entry = fields.take("current");
    if (entry == nullptr) return std::nullopt;
    const auto rate = entry->value.is_scalar() ? parse_quantity(entry->value.text) : std::nullopt;
    const bool is_rate = rate && rate->dimension == Dimension::c_rate;
    const auto value = is_rate ? std::optional(rate->value * context_.pack.cell.capacity_Ah)
                               : fields.quantity("current", Dimension::current);
    if (!value || *value >= 0) return value;
    fields.complain(
        "current", entry->value.position,
        "\"" + entry->value.text + "\" must not be negative; charger and load " + "have their own direction");
    return std::nullopt;
  }

  /// What the visit list of a device names, as far as the mapping has it.
  template <class Device>
  void device(Fields& fields) {
    Device defaults;
    models::port::visit(
        [&](const models::math::Parameter& p, double&) {
          const bool is_current = std::string_view(p.key) == "current";
          if (is_current && p.required && fields.require("current") == nullptr) return;
          keep(p.key, dimension_of(p).value_or(Dimension::none),
               is_current ? current(fields) : model_number(fields, p));
        },
        defaults);
  }

  void charger() {
    if (off()) return;
    if (!begin()) return;
    Fields fields(entry_.value, "charger", problems(), "do.charger");
    device<models::port::Charger>(fields);
    if (const auto word = chosen(fields, models::port::polarity_choice)) action_.words["polarity"] = *word;
    fields.finish();
  }

  void inverter() {
    if (off()) return;
    if (!begin()) return;
    Fields fields(entry_.value, "inverter", problems(), "do.inverter");
    device<models::port::Inverter>(fields);
    device<models::port::InverterStart>(fields);
    fields.finish();
  }

  void motor() {
    if (off()) return;
    if (!begin()) return;
    Fields fields(entry_.value, "motor", problems(), "do.motor");
    device<models::port::Motor>(fields);
    fields.finish();
  }

  void bank() {
    action_.target = entry_.key;
    const auto word = word_of(entry_.value, entry_.key, words(), problems());
    action_.words["state"] = word.value_or("healthy");
  }

  /// A switch that stands outside of the firmware under test.
  void part() {
    action_.target = entry_.key;
    const auto& board = context_.board;
    const double has = entry_.key == "precharge" ? board.precharge_ohm
                       : entry_.key == "heater"  ? board.heater_ohm
                                                 : board.charge_limiter_A;
    const auto on = bit_of(entry_.value, entry_.key, problems());
    if (on && has == 0 && !board.name.empty()) complain("the board " + board.name + " has none");
    const auto pin = std::ranges::find(board.pins, entry_.key, &BoardSpec::Pin::is);
    if (pin != board.pins.end()) {
      complain("the firmware of this board switches it by pin " + std::to_string(pin->number));
    }
    if (on) action_.values[*on ? "on" : "off"] = {1, Dimension::boolean};
  }

  void link(int cell) {
    if (cell < 1 || cell > context_.pack.cells) return unknown();
    action_.target = "link";
    action_.cell = cell;
    const auto value = quantity_of(entry_.value, entry_.key, Dimension::resistance, problems());
    if (value && *value < 0) complain("\"" + entry_.value.text + "\" must not be negative");
    keep("resistance", Dimension::resistance, value);
  }

  void load() {
    if (off()) return;
    if (!begin()) return;
    Fields fields(entry_.value, "load", problems(), "do.load");
    const int kinds = fields.has("current") + fields.has("resistance") + fields.has("power");
    device<models::port::Load>(fields);
    fields.finish();
    if (kinds != 1) complain("exactly one of current, resistance, power is due");
  }

  void short_circuit() {
    if (off()) return;
    if (!begin()) return;
    Fields fields(entry_.value, "short", problems(), "do.short");
    device<models::port::Short>(fields);
    fields.finish();
  }

  void profile() {
    if (off()) return;
    if (!begin()) return;
    Fields fields(entry_.value, "profile", problems(), "do.profile");
    const Node::Entry* reference = fields.require("file");
    action_.words["positive"] = chosen(fields, models::port::positive_choice).value_or("charge");
    action_.words["interpolation"] = chosen(fields, models::port::interpolation_choice).value_or("held");
    fields.finish();
    if (reference != nullptr) profile_file(reference->value);
  }

  void profile_file(const Node& reference) {
    const auto file = context_.files.open(reference, "profile", context_.beside, problems());
    if (!file) return;
    const CsvTable table = parse_csv(*file->bytes, file->path.generic_string(), problems());
    action_.series = curve_of(table, "time_s", "current_A", problems());
    if (action_.words["positive"] == "discharge") {
      for (double& current : action_.series.y) current = -current;
    }
    action_.words["file"] = std::filesystem::absolute(file->path).lexically_normal().string();
  }

  void temperature() {
    const auto value = quantity_of(entry_.value, entry_.key, Dimension::temperature, problems());
    if (value && (*value < -60 || *value > 150))
      complain("\"" + entry_.value.text + "\" is outside -60 degC to 150 degC");
    keep("temperature", Dimension::temperature, value);
  }

  void ambient() {
    action_.target = "ambient";
    temperature();
  }

  void cell_temperature(int cell) {
    if (cell < 1 || cell > context_.pack.cells) return unknown();
    action_.target = "cell";
    action_.cell = cell;
    temperature();
  }

  void cell_soc(int cell) {
    if (cell < 1 || cell > context_.pack.cells) return unknown();
    action_.target = "cell";
    action_.cell = cell;
    const auto value = quantity_of(entry_.value, entry_.key, Dimension::ratio, problems());
    if (value && (*value < 0 || *value > 1)) complain("\"" + entry_.value.text + "\" is outside 0 % to 100 %");
    keep("soc", Dimension::ratio, value);
  }

  void cell_faults(int cell) {
    if (cell < 1 || cell > context_.pack.cells) return unknown();
    action_.target = "cell";
    action_.cell = cell;
    if (!entry_.value.is_mapping()) {
      if (const auto word = word_of(entry_.value, entry_.key, words(), problems())) action_.words["state"] = *word;
      return;
    }
    Fields fields(entry_.value, entry_.key, problems(), "do.cell[n]");
    models::cell::CellFaults none;
    models::cell::visit([&](const models::math::Parameter& p, double&) { cell_fault(fields, p); }, none);
    for (const models::math::Choice& c : {models::cell::open_weld_choice, models::cell::reversed_choice}) {
      if (const auto on = fields.yes_no(c.key)) action_.values[c.key] = {*on ? 1.0 : 0.0, Dimension::boolean};
    }
    fields.finish();
    if (entry_.value.entries.empty()) complain("a fault is due, or healthy");
  }

  void cell_fault(Fields& fields, const models::math::Parameter& p) {
    const Node::Entry* entry = fields.take(p.key);
    const bool off = entry != nullptr && entry->value.is_scalar() && entry->value.text == "off";
    keep(p.key, dimension_of(p).value_or(Dimension::none), off ? std::optional(0.0) : model_number(fields, p));
  }

  void supply() {
    action_.target = "supply";
    const auto on = bit_of(entry_.value, "supply", problems());
    if (on) action_.values[*on ? "on" : "off"] = {1, Dimension::boolean};
  }

  void firmware() {
    action_.target = "firmware";
    const auto word = word_of(entry_.value, entry_.key, words(), problems());
    if (word) action_.words["do"] = entry_.key == "reset" ? "reset" : *word;
  }

  void adc() {
    action_.target = "adc";
    const auto state = word_of(entry_.value, entry_.key, words(), problems());
    action_.words["do"] = state.value_or("run");
  }

  void button() {
    action_.target = "button";
    const auto state = word_of(entry_.value, entry_.key, words(), problems());
    action_.words["do"] = state.value_or("released");
  }

  void unknown() {
    std::vector<std::string> known = action_names(context_.pack);
    for (std::string& name : known) name.insert(0, context_.prefix);
    for (const char* moment : {"at", "after", "when", "may not happen", "repeat"}) known.emplace_back(moment);
    const std::vector<std::string> near = nearest_of(context_.prefix + entry_.key, known);
    problems().add(entry_.key_position, "do: " + context_.prefix + entry_.key + " is not something that can be done." +
                                            (near.empty() ? " Known: " + joined(kinds_of_actions()) : near_text(near)));
  }

  const Node::Entry& entry_;
  const ActionContext& context_;
  Action& action_;
};

}  // namespace

Action read_action(const Node::Entry& entry, const ActionContext& context) {
  Action action;
  action.position = entry.key_position;
  ActionReader(entry, context, action).run();
  return action;
}

std::vector<std::string> action_names(const PackSpec& pack) {
  std::vector<std::string> names;
  for (const std::string& kind : kinds_of_actions()) {
    const std::size_t number = kind.find("[n]");
    if (number == std::string::npos) names.push_back(kind);
    const bool is_lead = kind.starts_with("lead"), is_ntc = kind.starts_with("ntc");
    for (int n = is_lead ? 0 : 1; number != std::string::npos && n <= (is_ntc ? 2 : pack.cells); ++n)
      names.push_back(kind.substr(0, number + 1) + std::to_string(n) + kind.substr(number + 2));
  }
  return names;
}

}  // namespace rig::scenario
