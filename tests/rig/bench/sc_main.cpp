// SPDX-License-Identifier: Apache-2.0
// The SystemC library wants this symbol; GoogleTest's main is the one that runs.
#include <systemc>

__attribute__((visibility("default"))) int sc_main(int, char**) { return 0; }
