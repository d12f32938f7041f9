/* SPDX-License-Identifier: Apache-2.0
 *
 * board.h: the boundary between a battery-management firmware and the board it runs on.
 *
 * The firmware is a shared object that exports one symbol, `cellrig_get_api`. It sees the world only through the
 * `board_host` table: time, pins, converters, buses, non-volatile bytes, watchdog. Numbers here, names in the board
 * file (scenarios/boards/NAME.yaml says what is wired to adc3 or gpio8).
 *
 * All times are simulated nanoseconds since power-on of the rig. All calls return at once unless marked BLOCKS.
 * A NULL function pointer in board_host = this board has no such service. Return codes: >= 0 success, < 0 one of
 * BOARD_E*. Rules and their reasons: docs/firmware-boundary.md. A worked port: docs/port-your-firmware.md.
 */
#ifndef CELLRIG_BOARD_H
#define CELLRIG_BOARD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Versioning: the major number must match; the minor number only ever appends members at the end of the tables,
 * so a table is read up to its struct_size. */
#define BOARD_ABI_MAJOR 1u
#define BOARD_ABI_MINOR 1u
#define BOARD_ABI_VERSION ((BOARD_ABI_MAJOR << 16) | BOARD_ABI_MINOR)

/* Return codes */
#define BOARD_OK 0
#define BOARD_EINVAL (-1)  /* no such pin, channel, port, or bad length */
#define BOARD_ENACK (-2)   /* I2C: address or data byte not acknowledged */
#define BOARD_EBUS (-3)    /* bus error, arbitration lost, line stuck */
#define BOARD_EBUSY (-4)   /* a scan of this group is already under way; queue full */
#define BOARD_ENOTSUP (-5) /* not in this style or context, e.g. a blocking call inside irq() */

/* What wait() returned for (bit mask; several may be set) */
#define BOARD_WAKE_TIME 0x80000000u  /* the deadline was reached */
#define BOARD_EVENT_IRQ 0x40000000u  /* an interrupt line changed since the last wait */
#define BOARD_EVENT_UART 0x20000000u /* bytes are waiting in a UART */
#define BOARD_EVENT_CAN 0x10000000u  /* a CAN frame is waiting */
#define BOARD_EVENT_USER 0x0000FFFFu /* bits free for signal() */
#define BOARD_FOREVER UINT64_MAX

/* Interrupt lines handed to api->irq */
#define BOARD_IRQ_GPIO(pin) (0x0000u + (pin))     /* input pin changed; level is its new level */
#define BOARD_IRQ_SCAN(group) (0x0100u + (group)) /* an ADC scan has ended; level is 1 */
#define BOARD_IRQ_UART(port) (0x0200u + (port))   /* receive line went idle after at least one byte; level is 1 */
#define BOARD_IRQ_CAN(bus) (0x0300u + (bus))      /* a frame has arrived; level is 1 */

/* Cause of the start, given to create() in board_config.start_cause, and argument of host->reset() */
enum board_reset_cause {
  BOARD_RESET_POWER_ON = 0,
  BOARD_RESET_BROWN_OUT = 1,
  BOARD_RESET_WATCHDOG = 2,
  BOARD_RESET_SOFTWARE = 3,
  BOARD_RESET_PIN = 4
};

enum board_log_level { BOARD_LOG_ERROR = 0, BOARD_LOG_WARNING = 1, BOARD_LOG_INFO = 2, BOARD_LOG_DEBUG = 3 };

typedef struct board_can_frame {
  uint32_t id;      /* 11 or 29 bit */
  uint8_t extended; /* 1 = 29 bit */
  uint8_t length;   /* 0..8 */
  uint8_t data[8];
} board_can_frame;

/* The services of the board. Buffers are the caller's and are copied during the call. */
typedef struct board_host {
  uint32_t struct_size; /* bytes of this table that are valid */
  uint32_t abi_version; /* BOARD_ABI_VERSION of the rig */
  void* ctx;            /* first argument of every call */

  /* time */
  uint64_t (*now_ns)(void* ctx);
  /* BLOCKS until `until_ns` (BOARD_FOREVER: no deadline) or until an event of `event_mask` is pending; returns the
   * pending events of the mask (and clears them), with BOARD_WAKE_TIME when the deadline was reached. RUN style only.
   */
  uint32_t (*wait)(void* ctx, uint64_t until_ns, uint32_t event_mask);
  /* sets event bits (BOARD_EVENT_USER) for every thread of this firmware; callable from irq() */
  void (*signal)(void* ctx, uint32_t bits);
  /* starts a further thread, RUN style only. Threads are cooperative: they switch only inside calls marked BLOCKS.
   * `priority` orders threads that become ready at the same time (higher first). stack_bytes 0 = default (256 KiB). */
  int32_t (*spawn)(void* ctx, const char* name, void (*fn)(void* arg), void* arg, int32_t priority, size_t stack_bytes);

  /* pins and converters */
  int32_t (*gpio_read)(void* ctx, uint32_t pin);                  /* 0, 1 or BOARD_EINVAL */
  int32_t (*gpio_write)(void* ctx, uint32_t pin, uint32_t level); /* edges carry the time of the call */
  /* Raw code of one channel. A channel that belongs to a scan group gives its code of the last completed scan
   * (BOARD_EBUSY before the first); any other channel is sampled now. */
  int32_t (*adc_read)(void* ctx, uint32_t channel, int32_t* raw);
  /* Starts the timed sequence of a scan group (board file: channels, time per channel). Its end raises
   * BOARD_IRQ_SCAN(group). Every channel is sampled at its own instant. */
  int32_t (*adc_scan_start)(void* ctx, uint32_t group);
  int32_t (*pwm_write)(void* ctx, uint32_t channel, uint32_t duty_ppm); /* 0..1 000 000 */

  /* buses */
  /* BLOCKS for the wire time. An empty write phase is legal: the chip continues at its pointer. */
  int32_t (*i2c_xfer)(void* ctx, uint32_t bus, uint32_t address7, const uint8_t* write, size_t write_bytes,
                      uint8_t* read, size_t read_bytes);
  /* BLOCKS for the wire time. hold_cs = 1 keeps the chip selected after the call. tx or rx may be NULL. */
  int32_t (*spi_xfer)(void* ctx, uint32_t bus, uint32_t cs, const uint8_t* tx, uint8_t* rx, size_t bytes,
                      int32_t hold_cs);
  /* Queues bytes for sending and returns how many were taken (the queue has a board-defined depth); they leave at the
   * wire's own pace. */
  int32_t (*uart_write)(void* ctx, uint32_t port, const uint8_t* data, size_t bytes);
  int32_t (*uart_read)(void* ctx, uint32_t port, uint8_t* data, size_t capacity); /* bytes received by now */
  int32_t (*can_send)(void* ctx, uint32_t bus, const board_can_frame* frame);
  int32_t (*can_recv)(void* ctx, uint32_t bus, board_can_frame* frame); /* 1 = one frame, 0 = none */

  /* miscellaneous */
  int32_t (*nv_read)(void* ctx, uint32_t offset, uint8_t* data, size_t bytes);
  int32_t (*nv_write)(void* ctx, uint32_t offset, const uint8_t* data, size_t bytes); /* flash: see nv_geometry */
  void (*watchdog_kick)(void* ctx);
  /* Does not return to a RUN firmware; a STEP firmware must return from step() right after it. */
  void (*reset)(void* ctx, uint32_t cause);
  void (*log)(void* ctx, uint32_t level, const char* text);
  /* White-box value for traces only; no verdict may use it. `name` must be a string literal. */
  void (*probe)(void* ctx, const char* name, double value);

  /* since minor version 1; look at BOARD_HOST_HAS before use */
  /* Geometry of the non-volatile bytes when they are flash; both NULL: plain bytes, each of which may be written at any
   * time. Sector n begins at offset n * sector_bytes. Of flash, nv_write only turns bits from 1 to 0, the lowest
   * address first, and BLOCKS the whole firmware for the time of its programming, as nv_erase does. */
  int32_t (*nv_geometry)(void* ctx, uint32_t* sector_bytes, uint32_t* sectors);
  /* All bytes of one sector to FF. BLOCKS the whole firmware, STEP style included: none of its code runs meanwhile,
   * now_ns has moved on when the call returns, and interrupts are told afterwards. The watchdog goes on. A reset or
   * brown-out in that time leaves the sector in any state. BOARD_ENOTSUP in create() and irq(). */
  int32_t (*nv_erase)(void* ctx, uint32_t sector);
  /* The controller of a CAN bus starts anew at this bit rate, 10000 to 1000000 bit/s; what waits to be sent or read is
   * lost. Until then the bus has the rate that the board gives it. BOARD_EINVAL: another rate. */
  int32_t (*can_configure)(void* ctx, uint32_t bus, uint32_t bit_per_s);
} board_host;

/* 1 when the table is long enough to have the member, which may be NULL all the same. */
#define BOARD_HOST_HAS(host, member) ((host)->struct_size >= offsetof(board_host, member) + sizeof((host)->member))

/* What create() is told. */
typedef struct board_config {
  uint32_t struct_size;
  uint32_t start_cause; /* enum board_reset_cause */
  const char* board;    /* name of the board, e.g. "JK-B2A8S20P" */
  const char* settings; /* "name=integer\n" lines in the units of the board file, may be empty, never NULL */
} board_config;

#define BOARD_CAP_STEP 0x1u      /* step() is implemented */
#define BOARD_CAP_RUN 0x2u       /* run() is implemented */
#define BOARD_CAP_REENTRANT 0x4u /* no globals: instances may share one loaded copy; reset = destroy + create */

/* The firmware. */
typedef struct board_api {
  uint32_t struct_size;
  uint32_t abi_version; /* BOARD_ABI_VERSION the firmware was compiled with */
  uint32_t caps;        /* BOARD_CAP_* */
  const char* name;     /* "jk" */
  const char* version;  /* "0.1.0" */
  const char* board;    /* board it was written for, or "" for any */
  /* Makes an instance in its reset state; no BLOCKS call is allowed here. 0 = ready. Anything else refuses:
   * *instance may then point to a static text that says why. */
  int32_t (*create)(const board_host* host, const board_config* config, void** instance);
  void (*destroy)(void* instance);
  /* RUN: the firmware's main; normally never returns. Returning = the firmware has halted. */
  void (*run)(void* instance);
  /* STEP: does what is due now and returns the time of the next wake-up in ns. A hint: an interrupt may come earlier.
   */
  uint64_t (*step)(void* instance, uint64_t now_ns);
  /* Interrupt: runs in the rig's context. May read pins, set flags and signal(); must not block. May be NULL.
   * A STEP firmware is woken (step) at the same instant, after irq has returned. */
  void (*irq)(void* instance, uint32_t line, uint32_t level);
} board_api;

/* The exported symbol. Returns NULL when the firmware cannot serve this host version. */
#if defined(_WIN32)
#define BOARD_EXPORT
#else
#define BOARD_EXPORT __attribute__((visibility("default")))
#endif
BOARD_EXPORT const board_api* cellrig_get_api(uint32_t host_abi_version);

#ifdef __cplusplus
}
#endif

#endif /* CELLRIG_BOARD_H */
