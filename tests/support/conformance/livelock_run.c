/* SPDX-License-Identifier: Apache-2.0
 * RUN: delays by polling the clock, which is what many firmwares do, and polls an input. */
#include "conformance.h"

static void run(void* instance) {
  uint64_t start = now();
  (void)instance;
  while (now() < start + 5 * MS) {
  }
  pin(1, 1);
  while (host->gpio_read(host->ctx, 3) == 0) {
  }
  pin(2, 1);
  wait_until(BOARD_FOREVER, 0);
}

EXPORT(BOARD_CAP_RUN, .create = keep_host, .run = run)
