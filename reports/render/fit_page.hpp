// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "reports/render/document.hpp"

namespace reports {

/// A cell fitted to measurements, for people: facts, tables of words, and each measurement against the model.
struct FitPage {
  using Table = PageTable;
  struct Plot {  // rows of one measurement; an error is model less measured
    std::string caption;
    std::vector<double> time_s, measured_V, model_V, current_A;
    double worst_at_s = 0;  // shown once more, in close-up
  };
  std::string title, verdict;  // "LG M50T", "3.1 mV RMS"
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<Table> tables;
  std::vector<Plot> plots;
};

/// One file without scripts, in the style of the report. Byte-stable.
[[nodiscard]] std::string fit_html(const FitPage& page);

}  // namespace reports
