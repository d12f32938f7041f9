/* SPDX-License-Identifier: Apache-2.0
 * RUN: two threads that wake each other at one instant, for ever. */
#include "conformance.h"

static void ping(void* arg) {
  (void)arg;
  for (;;) {
    wait_until(BOARD_FOREVER, 1);
    host->signal(host->ctx, 2);
  }
}

static void run(void* instance) {
  (void)instance;
  host->spawn(host->ctx, "ping", ping, 0, 0, 0);
  wait_until(now(), 0);
  for (;;) {
    host->signal(host->ctx, 1);
    wait_until(BOARD_FOREVER, 2);
  }
}

EXPORT(BOARD_CAP_RUN, .create = keep_host, .run = run)
