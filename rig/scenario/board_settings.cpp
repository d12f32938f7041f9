// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/board_settings.hpp"

#include <algorithm>
#include <cmath>

#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

// The integer unit in which the firmware takes a setting.
struct IntegerUnit {
  const char* name;
  Dimension dimension;
  double size;
};
constexpr IntegerUnit integer_units[] = {
    {"1", Dimension::none, 1},
    {"bit", Dimension::boolean, 1},
    {"mV", Dimension::voltage, 1e-3},
    {"mA", Dimension::current, 1e-3},
    {"mAh", Dimension::charge, 1e-3},
    {"s", Dimension::time, 1},
    {"ms", Dimension::time, 1e-3},
    {"us", Dimension::time, 1e-6},
    {"ddegC", Dimension::temperature, 0.1},
    {"%", Dimension::ratio, 0.01},
    {"ppm", Dimension::ratio, 1e-6},
    {"dK", Dimension::temperature_difference, 0.1},
    {"mohm", Dimension::resistance, 1e-3},
    {"uohm", Dimension::resistance, 1e-6},
    {"min", Dimension::time, 60},
    {"h", Dimension::time, 3600},
};

std::optional<double> value_of(const Node& node, const BoardSpec::Setting& setting, Problems& problems) {
  if (setting.dimension == Dimension::boolean) {
    const std::optional<bool> bit = bit_of(node, setting.name, problems);
    return bit ? std::optional(*bit ? 1.0 : 0.0) : std::nullopt;
  }
  const std::optional<double> value = quantity_of(node, setting.name, setting.dimension, problems);
  if (!value) return std::nullopt;
  const double steps = *value / setting.unit_size;
  const double whole = std::round(steps);
  if (std::fabs(steps - whole) > 1e-6 * std::max(1.0, std::fabs(whole)) || std::fabs(whole) > 2147483647.0) {
    problems.add(
        node.position,
        setting.name + ": \"" + node.text + "\" cannot be set; the firmware takes whole steps of " +
            format({setting.unit_size, setting.dimension == Dimension::temperature ? Dimension::temperature_difference
                                                                                   : setting.dimension}));
    return std::nullopt;
  }
  return value;
}

void read_setting(const Node::Entry& entry, Problems& problems, BoardSpec& spec) {
  Fields fields(entry.value, entry.key, problems, "board.setting");
  BoardSpec::Setting setting;
  setting.name = entry.key;
  const std::string unit = fields.require("unit") != nullptr ? fields.one_of("unit").value_or("1") : std::string("1");
  for (const IntegerUnit& known : integer_units) {
    if (unit == known.name) {
      setting.dimension = known.dimension;
      setting.unit_size = known.size;
    }
  }
  if (const Node::Entry* value = fields.require("default")) {
    setting.value = value_of(value->value, setting, problems).value_or(0);
  }
  const auto limit = [&](const char* key) {
    const Node::Entry* entry = fields.take(key);
    return entry == nullptr ? std::nullopt : value_of(entry->value, setting, problems);
  };
  setting.min = limit("min");
  setting.max = limit("max");
  fields.text("source");
  fields.finish();
  spec.settings.push_back(setting);
}

const BoardSpec::Setting* find_setting(const BoardSpec& board, const std::string& name) {
  const auto found = std::find_if(board.settings.begin(), board.settings.end(),
                                  [&](const auto& setting) { return setting.name == name; });
  return found == board.settings.end() ? nullptr : &*found;
}

std::vector<std::string> setting_names(const BoardSpec& board) {
  std::vector<std::string> names;
  for (const BoardSpec::Setting& setting : board.settings) names.push_back(setting.name);
  return names;
}

void check_range(const Node::Entry& entry, const BoardSpec::Setting& setting, double value, Problems& problems) {
  const double rounding = 1e-6 * setting.unit_size;
  const bool is_below = setting.min && value < *setting.min - rounding;
  if (!is_below && !(setting.max && value > *setting.max + rounding)) return;
  const auto text = [&](const std::optional<double>& limit) {
    return limit ? format({*limit, setting.dimension}) : std::string("no limit");
  };
  problems.add(entry.value.position, entry.key + ": \"" + entry.value.text + "\" is outside " + text(setting.min) +
                                         " to " + text(setting.max));
}

void assign(const Node::Entry& entry, const BoardSpec& board, Problems& problems,
            std::map<std::string, double>& values) {
  const BoardSpec::Setting* setting = find_setting(board, entry.key);
  if (setting == nullptr) {
    problems.add(entry.key_position, "settings: " + entry.key + " is not a setting of " + board.name + "." +
                                         near_text(nearest_of(entry.key, setting_names(board))));
  } else if (const std::optional<double> value = value_of(entry.value, *setting, problems)) {
    check_range(entry, *setting, *value, problems);
    values[entry.key] = *value;
  }
}

void read_presets(const Node& node, Problems& problems, BoardSpec& spec) {
  Fields presets(node, "presets", problems, "board.presets");
  for (const Node::Entry* preset : presets.take_rest()) {
    std::map<std::string, double>& values = spec.presets[preset->key];
    Fields fields(preset->value, preset->key, problems, "board.preset");
    fields.text("source");
    for (const Node::Entry* entry : fields.take_rest()) assign(*entry, spec, problems, values);
  }
}

void apply_preset(const Node& node, const BoardSpec& board, Problems& problems, std::map<std::string, double>& values) {
  std::vector<std::string> names;
  for (const auto& [name, preset] : board.presets) names.push_back(name);
  const std::optional<std::string> name = word_of(node, "preset", names, problems);
  if (!name) return;
  for (const auto& [setting, value] : board.presets.at(*name)) values[setting] = value;
}

}  // namespace

std::vector<std::string> setting_units() {
  std::vector<std::string> names;
  for (const IntegerUnit& unit : integer_units) names.emplace_back(unit.name);
  return names;
}

void read_board_settings(Fields& board, Problems& problems, BoardSpec& spec) {
  if (const Node::Entry* entry = board.take("settings")) {
    Fields settings(entry->value, "settings", problems, "board.settings");
    for (const Node::Entry* setting : settings.take_rest()) read_setting(*setting, problems, spec);
  }
  if (const Node::Entry* entry = board.take("presets")) read_presets(entry->value, problems, spec);
}

std::map<std::string, double> resolve_settings(const Node* node, const BoardSpec& board, const PackSpec& pack,
                                               Problems& problems) {
  std::map<std::string, double> values;
  for (const BoardSpec::Setting& setting : board.settings) values[setting.name] = setting.value;
  if (values.contains("cell_count")) values["cell_count"] = pack.cells;
  if (values.contains("capacity")) values["capacity"] = pack.cell.capacity_Ah;
  if (node == nullptr) return values;
  Fields fields(*node, "settings", problems, "scenario.settings");
  if (const Node::Entry* preset = fields.take("preset")) apply_preset(preset->value, board, problems, values);
  for (const Node::Entry* entry : fields.take_rest()) assign(*entry, board, problems, values);
  return values;
}

}  // namespace rig::scenario
