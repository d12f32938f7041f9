// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "rig/cli/commands.hpp"
#include "rig/live/request.hpp"
#include "rig/scenario/setup.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> text_of(const Arguments& arguments, const char* name) {
  const auto found = arguments.texts.find(name);
  return found == arguments.texts.end() ? std::nullopt : std::optional(found->second);
}

/// The board with its pack and firmware; mistakes are added.
std::optional<live::Station> station_of(const std::string& board, const Call& call,
                                        std::vector<std::string>& mistakes) {
  auto setup = scenario::read_setup({board, text_of(call.arguments, "pack"), call.arguments.settings},
                                    call.places.scenarios, mistakes);
  if (!setup) return std::nullopt;
  // Every port speaks here: connector P5 of a JK board is CAN beside RS485, unless somebody says otherwise.
  const auto names_port = [](const std::string& word) { return word.starts_with("port_is_rs485="); };
  const auto port = setup->settings.find("port_is_rs485");
  if (port != setup->settings.end() && std::ranges::none_of(call.arguments.settings, names_port)) port->second = 0;
  live::Station station;
  station.firmware = call.arguments.firmware ? fs::path(*call.arguments.firmware)
                                             : for_people(call.places.firmware / (setup->board.firmware + ".so"));
  station.setup = std::move(*setup);
  if (!fs::is_regular_file(station.firmware))
    mistakes.push_back("firmware " + station.firmware.string() + ": no such file");
  return station;
}

}  // namespace

int live_command(const Call& call) {
  std::vector<std::string> mistakes;
  live::Request request;
  if (auto station = station_of(call.arguments.what.front(), call, mistakes))
    request.stations.push_back(std::move(*station));
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
