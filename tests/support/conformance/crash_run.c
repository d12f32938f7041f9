/* SPDX-License-Identifier: Apache-2.0
 * RUN: a thread overruns its stack at 20 ms. */
#include "conformance.h"

static int deeper(int depth) {
  volatile char frame[4096];
  frame[0] = (char)depth;
  return depth < 0 ? 0 : deeper(depth + 1) + frame[0];
}

static void second(void* arg) {
  (void)arg;
  for (;;) {
    wait_until(now() + 5 * MS, 0);
    pin(1, 1);
  }
}

static void run(void* instance) {
  (void)instance;
  host->spawn(host->ctx, "second", second, 0, 0, 0);
  wait_until(20 * MS, 0);
  pin(2, (uint32_t)deeper(0));
}

EXPORT(BOARD_CAP_RUN, .create = keep_host, .run = run)
