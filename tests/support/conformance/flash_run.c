/* SPDX-License-Identifier: Apache-2.0
 * RUN: a thread of high priority lifts pin 5 every ms, main erases at 100 ms. Interrupts are told on pins. */
#include "conformance.h"

static void beat(void* arg) {
  uint64_t t = 0;
  (void)arg;
  for (;;) {
    pin(5, 1);
    t = now() + 1 * MS;
    wait_until(t, 0);
  }
}

static void run(void* instance) {
  (void)instance;
  host->spawn(host->ctx, "beat", beat, NULL, 10, 0);
  wait_until(100 * MS, 0);
  host->nv_erase(host->ctx, 1);
  pin(1, 1);
  wait_until(BOARD_FOREVER, 0);
}

static void irq(void* instance, uint32_t line, uint32_t level) {
  (void)instance;
  pin(100 + line, level);
}

EXPORT(BOARD_CAP_RUN, .create = keep_host, .run = run, .irq = irq)
