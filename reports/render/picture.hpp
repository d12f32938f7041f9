// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "reports/render/moment.hpp"

namespace reports {

/// What a picture of one claim shows; drawing.hpp turns it into SVG.
struct Curve {
  std::size_t column;  // of the trace
  std::string name;
  bool stepped;  // as the board reported it: holds until the next reply
  bool worst;    // drawn in front, thick
  bool context;  // not named by the claim: thin and grey
};

struct Level {  // horizontal line
  double value;
  std::string label;
  int forbidden;  // +1 above, -1 below, 0 a threshold only
};

struct Panel {
  std::string unit;
  std::vector<Curve> curves;
  std::vector<Level> levels;
};

struct Strip {         // a bit over time
  std::size_t signal;  // in the header
  std::string name;
};

struct Picture {
  Moment moment;
  std::vector<Panel> panels;
  std::vector<Strip> strips;
};

/// The signals named by the claim, by unit, with their cells beside them; the current; gates, and bits that changed.
[[nodiscard]] Picture picture_of(const ScenarioResult& scenario, const ClaimResult& claim, const trace::Trace& trace);

}  // namespace reports
