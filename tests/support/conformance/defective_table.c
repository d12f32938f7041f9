/* SPDX-License-Identifier: Apache-2.0
 * One table for each thing that the loader refuses; DEFECT picks it. */
#include "conformance.h"

static uint64_t step(void* instance, uint64_t t) {
  (void)instance;
  return t;
}

enum { OTHER_MAJOR = 1, SMALL_TABLE, NO_STYLE, NO_CREATE, NO_STEP, NO_RUN, RETURNS_NULL };

static const board_api api = {
    .struct_size = DEFECT == SMALL_TABLE ? sizeof(board_api) - 8 : sizeof(board_api),
    .abi_version = DEFECT == OTHER_MAJOR ? (2u << 16 | 5u) : BOARD_ABI_VERSION,
    .caps = DEFECT == NO_STYLE ? 0
            : DEFECT == NO_RUN ? BOARD_CAP_RUN
                               : BOARD_CAP_STEP,
    .create = DEFECT == NO_CREATE ? 0 : keep_host,
    .destroy = forget,
    .step = DEFECT == NO_STEP ? 0 : step,
};

const board_api* cellrig_get_api(uint32_t host_abi_version) {
  (void)host_abi_version;
  (void)say, (void)pin, (void)now, (void)wait_until;
  return DEFECT == RETURNS_NULL ? 0 : &api;
}
