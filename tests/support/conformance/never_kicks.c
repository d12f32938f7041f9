/* SPDX-License-Identifier: Apache-2.0
 * STEP: switches pin 0 on and never kicks the watchdog. */
#include "conformance.h"

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  pin(0, 1);
  pin(1, start_cause == BOARD_RESET_WATCHDOG);
  return t + 10 * MS;
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step)
