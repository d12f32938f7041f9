/* SPDX-License-Identifier: Apache-2.0
 * STEP: for (;;) from 12 s on. */
#include "conformance.h"

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  if (t < 12000 * MS) return 12000 * MS;
  for (;;) __asm__ volatile("");
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step)
