/* SPDX-License-Identifier: Apache-2.0
 * STEP on a board with a blocking bus: a transfer in each wake-up, a pin around it. */
#include "conformance.h"

static uint64_t step(void* instance, uint64_t t) {
  uint8_t tx[3] = {6, 0xC0, 0}, rx[3] = {0, 0, 0};
  (void)instance;
  pin(0, 0);
  host->spi_xfer(host->ctx, 0, 0, tx, rx, 3, 1);
  pin(0, 1);
  pin(1, rx[2] == 0xBC);
  return t + 10 * MS;
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step)
