/* SPDX-License-Identifier: Apache-2.0
 * STEP: polls for 9 ms of its own time every 10 ms and then probes how often it has done so.
 */
#include "conformance.h"

static double steps;

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  host->watchdog_kick(host->ctx);
  while (now() < t + 9 * MS) host->gpio_read(host->ctx, 2);
  host->probe(host->ctx, "ahead", ++steps);
  return t + 10 * MS;
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step)
