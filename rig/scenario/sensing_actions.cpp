// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/sensing_actions.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "models/afe/visit.hpp"
#include "rig/scenario/csv.hpp"
#include "rig/scenario/indexed.hpp"
#include "rig/scenario/model_number.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

class SensingAction {
 public:
  SensingAction(const Node::Entry& entry, const ActionContext& context, Action& action)
      : entry_(entry), context_(context), action_(action) {}

  bool run() {
    const auto sensor = indexed(entry_.key, "ntc");
    if (sensor && *sensor <= 2) return ntc(*sensor), true;
    const auto number = entry_.key == "lead[0]" ? std::optional(0) : indexed(entry_.key, "lead");
    if (number && *number <= context_.pack.cells) return lead(*number), true;
    if (entry_.key == "balancer") return balancer(), true;
    if (entry_.key == "measuring") return measuring(), true;
    return false;
  }

 private:
  [[nodiscard]] bool is_mapping() const { return entry_.value.is_mapping(); }

  void word() {
    const auto state = word_of(entry_.value, entry_.key, place_of("action").at(entry_.key).words, context_.problems);
    action_.words["state"] = state.value_or("normal");
  }

  void keep(const char* key, Dimension dimension, std::optional<double> value) {
    if (value) action_.values[key] = {*value, dimension};
  }

  // {key: value} with exactly one of the known keys, which is left to the caller.
  bool is_one_of(Fields& fields, const std::vector<std::string>& keys) {
    const auto given = std::count_if(keys.begin(), keys.end(), [&](const auto& key) { return fields.has(key); });
    for (const std::string& key : keys) fields.take(key);
    if (given != 1) fields.complain(entry_.key, entry_.value.position, "one of " + joined(keys) + " is due, or normal");
    return given == 1;
  }

  void ntc(int sensor) {
    action_.target = "ntc";
    action_.cell = sensor;
    if (!is_mapping()) return word();
    Fields fields(entry_.value, entry_.key, context_.problems, "do.ntc[n]");
    action_.words["state"] = "curve";
    const Node::Entry* curve = fields.require("curve");
    fields.finish();
    const auto file = curve != nullptr ? context_.files.open(curve->value, "curve", context_.beside, context_.problems)
                                       : std::nullopt;
    if (!file) return;
    const CsvTable table = parse_csv(*file->bytes, file->path.generic_string(), context_.problems);
    action_.series = curve_of(table, "temperature_degC", "r_ohm", context_.problems);
    action_.words["file"] = curve->value.text;
  }

  void lead(int number) {
    action_.target = "lead";
    action_.cell = number;
    if (!is_mapping()) return word();
    Fields fields(entry_.value, entry_.key, context_.problems, "do.lead[n]");
    if (is_one_of(fields, {"resistance", "swapped_with"})) {
      action_.words["state"] = fields.has("resistance") ? "resistance" : "swapped";
      keep("resistance", Dimension::resistance, model_number(fields, models::afe::corroded));
      const auto other = fields.whole("swapped_with", 0, context_.pack.cells);
      if (other && *other == number)
        fields.complain("swapped_with", entry_.value.position, "a lead cannot change places with itself");
      keep("other", Dimension::none, other ? std::optional<double>(*other) : std::nullopt);
    }
    fields.finish();
  }

  void balancer() {
    action_.target = "balancer";
    if (!is_mapping()) return word();
    Fields fields(entry_.value, "balancer", context_.problems, "do.balancer");
    if (is_one_of(fields, {"stuck_on_cell", "store_leak"})) {
      action_.words["state"] = "fault";
      const auto cell = fields.whole("stuck_on_cell", 1, context_.pack.cells);
      keep("cell", Dimension::none, cell ? std::optional<double>(*cell) : std::nullopt);
      keep("store_leak", Dimension::resistance, fields.positive("store_leak", Dimension::resistance));
    }
    fields.finish();
  }

  void measuring() {
    action_.target = "measuring";
    Fields fields(entry_.value, "measuring", context_.problems, "do.measuring");
    if (!is_mapping()) return;
    std::vector<std::string> inputs = fields.place().at("of").words;
    for (int n = 1; n <= context_.pack.cells; ++n) inputs.push_back("cell_voltage[" + std::to_string(n) + "]");
    std::string of;
    if (fields.require("of") != nullptr) of = fields.one_of("of", inputs).value_or("");
    const Dimension dimension = of == "port_current" ? Dimension::current : Dimension::voltage;
    action_.words["of"] = of;
    keep("offset", dimension, fields.quantity("offset", dimension));
    keep("gain_error", Dimension::ratio, model_number(fields, models::afe::gain_fault));
    if (!fields.has("offset") && !fields.has("gain_error"))
      fields.complain("measuring", entry_.value.position, "offset or gain_error is due; 0 takes the fault away");
    fields.finish();
  }

  const Node::Entry& entry_;
  const ActionContext& context_;
  Action& action_;
};

}  // namespace

bool read_sensing_action(const Node::Entry& entry, const ActionContext& context, Action& action) {
  return SensingAction(entry, context, action).run();
}

}  // namespace rig::scenario
