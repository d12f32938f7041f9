// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/file_name.hpp"

#include <algorithm>

#include "reports/digest.hpp"

namespace rig::campaign {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

}  // namespace

std::string file_stem(const std::string& name) {
  const bool plain = !name.empty() && name.size() <= 200 && name.front() != '.' && name.front() != '-' &&
                     std::all_of(name.begin(), name.end(), is_plain);
  if (plain) return name;
  std::string readable = name.substr(0, 100);
  std::replace_if(
      readable.begin(), readable.end(), [](char c) { return !is_plain(c) || c == '.'; }, '_');
  return "_" + readable + "~" + reports::sha256(name).substr(0, 8);
}

}  // namespace rig::campaign
