/* SPDX-License-Identifier: Apache-2.0
 * STEP: fills the capacitor at the port through the precharge resistor; closes when the port has nine tenths of the
 * pack. */
#include "conformance.h"

enum { DISCHARGE_GATE = 1, PRECHARGE = 10, ADC_PACK = 0, ADC_PORT = 1 };

static uint64_t step(void* instance, uint64_t t) {
  int32_t pack = 0, port = 0;
  (void)instance;
  host->adc_read(host->ctx, ADC_PACK, &pack);
  host->adc_read(host->ctx, ADC_PORT, &port);
  if (10 * port > 9 * pack) {
    pin(DISCHARGE_GATE, 1);
    pin(PRECHARGE, 0);
  } else {
    pin(PRECHARGE, 1);
  }
  host->watchdog_kick(host->ctx);
  return t + MS;
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step)
