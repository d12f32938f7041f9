// SPDX-License-Identifier: Apache-2.0
#include "reports/manifest/manifest.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "reports/digest.hpp"

namespace reports::manifest {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* own_hash = "sha256_of_this";

Json json_of(const Entry& entry) {
  Json json{{"path", entry.path}, {"bytes", entry.bytes}, {"sha256", entry.sha256}};
  if (!entry.was.empty()) json["was"] = entry.was;
  return json;
}

Json json_of(const Recorded& run) {
  Json scenarios = Json::array();
  for (const auto& scenario : run.scenarios) scenarios.push_back({{"name", scenario.name}, {"file", scenario.file}});
  Json firmware = Json::object();
  for (const auto& [name, file] : run.firmware) firmware[name] = file;
  return {
      {"tool_version", run.tool_version}, {"bench", run.bench}, {"seed", run.seed}, {"strict", run.strict},
      {"fail_fast", run.fail_fast},       {"csv", run.csv},     {"vcd", run.vcd},   {"firmware", std::move(firmware)},
      {"scenarios", std::move(scenarios)}};
}

std::string text_with(const Manifest& manifest, const std::string& hash) {
  Json files = Json::array();
  for (const Entry& entry : manifest.files) files.push_back(json_of(entry));
  const Json json{
      {"manifest_version", 1}, {"run", json_of(manifest.run)}, {"files", std::move(files)}, {own_hash, hash}};
  return json.dump(1) + "\n";
}

[[noreturn]] void refuse(const std::string& sentence) { throw std::runtime_error("manifest.json: " + sentence); }

std::string kept_below(const std::string& path) {
  bool plain = !path.empty() && path.front() != '/' && path.back() != '/';
  plain = plain && path.find_first_of(std::string("\\\0", 2)) == std::string::npos;
  for (const std::filesystem::path& name : std::filesystem::path(path))
    plain = plain && name != ".." && name != "." && !name.empty();
  plain = plain && path.find("//") == std::string::npos;
  if (!plain) refuse("\"" + path + "\" is not a path below the folder; a bundle has no other files");
  return path;
}

std::string hash_of(const Json& json) {
  auto text = json.get<std::string>();
  const bool is_hash = text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_hash) refuse("\"" + text + "\" is not a SHA-256, 64 digits of 0-9 a-f");
  return text;
}

std::uint64_t whole(const Json& json) {
  if (!json.is_number_unsigned()) refuse(json.dump() + " is not a whole number from 0");
  return json.get<std::uint64_t>();
}

Entry entry_of(const Json& json) {
  Entry entry{kept_below(json.at("path").get<std::string>()), whole(json.at("bytes")), hash_of(json.at("sha256"))};
  if (json.contains("was")) entry.was = json.at("was").get<std::string>();
  return entry;
}

Recorded recorded_of(const Json& json) {
  Recorded run;
  run.tool_version = json.at("tool_version").get<std::string>();
  run.bench = json.at("bench").get<std::string>();
  run.seed = whole(json.at("seed"));
  run.strict = json.at("strict").get<bool>();
  run.fail_fast = json.at("fail_fast").get<bool>();
  run.csv = json.at("csv").get<bool>();
  run.vcd = json.at("vcd").get<bool>();
  for (const auto& [name, file] : json.at("firmware").items()) run.firmware[name] = file.get<std::string>();
  for (const Json& scenario : json.at("scenarios"))
    run.scenarios.push_back({scenario.at("name").get<std::string>(), scenario.at("file").get<std::string>()});
  return run;
}

void check_files(const Manifest& manifest) {
  std::set<std::string> listed;
  for (const Entry& entry : manifest.files) {
    if (!listed.insert(entry.path).second) refuse("\"" + entry.path + "\" stands twice");
    if (entry.path == file_name) refuse("it lists itself");
  }
  const auto need = [&](const std::string& file) {
    if (!listed.contains(file)) refuse("\"" + file + "\" is needed to run again and is not among the files");
  };
  for (const auto& scenario : manifest.run.scenarios) need(scenario.file);
  for (const auto& [name, file] : manifest.run.firmware) need(file);
  if (manifest.run.bench != "sim") need(manifest.run.bench);
  need("result.json");
}

}  // namespace

std::string to_json(const Manifest& manifest) { return text_with(manifest, sha256(text_with(manifest, ""))); }

Manifest from_json(const std::string& text) {
  Manifest manifest;
  try {
    const Json json = Json::parse(text);
    if (const auto version = whole(json.at("manifest_version")); version != 1)
      refuse("manifest_version " + std::to_string(version) + " is not known; known is 1");
    manifest.run = recorded_of(json.at("run"));
    for (const Json& entry : json.at("files")) manifest.files.push_back(entry_of(entry));
    hash_of(json.at(own_hash));
  } catch (const Json::exception& wrong) {
    const std::string said = wrong.what();
    refuse("no manifest of a run: " + said.substr(said.find("] ") == std::string::npos ? 0 : said.find("] ") + 2));
  }
  check_files(manifest);
  return manifest;
}

bool is_as_written(const std::string& text, const Manifest& manifest) { return text == to_json(manifest); }

}  // namespace reports::manifest
