// SPDX-License-Identifier: Apache-2.0
// Which row goes wrong, and how: rows.cmake compiles this once a defect.
extern "C" {
extern const int cellrig_defect_row, cellrig_defect_kind, cellrig_defect_step;
const int cellrig_defect_row = CELLRIG_DEFECT_ROW;
const int cellrig_defect_kind = CELLRIG_DEFECT_KIND;
const int cellrig_defect_step = CELLRIG_DEFECT_STEP;
}
