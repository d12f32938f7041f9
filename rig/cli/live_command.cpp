// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>

#include "rig/cli/commands.hpp"
#include "rig/live/request.hpp"
#include "rig/scenario/setup.hpp"
#include "rig/scenario/text.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> text_of(const Arguments& arguments, const char* name) {
  const auto found = arguments.texts.find(name);
  return found == arguments.texts.end() ? std::nullopt : std::optional(found->second);
}

constexpr const char* address_setting = "device_address";

/// BOARD or BOARD:ADDRESS.
struct BoardWord {
  std::string board;
  std::optional<std::string> address;
};

BoardWord board_word(const std::string& word) {
  const std::size_t colon = word.rfind(':');
  if (colon == std::string::npos || word.find_first_not_of("+-.0123456789", colon + 1) != std::string::npos)
    return {word, {}};
  return {word.substr(0, colon), word.substr(colon + 1)};
}

/// Of Modbus: 1 to 247.
std::optional<int> address_of(const BoardWord& word, std::vector<std::string>& mistakes) {
  int address = 0;
  const char* const end = word.address->data() + word.address->size();
  const auto [stop, error] = std::from_chars(word.address->data(), end, address);
  if (error == std::errc() && stop == end && address >= 1 && address <= 247) return address;
  mistakes.push_back(word.board + ":" + *word.address + ": \"" + *word.address + "\" is not an address from 1 to 247");
  return std::nullopt;
}

bool names(const std::string& setting, const std::string& name) {
  const std::size_t equals = setting.find('=');
  return equals != std::string::npos && scenario::trimmed(std::string_view(setting).substr(0, equals)) == name;
}

bool is_set(const Arguments& arguments, const std::string& name) {
  return std::ranges::any_of(arguments.settings, [&](const std::string& setting) { return names(setting, name); });
}

/// One of several has the address of its place unless another is given.
void set_address(const BoardWord& word, std::size_t index, const Arguments& arguments, scenario::Scenario& setup,
                 std::vector<std::string>& mistakes) {
  if (!word.address && arguments.what.size() == 1) return;
  const auto address = word.address ? address_of(word, mistakes) : static_cast<int>(index + 1);
  const auto setting = setup.settings.find(address_setting);
  if (setting == setup.settings.end() && word.address)
    mistakes.push_back(word.board + ":" + *word.address + ": " + setup.board.name + " has no setting device_address");
  if (setting != setup.settings.end() && address) setting->second = *address;
}

/// The board with its pack and firmware; mistakes are added.
std::optional<live::Station> station_of(std::size_t index, const Call& call, std::vector<std::string>& mistakes) {
  const Arguments& arguments = call.arguments;
  const BoardWord word = board_word(arguments.what[index]);
  std::optional<std::string> pack;
  if (!arguments.packs.empty()) pack = arguments.packs[arguments.packs.size() == 1 ? 0 : index];
  auto setup = scenario::read_setup({word.board, pack, arguments.settings}, call.places.scenarios, mistakes);
  if (!setup) return std::nullopt;
  set_address(word, index, arguments, *setup, mistakes);
  // Every port speaks here: connector P5 of a JK board is CAN beside RS485, unless somebody says otherwise.
  const auto port = setup->settings.find("port_is_rs485");
  if (port != setup->settings.end() && !is_set(arguments, "port_is_rs485")) port->second = 0;
  live::Station station;
  if (arguments.what.size() > 1) station.name = std::string(1, static_cast<char>('a' + index));
  station.firmware = arguments.firmware ? fs::path(*arguments.firmware)
                                        : for_people(call.places.firmware / (setup->board.firmware + ".so"));
  station.setup = std::move(*setup);
  if (!fs::is_regular_file(station.firmware))
    mistakes.push_back("firmware " + station.firmware.string() + ": no such file");
  return station;
}

/// Two boards that answer at once are understood by nobody.
void look_for_twins(const std::vector<live::Station>& stations, std::vector<std::string>& mistakes) {
  std::map<double, std::string> taken;
  for (const live::Station& station : stations) {
    const auto address = station.setup.settings.find(address_setting);
    if (address == station.setup.settings.end()) continue;
    const auto [first, is_free] = taken.try_emplace(address->second, station.name);
    if (!is_free)
      mistakes.push_back("boards " + first->second + " and " + station.name + " both have the address " +
                         scenario::shortest(address->second) +
                         "; BOARD:ADDRESS gives another, without one they are counted from 1");
  }
}

std::vector<live::Station> stations_of(const Call& call, std::vector<std::string>& mistakes) {
  const bool one_is_named =
      std::ranges::any_of(call.arguments.what, [](const auto& word) { return board_word(word).address.has_value(); });
  if (is_set(call.arguments, address_setting) && (one_is_named || call.arguments.what.size() > 1))
    mistakes.emplace_back("--set device_address stands for a board alone; here BOARD:ADDRESS says it");
  std::vector<live::Station> stations;
  for (std::size_t i = 0; i < call.arguments.what.size(); ++i) {
    std::vector<std::string> its;
    if (auto station = station_of(i, call, its)) stations.push_back(std::move(*station));
    for (std::string& mistake : its) {
      if (std::ranges::find(mistakes, mistake) == mistakes.end()) mistakes.push_back(std::move(mistake));
    }
  }
  if (mistakes.empty()) look_for_twins(stations, mistakes);
  return stations;
}

}  // namespace

int live_command(const Call& call) {
  std::vector<std::string> mistakes;
  live::Request request;
  request.stations = stations_of(call, mistakes);
  if (!mistakes.empty()) return malformed(call.host, mistakes);
  request.speed = call.arguments.speed;
  request.seed = call.arguments.seed;
  if (const auto folder = text_of(call.arguments, "link")) request.links = *folder;
  request.shipped = call.places.scenarios;
  request.is_terminal = call.host.out_is_terminal;
  try {
    return call.host.live(request, call.host.out);
  } catch (const live::CannotStart& refusal) {
    return malformed(call.host, {refusal.what()});
  }
}

}  // namespace rig::cli
