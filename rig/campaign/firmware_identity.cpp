// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/firmware_identity.hpp"

#include <dlfcn.h>

#include <cstddef>

#include "board.h"
#include "rig/campaign/pool.hpp"

namespace rig::campaign {
namespace {

/// name, zero byte, version; runs in the child.
std::string ask(const std::filesystem::path& file) {
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return {};
  const auto get_api = reinterpret_cast<decltype(&cellrig_get_api)>(dlsym(library, "cellrig_get_api"));
  if (get_api == nullptr) return {};
  const board_api* api = get_api(BOARD_ABI_VERSION);
  if (api == nullptr || api->struct_size < offsetof(board_api, board)) return {};
  if (api->name == nullptr || api->version == nullptr) return {};
  return std::string(api->name) + '\0' + api->version;
}

}  // namespace

FirmwareIdentity identify_firmware(const std::filesystem::path& file) {
  const std::filesystem::path absolute = std::filesystem::absolute(file);  // dlopen searches bare names elsewhere
  PoolOptions options;
  options.stall_limit_s = 10;
  const PoolResult result = run_pool({{[&] { return ask(absolute); }, {}}}, options);
  const Outcome& outcome = result.outcomes.front();
  const std::size_t split = outcome.text.find('\0');
  if (outcome.ending != Ending::finished || split == std::string::npos) return {};
  return {outcome.text.substr(0, split), outcome.text.substr(split + 1)};
}

}  // namespace rig::campaign
