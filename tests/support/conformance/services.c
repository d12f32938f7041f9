/* SPDX-License-Identifier: Apache-2.0
 * STEP: one service after the other with a buffer, results on the log. */
#include <stdio.h>

#include "conformance.h"

static void tell(const char* call, long result) {
  char text[80];
  snprintf(text, sizeof text, "%s %ld", call, result);
  say(text);
}

static uint64_t step(void* instance, uint64_t t) {
  uint8_t bytes[8] = {0};
  board_can_frame frame = {0};
  (void)instance;
  tell("uart_write", host->uart_write(host->ctx, 0, (const uint8_t*)"NW", 2));
  tell("uart_read", host->uart_read(host->ctx, 0, bytes, 4));
  tell("byte", bytes[0]);
  frame.id = 0x123;
  frame.length = 1;
  tell("can_send", host->can_send(host->ctx, 0, &frame));
  frame.length = 9;
  tell("can_send", host->can_send(host->ctx, 0, &frame));
  tell("can_recv", host->can_recv(host->ctx, 0, &frame));
  tell("can_configure", host->can_configure(host->ctx, 0, 250000));
  tell("can_configure", host->can_configure(host->ctx, 0, 9999));
  tell("nv_write", host->nv_write(host->ctx, 16, bytes, 2));
  tell("nv_read", host->nv_read(host->ctx, 16, bytes, 2));
  tell("null", host->uart_write(host->ctx, 0, 0, 3));
  tell("huge", host->nv_read(host->ctx, 0, bytes, (size_t)-1));
  tell("duty", host->pwm_write(host->ctx, 0, 1000001));
  return t + 1000 * MS;
}

EXPORT(BOARD_CAP_STEP, .create = keep_host, .step = step)
