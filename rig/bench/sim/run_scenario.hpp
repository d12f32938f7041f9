// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>

#include "reports/result.hpp"
#include "rig/scenario/scenario.hpp"
#include "rig/scenario/uncertainty.hpp"

namespace rig::bench {

struct RunOptions {
  std::uint64_t seed = 1;
  std::filesystem::path firmware;    // .so
  std::filesystem::path trace_file;  // empty = no trace
  scenario::BenchUncertainty uncertainty = {};
};

/// Runs one scenario in this process (SystemC keeps global state: once a process) and returns its result, trace_file
/// and trace_sha256 left to the caller. Misbehaviour of the firmware becomes findings; a fault of the rig throws
/// std::runtime_error.
[[nodiscard]] reports::ScenarioResult run_scenario(const scenario::Scenario& scenario, const RunOptions& options);

}  // namespace rig::bench
