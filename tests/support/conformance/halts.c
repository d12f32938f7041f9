/* SPDX-License-Identifier: Apache-2.0
 * RUN: main returns. */
#include "conformance.h"

static void run(void* instance) {
  (void)instance;
  pin(0, 1);
}

EXPORT(BOARD_CAP_RUN, .create = keep_host, .run = run)
