/* SPDX-License-Identifier: Apache-2.0
 * RUN: sleeps and transfers inside irq(), where nothing may block. */
#include "conformance.h"

static void run(void* instance) {
  (void)instance;
  wait_until(BOARD_FOREVER, 0);
}

static void irq(void* instance, uint32_t line, uint32_t level) {
  uint8_t byte = 0;
  (void)instance;
  (void)line;
  (void)level;
  pin(1, host->i2c_xfer(host->ctx, 0, 8, &byte, 1, 0, 0) == BOARD_ENOTSUP);
  pin(2, host->spi_xfer(host->ctx, 0, 0, &byte, 0, 1, 0) == BOARD_ENOTSUP);
  pin(3, wait_until(now() + MS, 1) == 0);
  pin(4, host->spawn(host->ctx, "x", run, 0, 0, 0) == BOARD_ENOTSUP);
}

EXPORT(BOARD_CAP_RUN, .create = keep_host, .run = run, .irq = irq)
