// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/record.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "rig/campaign/exit_code.hpp"

namespace rig::campaign {
namespace {

using Json = nlohmann::ordered_json;

std::optional<double> number_of(const std::optional<reports::Value>& value) {
  return value && std::isfinite(value->number) ? std::optional(value->number) : std::nullopt;
}

Json json_of(const Record::Claim& claim) {
  Json json{{"result", claim.result}};
  if (claim.measured) json["measured"] = *claim.measured;
  if (claim.margin) json["margin"] = *claim.margin;
  if (claim.measured) json["unit"] = claim.unit;
  if (claim.t_worst_ns >= 0) json["t_worst_ns"] = claim.t_worst_ns;
  return json;
}

Record::Claim claim_of(const Json& json) {
  Record::Claim claim;
  claim.result = json.at("result").get<std::string>();
  if (json.contains("measured")) claim.measured = json["measured"].get<double>();
  if (json.contains("margin")) claim.margin = json["margin"].get<double>();
  claim.unit = json.value("unit", "");
  claim.t_worst_ns = json.value("t_worst_ns", std::int64_t{-1});
  return claim;
}

}  // namespace

Record record_of(const reports::ScenarioResult& result) {
  Record record;
  record.scenario = result.name;
  record.seed = result.seed;
  record.result = result.result;
  if (result.result != "pass") record.reason = result.reason;
  for (const reports::ClaimResult& c : result.claims)
    record.claims.push_back(
        {c.result, number_of(c.measured), number_of(c.margin), c.measured ? c.measured->unit : "", c.t_worst_ns});
  return record;
}

std::string to_line(const Record& record) {
  Json json{{"run", record.run}, {"scenario", record.scenario}};
  Json values = Json::object();
  for (const auto& [place, text] : record.values) values[place] = text;
  json["values"] = values;
  json["seed"] = record.seed;
  json["result"] = record.result;
  if (!record.reason.empty()) json["reason"] = record.reason;
  json["claims"] = Json::array();
  for (const Record::Claim& claim : record.claims) json["claims"].push_back(json_of(claim));
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Record> from_line(const std::string& line) {
  try {
    const Json json = Json::parse(line);
    Record record;
    record.run = json.at("run").get<std::size_t>();
    record.scenario = json.at("scenario").get<std::string>();
    for (const auto& [place, text] : json.at("values").items())
      record.values.emplace_back(place, text.get<std::string>());
    record.seed = json.at("seed").get<std::uint64_t>();
    record.result = json.at("result").get<std::string>();
    record.reason = json.value("reason", "");
    for (const Json& claim : json.at("claims")) record.claims.push_back(claim_of(claim));
    return is_result_word(record.result) ? std::optional(record) : std::nullopt;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace rig::campaign
