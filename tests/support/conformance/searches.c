/* SPDX-License-Identifier: Apache-2.0
 * STEP: clocks a bus that nobody hears, then tries ten ADC channels. */
#include "conformance.h"

static uint64_t step(void* instance, uint64_t t) {
  uint8_t rx[1];
  (void)instance;
  host->spi_xfer(host->ctx, 0, 0, 0, rx, 1, 0);
  for (uint32_t channel = 0; channel < 10; ++channel) {
    int32_t raw;
    host->adc_read(host->ctx, channel, &raw);
  }
  return t + 10 * MS;
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step)
