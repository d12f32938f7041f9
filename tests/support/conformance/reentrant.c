/* SPDX-License-Identifier: Apache-2.0
 * STEP, REENTRANT: state in the instance only; a counter of create() shows that the image is shared. */
#include "conformance.h"

static int creations;

static int32_t create(const board_host* given, const board_config* config, void** instance) {
  keep_host(given, config, instance);
  pin((uint32_t)++creations, 1);
  return 0;
}

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  (void)t;
  return BOARD_FOREVER;
}

EXPORT(BOARD_CAP_STEP | BOARD_CAP_REENTRANT, .create = create, .step = step)
