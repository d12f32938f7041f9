/* SPDX-License-Identifier: Apache-2.0
 * RUN: goes to sleep for ever in wait(), or in a bus call, as pin 0 says. A deep stack lies above it. */
#include "conformance.h"

static void sleep_deep(int depth) {
  volatile char frame[2000];
  uint8_t byte;
  frame[0] = (char)depth;
  if (depth > 0) {
    sleep_deep(depth - 1);
  } else if (host->gpio_read(host->ctx, 0) == 1) {
    host->i2c_xfer(host->ctx, 0, 8, 0, 0, &byte, 1);
  } else {
    wait_until(BOARD_FOREVER, 1);
  }
  pin(5, (uint32_t)frame[0]); /* only when it came back */
}

static void second(void* arg) {
  (void)arg;
  wait_until(BOARD_FOREVER, 2);
  pin(6, 1);
}

static void run(void* instance) {
  (void)instance;
  pin(40 + start_cause, 1);
  host->spawn(host->ctx, "second", second, 0, 0, 0);
  sleep_deep(50);
}

EXPORT(BOARD_CAP_RUN, .create = keep_host, .run = run)
