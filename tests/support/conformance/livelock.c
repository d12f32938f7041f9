/* SPDX-License-Identifier: Apache-2.0
 * STEP: from 1 s on polls an input for ever; every 2048th call it writes a pin. Setting "k": kicks as well. */
#include "conformance.h"

static char kicks;

static int32_t create(const board_host* given, const board_config* config, void** instance) {
  kicks = config->settings[0] == 'k';
  return keep_host(given, config, instance);
}

static uint64_t step(void* instance, uint64_t t) {
  uint32_t n = 0;
  (void)instance;
  if (t < 1000 * MS) return 1000 * MS;
  while (host->gpio_read(host->ctx, 3) == 0) {
    if (++n % 2048 == 0) pin(1, 1);
    if (kicks) host->watchdog_kick(host->ctx);
  }
  return BOARD_FOREVER;
}

EXPORT(BOARD_CAP_STEP, .create = create, .step = step)
