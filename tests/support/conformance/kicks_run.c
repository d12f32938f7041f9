/* SPDX-License-Identifier: Apache-2.0
 * RUN: kicks the watchdog every 10 ms, nothing else. */
#include "conformance.h"

static void run(void* instance) {
  (void)instance;
  for (;;) {
    host->watchdog_kick(host->ctx);
    wait_until(now() + 10 * MS, 0);
  }
}

EXPORT(BOARD_CAP_RUN, .create = keep_host, .run = run)
