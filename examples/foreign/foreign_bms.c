/* SPDX-License-Identifier: Apache-2.0
 *
 * A small 4S BMS the way many are written: one endless loop, everything in globals, delays that block, a chip select
 * that is switched by hand. What it needs of the board stands in the ten lines under "port"; the rest does not know the
 * rig.
 *
 * Every 20 ms: four cell voltages from an MCP3208 on SPI, the current from the controller's own converter.
 *   over-voltage   3.650 V for 1 s  charge off       back below 3.450 V
 *   under-voltage  2.500 V for 1 s  discharge off    back above 2.900 V
 *   over-current   100 A for 2 s    that way off     back after 10 s
 * A converter that does not answer switches both off.
 */
#include "board.h"

/* ---- port */

enum { PIN_CHARGE_GATE = 0, PIN_DISCHARGE_GATE = 1, PIN_ADC_SELECT = 2, ADC_CURRENT = 0, SPI_BUS = 0 };
#define NO_SELECT UINT32_MAX /* the select pin is ours, not the bus driver's */

static const board_host* hal;

static void delay_ms(uint32_t ms) { hal->wait(hal->ctx, hal->now_ns(hal->ctx) + ms * 1000000ull, 0); }
static uint32_t millis(void) { return (uint32_t)(hal->now_ns(hal->ctx) / 1000000u); }
static void write_pin(uint32_t pin, int level) { hal->gpio_write(hal->ctx, pin, level ? 1u : 0u); }
static int transfer(const uint8_t* tx, uint8_t* rx, size_t n) {
  return hal->spi_xfer(hal->ctx, SPI_BUS, NO_SELECT, tx, rx, n, 1);
}
static int read_current_code(int32_t* code) { return hal->adc_read(hal->ctx, ADC_CURRENT, code); }

/* ---- firmware */

enum { CELLS = 4, PERIOD_ms = 20 };
enum { OVP_mV = 3650, OVP_RELEASE_mV = 3450, UVP_mV = 2500, UVP_RELEASE_mV = 2900, VOLTAGE_DELAY_ms = 1000 };
enum { OCP_mA = 100000, OCP_DELAY_ms = 2000, OCP_RELEASE_ms = 10000 };
enum { FULL_SCALE_mV = 5000, CURRENT_LSB_mA = 100 };

static int cell_mV[CELLS];
static int current_mA; /* + = charging */
static int sensors_ok;
static int charge_tripped, discharge_tripped, charge_overcurrent, discharge_overcurrent;
static uint32_t ovp_since, uvp_since, charge_ocp_since, discharge_ocp_since, charge_ocp_at, discharge_ocp_at;

static int read_adc_channel(unsigned channel, int* mV) {
  const uint8_t tx[3] = {(uint8_t)(0x06u | channel >> 2), (uint8_t)(channel << 6), 0};
  uint8_t rx[3];
  int status;
  write_pin(PIN_ADC_SELECT, 0);
  status = transfer(tx, rx, sizeof rx);
  write_pin(PIN_ADC_SELECT, 1);
  if (status != BOARD_OK || (rx[1] & 0x10u) != 0) return 0; /* the null bit must be low */
  *mV = ((rx[1] & 0x0F) << 8 | rx[2]) * FULL_SCALE_mV / 4096;
  return 1;
}

static void measure(void) {
  int32_t code = 0;
  sensors_ok = read_current_code(&code) == BOARD_OK;
  current_mA = code * CURRENT_LSB_mA;
  for (unsigned i = 0; i < CELLS; ++i) {
    if (!read_adc_channel(i, &cell_mV[i])) sensors_ok = 0;
  }
}

/* 1 when `condition` has held for `delay`; `since` keeps the beginning, 0 = not now */
static int held(int condition, uint32_t* since, uint32_t delay) {
  const uint32_t now = millis();
  if (!condition)
    *since = 0;
  else if (*since == 0)
    *since = now;
  return *since != 0 && now - *since >= delay;
}

static void protect_voltage(void) {
  int highest = cell_mV[0], lowest = cell_mV[0];
  for (int i = 1; i < CELLS; ++i) {
    if (cell_mV[i] > highest) highest = cell_mV[i];
    if (cell_mV[i] < lowest) lowest = cell_mV[i];
  }
  if (held(highest >= OVP_mV, &ovp_since, VOLTAGE_DELAY_ms)) charge_tripped = 1;
  if (highest < OVP_RELEASE_mV) charge_tripped = 0;
  if (held(lowest <= UVP_mV, &uvp_since, VOLTAGE_DELAY_ms)) discharge_tripped = 1;
  if (lowest > UVP_RELEASE_mV) discharge_tripped = 0;
}

static void protect_current(int over, uint32_t* since, uint32_t* tripped_at, int* tripped) {
  if (held(over, since, OCP_DELAY_ms)) {
    if (!*tripped) *tripped_at = millis();
    *tripped = 1;
  }
  if (*tripped && millis() - *tripped_at >= OCP_RELEASE_ms) *tripped = 0;
}

static void foreign_main(void) {
  for (;;) {
    measure();
    protect_voltage();
    protect_current(current_mA > OCP_mA, &charge_ocp_since, &charge_ocp_at, &charge_overcurrent);
    protect_current(current_mA < -OCP_mA, &discharge_ocp_since, &discharge_ocp_at, &discharge_overcurrent);
    write_pin(PIN_CHARGE_GATE, sensors_ok && !charge_tripped && !charge_overcurrent);
    write_pin(PIN_DISCHARGE_GATE, sensors_ok && !discharge_tripped && !discharge_overcurrent);
    hal->watchdog_kick(hal->ctx);
    delay_ms(PERIOD_ms);
  }
}

/* ---- table */

static int32_t create(const board_host* host, const board_config* config, void** instance) {
  (void)config;
  hal = host;
  *instance = cell_mV; /* anything but NULL: the state is global */
  return 0;
}
static void destroy(void* instance) { (void)instance; }
static void run(void* instance) {
  (void)instance;
  foreign_main();
}

static const board_api api = {.struct_size = sizeof(board_api),
                              .abi_version = BOARD_ABI_VERSION,
                              .caps = BOARD_CAP_RUN,
                              .name = "foreign",
                              .version = "1.0",
                              .board = "FB-4S",
                              .create = create,
                              .destroy = destroy,
                              .run = run};

const board_api* cellrig_get_api(uint32_t host_abi_version) {
  return host_abi_version >> 16 == BOARD_ABI_MAJOR ? &api : 0;
}
