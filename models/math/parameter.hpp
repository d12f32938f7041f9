// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace models::math {

/// One number of a model as people give it: key, unit ("" none, "%" a ratio), range, meaning, source. The default is
/// what the parameter struct holds. Readers, players and `explain` go through the visit list of the struct.
struct Parameter {
  const char *key, *unit;
  double low, high;
  bool required;
  const char *meaning, *source;
  const char* group = "";  // the mapping of the file where it stands; "": the top
  double standard = 0;     // the default where the struct holds nothing, as an empty lattice
  bool open = false;       // low itself is not allowed

  [[nodiscard]] bool allows(double value) const { return (open ? value > low : value >= low) && value <= high; }
};

/// A key whose value is one of a few words, "healthy|stuck on": the first is what holds when nothing is said, unless
/// the key is required.
struct Choice {
  const char *key, *words, *meaning;
  const char* group = "";
  bool required = false;
};

}  // namespace models::math
