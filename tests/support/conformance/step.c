/* SPDX-License-Identifier: Apache-2.0
 * STEP: wakes every 10 ms, kicks the watchdog, uses every service that does not block. Interrupts are told on the log.
 */
#include "conformance.h"

static int32_t code;

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  host->watchdog_kick(host->ctx);
  if (host->gpio_read(host->ctx, 2) == 1) pin(1, 1);
  host->adc_scan_start(host->ctx, 0);
  if (host->adc_read(host->ctx, 24, &code) == BOARD_OK) host->probe(host->ctx, "code", (double)code);
  host->pwm_write(host->ctx, 0, 250000);
  return t + 10 * MS;
}

static void irq(void* instance, uint32_t line, uint32_t level) {
  (void)instance;
  pin(100 + line, level);
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step, .irq = irq)
