// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "rig/live/request.hpp"

namespace rig::live {

/// A virtual BMS in real time on pseudo-terminals: plays until `quit`, SIGINT, SIGTERM or SIGHUP and returns 0, or 2
/// when a firmware refuses to start. Reads commands from standard input; the end of it ends nothing. Once a process.
/// Throws as a Session does.
int run_session(const Request& request, std::ostream& out);

}  // namespace rig::live
