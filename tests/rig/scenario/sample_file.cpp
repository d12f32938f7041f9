// SPDX-License-Identifier: Apache-2.0
#include "tests/rig/scenario/sample.hpp"

namespace rig::scenario {
namespace {

Json scenario_with(const std::string& key, const Json& value) {
  Json scenario = mapping_with(place_of("scenario"), key == "boards" ? key : "");
  scenario["board"] = "board.json.yaml";
  scenario["labels"] = "threshold";  // for `hold`
  if (!key.empty()) scenario[key] = value;
  if (key == "boards") scenario.erase("board");
  return {{"s", scenario}};
}

Json step(const Json& action) {
  Json with_moment = action;
  with_moment["at"] = "1 s";
  return scenario_with("do", Json::array({with_moment}));
}

SampleFile scenario_file(const std::string& place, const Json& mapping) {
  if (place == "scenarios") {
    Json file = mapping;
    if (!file.contains("a")) file.update(scenario_with("", {}));
    return {"scenario", file};
  }
  if (place == "scenario") return {"scenario", {{"s", mapping}}};
  if (place == "bank") return {"scenario", scenario_with("boards", {{"a", mapping}})};
  if (place == "expect") return {"scenario", scenario_with("expect", Json::array({mapping}))};
  if (place.starts_with("expect.")) {
    Json claim = mapping_with(place_of("expect"), "");
    claim[place.substr(place.find('.') + 1)] = mapping;
    return scenario_file("expect", claim);
  }
  if (place == "invariants") {
    Json file = scenario_with("", {});
    file["invariants"] = Json::array({mapping});
    return {"scenario", file};
  }
  if (place == "do") return {"scenario", scenario_with("do", Json::array({mapping}))};
  if (place == "action") return {"scenario", step(mapping)};
  if (place == "do.repeat") return {"scenario", step({{"ambient", "25 degC"}, {"repeat", mapping}})};
  const std::string last = place.substr(place.find('.') + 1);
  if (place.starts_with("do.")) {
    std::string name = last;
    if (const std::size_t at = name.find("[n]"); at != std::string::npos) name.replace(at, 3, "[2]");
    Json action = Json::object();
    action[name] = mapping;
    return {"scenario", step(action)};
  }
  return {"scenario", scenario_with(last, mapping)};
}

Json one_of_a_list(const Place& top, const std::string& name, const Json& mapping) {
  return top.at(name).list == Key::List::yes ? Json::array({mapping}) : mapping;
}

SampleFile board_file(const std::string& place, const Json& mapping) {
  if (place == "board") return {"board", mapping};
  Json board = full_board();
  if (place == "board.spi.inputs") {
    Json chip = mapping_with(place_of("board.spi"), "");
    chip["inputs"] = Json::array({mapping});
    board["spi"] = Json::array({chip});
  } else if (place == "board.setting" || place == "board.preset") {
    board[place == "board.setting" ? "settings" : "presets"]["b"] = mapping;
  } else {
    const std::string name = place.substr(place.find('.') + 1);
    const bool is_by_name = name == "settings" || name == "presets";
    if (is_by_name) board[name].update(mapping);
    if (!is_by_name) board[name] = one_of_a_list(place_of("board"), name, mapping);
  }
  return {"board", board};
}

SampleFile part_file(const std::string& kind, const std::string& place, const Json& mapping) {
  if (place == kind) return {kind, mapping};
  if (place.starts_with("bench.uncertainty."))
    return part_file(kind, "bench.uncertainty", {{place.substr(place.rfind('.') + 1), mapping}});
  Json file = mapping_with(place_of(kind), "");
  std::string name = place.substr(place.find('.') + 1);
  if (const std::size_t at = name.find("[n]"); at != std::string::npos) name.replace(at, 3, "[2]");
  file[name] = mapping;
  return {kind, file};
}

SampleFile campaign_file(const std::string& place, const Json& mapping) {
  if (place == "campaigns") return {"campaign", mapping};
  if (place == "campaign") return {"campaign", {{"c", mapping}}};
  const std::string law = "campaign.draw.";
  if (place == law + "law")
    return {"campaign", {{"c", {{"scenario", "s"}, {"runs", "3"}, {"draw", {{"run_for", mapping}}}}}}};
  if (place.starts_with(law)) {
    Json one = Json::object();
    one[place.substr(law.size())] = mapping;
    return campaign_file(law + "law", one);
  }
  if (place == "campaign.faults.list") {
    Json faults = mapping_with(place_of("campaign.faults"), "");
    faults["list"] = mapping;
    return campaign_file("campaign.faults", faults);
  }
  if (place.starts_with("campaign.search.")) {
    Json search = mapping_with(place_of("campaign.search"), "");
    search[place.substr(place.rfind('.') + 1)] = mapping;
    if (mapping.contains("around")) search["tolerance"] = "6 mV";
    return campaign_file("campaign.search", search);
  }
  Json campaign = {{"scenario", "s"}};
  campaign[place.substr(place.find('.') + 1)] = mapping;
  if (place == "campaign.draw") campaign["runs"] = "3";
  if (place == "campaign.search" && mapping.contains("tolerance") && mapping.contains("trip") &&
      mapping["trip"].is_object() && !mapping["trip"].contains("around"))
    campaign["search"]["trip"]["around"] = "settings.cell_ovp";
  return {"campaign", {{"c", campaign}}};
}

}  // namespace

Json full_board() {
  Json board = mapping_with(place_of("board"), "");
  for (const char* part : {"precharge", "charge_limiter", "heater"})
    board[part] = mapping_with(place_of(std::string("board.") + part), "");
  board["uarts"] = Json::array({{{"port", "0"}, {"is", "jk_4e57"}}, {{"port", "1"}, {"is", "jk_modbus"}}});
  board["can"] = Json::array({{{"bus", "0"}, {"bitrate", "250 kbit/s"}}});
  board["settings"] = {{"cell_ovp", {{"unit", "mV"}, {"default", "3.6 V"}}},
                       {"b", {{"unit", "mV"}, {"default", "1 V"}}}};
  board["presets"] = {{"LiFePO4", {{"cell_ovp", "3.6 V"}}}};
  return board;
}

SampleFile file_of(const Sample& sample) {
  const std::string kind = sample.place.substr(0, sample.place.find('.'));
  if (kind == "board") return board_file(sample.place, sample.mapping);
  if (kind == "pack" || kind == "cell" || kind == "bench") return part_file(kind, sample.place, sample.mapping);
  if (kind.starts_with("campaign")) return campaign_file(sample.place, sample.mapping);
  return scenario_file(sample.place, sample.mapping);
}

}  // namespace rig::scenario
