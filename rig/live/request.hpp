// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "rig/scenario/scenario.hpp"

namespace rig::live {

/// One board of a session.
struct Station {
  std::string name;  // in front of commands and messages; empty: the only one
  scenario::Scenario setup;
  std::filesystem::path firmware;
};

struct Request {
  std::vector<Station> stations;
  double speed = 1;  // simulated seconds a second
  std::uint64_t seed = 1;
  std::optional<std::filesystem::path> links;  // folder for links of stable names
  std::filesystem::path shipped;               // what comes with Cellrig
  bool is_terminal = false;                    // of `out`: it gets a status row
};

/// Something that was asked for cannot be: the firmware is refused, a link cannot be made. what() is a sentence.
class CannotStart : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Plays the request until somebody ends it; returns the exit code. Throws CannotStart, and std::system_error when the
/// machine has no device to give.
using Session = std::function<int(const Request& request, std::ostream& out)>;

}  // namespace rig::live
