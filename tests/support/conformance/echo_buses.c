/* SPDX-License-Identifier: Apache-2.0
 * STEP: sends back what it hears, each on its own bus: bytes of a UART behind the number of the port, a CAN frame with
 * the next identifier. Sleeps until an interrupt wakes it; the log names each. */
#include <stdio.h>

#include "conformance.h"

static void irq(void* instance, uint32_t line, uint32_t level) {
  char text[40];
  (void)instance;
  snprintf(text, sizeof text, "irq %x %u", (unsigned)line, (unsigned)level);
  say(text);
}

static uint64_t step(void* instance, uint64_t t) {
  board_can_frame frame;
  (void)instance;
  (void)t;
  for (uint32_t port = 0; port < 2; ++port) {
    uint8_t bytes[65];
    const int32_t count = host->uart_read(host->ctx, port, bytes + 1, 64);
    if (count <= 0) continue;
    bytes[0] = (uint8_t)('0' + port);
    host->uart_write(host->ctx, port, bytes, (size_t)count + 1);
  }
  while (host->can_recv(host->ctx, 0, &frame) == 1) {
    ++frame.id;
    if (host->can_send(host->ctx, 0, &frame) == BOARD_EBUSY) say("busy");
  }
  return BOARD_FOREVER;
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step, .irq = irq)
