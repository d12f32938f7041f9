/* SPDX-License-Identifier: Apache-2.0
 * STEP: keeps everything in globals and says when they are not as after power-on. */
#include "conformance.h"

static int bss;         /* 0 after a reset */
static int data = 4711; /* .data */

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  pin(1, bss == 0);
  pin(2, data == 4711);
  pin(40 + start_cause, 1);
  ++bss;
  data = 1;
  return t + 100 * MS;
}

static int32_t create(const board_host* given, const board_config* config, void** instance) {
  keep_host(given, config, instance);
  pin(4, bss == 0 && data == 4711);
  return 0;
}

EXPORT(BOARD_CAP_STEP, .create = create, .step = step)
