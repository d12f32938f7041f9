// SPDX-License-Identifier: Apache-2.0
// STEP in C++ with an inline static, which the compiler marks "unique in the process": it must be private all the same.
#include <cstdint>

#include "board.h"

namespace {
const board_host* host = nullptr;
}

struct Counter {
  __attribute__((visibility("default"))) inline static int wake_ups = 0;
};

extern "C" const board_api* cellrig_get_api(std::uint32_t) {
  static const board_api api = [] {
    board_api table{};
    table.struct_size = sizeof(board_api);
    table.abi_version = BOARD_ABI_VERSION;
    table.caps = BOARD_CAP_STEP;
    table.create = [](const board_host* given, const board_config*, void** instance) -> std::int32_t {
      host = given;
      *instance = &Counter::wake_ups;
      return 0;
    };
    table.step = [](void*, std::uint64_t now_ns) -> std::uint64_t {
      host->gpio_write(host->ctx, static_cast<std::uint32_t>(++Counter::wake_ups), 1);
      return now_ns + 100'000'000;
    };
    return table;
  }();
  return &api;
}
