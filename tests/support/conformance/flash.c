/* SPDX-License-Identifier: Apache-2.0
 * STEP: looks at the flash, writes and erases at once, and tells when it got the CPU back. Interrupts are told on pins.
 */
#include <stdio.h>

#include "conformance.h"

static void tell(const char* call, long long result) {
  char text[80];
  snprintf(text, sizeof text, "%s %lld", call, result);
  say(text);
}

static int is_done;

static uint64_t step(void* instance, uint64_t t) {
  const uint8_t bytes[4] = {1, 2, 3, 4};
  uint32_t sector_bytes = 0, sectors = 0;
  (void)instance;
  host->watchdog_kick(host->ctx);
  if (is_done) {
    pin(7, 1);
    return BOARD_FOREVER;
  }
  is_done = 1;
  if (!BOARD_HOST_HAS(host, nv_erase) || host->nv_erase == NULL) {
    tell("no flash", host->nv_geometry == NULL);
    return BOARD_FOREVER;
  }
  tell("geometry", host->nv_geometry(host->ctx, &sector_bytes, &sectors));
  tell("null", host->nv_geometry(host->ctx, NULL, &sectors));
  tell("sector_bytes", sector_bytes);
  tell("sectors", sectors);
  tell("nv_write", host->nv_write(host->ctx, 8, bytes, sizeof bytes));
  tell("after", (long long)(now() - t));
  tell("nv_erase", host->nv_erase(host->ctx, 1));
  tell("after", (long long)(now() - t));
  pin(1, 1);
  return BOARD_FOREVER;
}

static void irq(void* instance, uint32_t line, uint32_t level) {
  (void)instance;
  pin(100 + line, level);
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step, .irq = irq)
