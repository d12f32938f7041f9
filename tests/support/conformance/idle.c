/* SPDX-License-Identifier: Apache-2.0
 * STEP: the least that a firmware can do in a wake-up. For measuring what the rig itself costs. */
#include "conformance.h"

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  return t + 10 * MS;
}

EXPORT(BOARD_CAP_STEP | BOARD_CAP_REENTRANT, .create = keep_host, .step = step)
