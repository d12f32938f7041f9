// SPDX-License-Identifier: Apache-2.0
// key_tables_page < docs/scenarios.md: the page with the tables of keys as they are today.
#include <iostream>
#include <iterator>

#include "rig/scenario/key_text.hpp"

int main() {
  const std::string page{std::istreambuf_iterator<char>(std::cin), {}};
  std::cout << rig::scenario::with_key_tables(page);
  return std::cout.flush() ? 0 : 3;
}
