/* SPDX-License-Identifier: Apache-2.0
 * STEP: at 500 ms after its start asks for a reset and, wrongly, goes on. */
#include "conformance.h"

static uint64_t started;

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  if (started == 0) {
    started = t;
    pin(40 + start_cause, 1);
    return t + 500 * MS;
  }
  host->reset(host->ctx, BOARD_RESET_SOFTWARE);
  pin(2, 1);
  return t + MS;
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step)
