/* SPDX-License-Identifier: Apache-2.0
 * STEP: at 100 ms dies as the setting says: 0 bad pointer, 1 abort(), 2 division, 3 bad buffer, 4 jump to nowhere. */
#include <stdlib.h>

#include "conformance.h"

static char kind;
static volatile int zero;

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  if (t < 100 * MS) return 100 * MS;
  if (kind == '0') *(volatile int*)(uintptr_t)zero = 1;
  if (kind == '1') abort();
  if (kind == '2') return (uint64_t)(1000 / zero);
  if (kind == '3') host->uart_write(host->ctx, 0, (const uint8_t*)8, 4);
  ((void (*)(void))(uintptr_t)zero)();
  return BOARD_FOREVER;
}

static int32_t create(const board_host* given, const board_config* config, void** instance) {
  kind = config->settings[0];
  keep_host(given, config, instance);
  pin(0, 1);
  return 0;
}

EXPORT(BOARD_CAP_STEP, .create = create, .step = step)
