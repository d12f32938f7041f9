/* SPDX-License-Identifier: Apache-2.0
 * STEP: after power-on it writes to its flash and resets itself in the same breath. */
#include "conformance.h"

static uint64_t step(void* instance, uint64_t t) {
  const uint8_t bytes[4] = {1, 2, 3, 4};
  (void)instance;
  (void)t;
  if (start_cause != BOARD_RESET_POWER_ON) return BOARD_FOREVER;
  host->nv_write(host->ctx, 8, bytes, sizeof bytes);
  host->reset(host->ctx, BOARD_RESET_SOFTWARE);
  pin(1, 1); /* never */
  return BOARD_FOREVER;
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step)
