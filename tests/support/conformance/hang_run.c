/* SPDX-License-Identifier: Apache-2.0
 * RUN: for (;;) from 12 s on. */
#include "conformance.h"

static void run(void* instance) {
  (void)instance;
  wait_until(12000 * MS, 0);
  for (;;) __asm__ volatile("");
}

EXPORT(BOARD_CAP_RUN, .create = keep_host, .run = run)
