/* SPDX-License-Identifier: Apache-2.0
 * What the conformance firmwares share: one instance with its host, and the table around it. */
#ifndef CELLRIG_CONFORMANCE_H
#define CELLRIG_CONFORMANCE_H
#include <string.h>

#include "board.h"

#define MS 1000000ull

static const board_host* host;
static uint32_t start_cause;

static inline int32_t keep_host(const board_host* given, const board_config* config, void** instance) {
  host = given;
  start_cause = config->start_cause;
  *instance = &start_cause;
  return 0;
}
static inline void forget(void* instance) { (void)instance; }
static inline void say(const char* text) { host->log(host->ctx, BOARD_LOG_INFO, text); }
static inline void pin(uint32_t number, uint32_t level) { host->gpio_write(host->ctx, number, level); }
static inline uint64_t now(void) { return host->now_ns(host->ctx); }
static inline uint32_t wait_until(uint64_t t, uint32_t mask) { return host->wait(host->ctx, t, mask); }

/* EXPORT(capabilities, .step = step, …): the table and the symbol */
#define EXPORT(capabilities, ...)                                 \
  static const board_api api = {.struct_size = sizeof(board_api), \
                                .abi_version = BOARD_ABI_VERSION, \
                                .caps = (capabilities),           \
                                .name = "conformance",            \
                                .version = "1.2.3",               \
                                .board = "",                      \
                                .destroy = forget,                \
                                __VA_ARGS__};                     \
  const board_api* cellrig_get_api(uint32_t host_abi_version) {   \
    (void)host_abi_version;                                       \
    return &api;                                                  \
  }
#endif
