// SPDX-License-Identifier: Apache-2.0
// library_page > docs/library.md
#include <iostream>

#include "tests/rig/scenario/library.hpp"

int main() {
  std::cout << rig::scenario::library::page(rig::scenario::library::shipped());
  return std::cout.flush() ? 0 : 3;
}
