// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/chemistry.hpp"

#include <array>
#include <cctype>

namespace rig::cell_fit {
namespace {

constexpr std::array<Chemistry, 5> kKinds = {{{"LFP", 1.8, 3.9, 2.95, 3.31, 0.999, 30, 0.045},
                                              {"NMC", 2.0, 4.6, 3.2, 4.05, 0.9985, 15, 0.03},
                                              {"NCA", 2.0, 4.5, 3.2, 4.05, 0.9985, 15, 0.03},
                                              {"LCO", 2.5, 4.6, 3.4, 4.05, 0.9985, 17, 0.03},
                                              {"LTO", 1.0, 3.1, 2.1, 2.45, 0.999, 30, 0.05}}};

bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::toupper(static_cast<unsigned char>(a[i])) != std::toupper(static_cast<unsigned char>(b[i]))) return false;
  }
  return true;
}

}  // namespace

const Chemistry* find_chemistry(std::string_view name) {
  for (const Chemistry& kind : kKinds) {
    if (same(kind.name, name)) return &kind;
  }
  return nullptr;
}

std::string chemistries() {
  std::string all;
  for (const Chemistry& kind : kKinds) all += (all.empty() ? "" : ", ") + std::string(kind.name);
  return all;
}

}  // namespace rig::cell_fit
