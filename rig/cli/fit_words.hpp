// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/cell_fit/fit.hpp"

namespace rig::cli {

/// A fit in words: for the terminal and as a page.
struct FitWords {
  const std::string& name;
  const std::vector<cell_fit::PulseTest>& tests;
  const std::string& slow_file;
  const cell_fit::SlowRun& slow;
  const cell_fit::Fitted& fitted;

  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string page() const;  // HTML
};

}  // namespace rig::cli
