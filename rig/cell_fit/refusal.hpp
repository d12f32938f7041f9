// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdexcept>
#include <string>

#include "rig/cell_bench/profile.hpp"

namespace rig::cell_fit {

/// The data cannot identify the model: one sentence with what was read, where, and what would be accepted.
class Refusal : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Refuses unless `holds`: the file, then the sentence.
inline void require(bool holds, const cell_bench::Profile& profile, const std::string& sentence) {
  if (!holds) throw Refusal(profile.file + ": " + sentence);
}

}  // namespace rig::cell_fit
