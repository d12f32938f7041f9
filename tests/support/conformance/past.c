/* SPDX-License-Identifier: Apache-2.0
 * STEP: answers with times in the past. */
#include "conformance.h"

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  (void)t;
  return 0;
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step)
