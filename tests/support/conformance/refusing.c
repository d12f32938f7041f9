/* SPDX-License-Identifier: Apache-2.0
 * Refuses in create() with a reason. */
#include "conformance.h"

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  return t;
}

static int32_t create(const board_host* given, const board_config* config, void** instance) {
  (void)given;
  (void)config;
  *instance = (void*)"cell_count must be 4 to 8";
  return BOARD_EINVAL;
}

EXPORT(BOARD_CAP_STEP, .create = create, .step = step)
