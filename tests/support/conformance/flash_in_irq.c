/* SPDX-License-Identifier: Apache-2.0
 * STEP: touches the flash where nothing may block. */
#include <stdio.h>

#include "conformance.h"

static void touch(const char* where) {
  const uint8_t byte = 0;
  char text[80];
  const int32_t written = host->nv_write(host->ctx, 0, &byte, 1);
  const int32_t erased = host->nv_erase(host->ctx, 0);
  snprintf(text, sizeof text, "%s %d %d", where, (int)written, (int)erased);
  say(text);
}

static int32_t create(const board_host* given, const board_config* config, void** instance) {
  keep_host(given, config, instance);
  touch("create");
  return 0;
}

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  (void)t;
  return BOARD_FOREVER;
}

static void irq(void* instance, uint32_t line, uint32_t level) {
  (void)instance;
  (void)line;
  (void)level;
  touch("irq");
}

EXPORT(BOARD_CAP_STEP, .create = create, .step = step, .irq = irq)
