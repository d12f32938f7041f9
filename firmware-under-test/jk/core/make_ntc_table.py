#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes ntc_table.cpp: resistance at every whole degC, from the maker's 5 degC table (ln R linear in T between its rows).

Source of the rows: TDK NTCG163JX103DT1S, 10 kohm, B25/85 = 3435 K, as listed in foxBMS 2 (BSD-3),
src/app/driver/ts/tdk/ntcg163jx103dt1s.   Usage: make_ntc_table.py > ntc_table.cpp
"""
import math

FIRST_DEGC, STEP_DEGC = -40, 5
R_OHM = [188500, 144300, 111300, 86560, 67790, 53460, 42450, 33930, 27280, 22070, 17960, 14700, 12090, 10000, 8312, 6942,
         5826, 4911, 4158, 3536, 3019, 2588, 2227, 1924, 1668, 1451, 1267, 1110, 975, 860, 760, 674, 599, 534, 478, 428,
         385, 346, 313]


def rows_dohm():
    for low, high in zip(R_OHM, R_OHM[1:]):
        for k in range(STEP_DEGC):
            yield round(10 * math.exp(math.log(low) + (math.log(high) - math.log(low)) * k / STEP_DEGC))
    yield 10 * R_OHM[-1]


rows = list(rows_dohm())
print("// SPDX-License-Identifier: Apache-2.0")
print("// Written by make_ntc_table.py.")
print('#include "firmware-under-test/jk/core/ntc_table.hpp"\n')
print("namespace jk::core {\n")
print(f"const std::array<std::uint32_t, ntc_row_count> ntc_resistance_dohm = {{")
for i in range(0, len(rows), 10):
    print("    " + ", ".join(str(r) for r in rows[i:i + 10]) + ",")
print("};\n")
print("}  // namespace jk::core")
