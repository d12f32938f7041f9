/* SPDX-License-Identifier: Apache-2.0
 * STEP: written when board_host ended with probe(); it reads no further and says so. */
#include "conformance.h"
#undef BOARD_ABI_MINOR
#define BOARD_ABI_MINOR 0u

static uint64_t step(void* instance, uint64_t t) {
  const uint8_t old[2] = {1, 2};
  (void)instance;
  if (host->struct_size >= offsetof(board_host, nv_geometry)) say("all that I know is there");
  if (host->nv_write(host->ctx, 0, old, sizeof old) == BOARD_OK) say("written");
  return t + 1000 * MS;
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step)
