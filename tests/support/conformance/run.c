/* SPDX-License-Identifier: Apache-2.0
 * RUN: three threads that wait, signal and use a blocking bus. What happens is told on pins, with its time. */
#include "conformance.h"

static void low_thread(void* arg) {
  (void)arg;
  for (;;) {
    wait_until(now() + 10 * MS, 0);
    pin(11, 1);
  }
}

static void high_thread(void* arg) {
  pin(20, *(const uint32_t*)arg);
  for (;;) {
    uint32_t why = wait_until(now() + 10 * MS, 0x3);
    if (why & 0x3u) pin(21, why & 0x3u ? 1 : 0);
    if (why & BOARD_WAKE_TIME) pin(12, 1);
  }
}

static void run(void* instance) {
  static const uint32_t one = 1;
  uint8_t answer[2] = {0, 0};
  (void)instance;
  host->spawn(host->ctx, "low", low_thread, 0, 1, 0);
  host->spawn(host->ctx, "high", high_thread, (void*)&one, 7, 300000);
  for (;;) {
    wait_until(now() + 10 * MS, 0);
    host->watchdog_kick(host->ctx);
    pin(10, 1);
    host->signal(host->ctx, 0x2);
    int32_t result = host->i2c_xfer(host->ctx, 0, 0x08, 0, 0, answer, 2); /* empty write phase */
    pin(30, result == BOARD_OK && answer[0] == 0x5A ? 1 : 0);
    uint32_t why = wait_until(BOARD_FOREVER, BOARD_EVENT_IRQ | BOARD_EVENT_UART);
    pin(31, why == BOARD_EVENT_IRQ);
    if (why & BOARD_EVENT_UART) {
      uint8_t byte = 0;
      host->uart_read(host->ctx, 0, &byte, 1);
      host->uart_write(host->ctx, 0, &byte, 1);
    }
  }
}

static void irq(void* instance, uint32_t line, uint32_t level) {
  (void)instance;
  (void)level;
  if (line == BOARD_IRQ_GPIO(9)) host->signal(host->ctx, 0x1);
}

EXPORT(BOARD_CAP_RUN, .create = keep_host, .run = run, .irq = irq)
