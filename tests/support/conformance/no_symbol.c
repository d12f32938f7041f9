/* SPDX-License-Identifier: Apache-2.0
 * A shared object that is no firmware. */
int some_library_function(void);
int some_library_function(void) { return 1; }
