// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "rig/scenario/csv.hpp"
#include "rig/scenario/fields.hpp"
#include "rig/scenario/files.hpp"

namespace rig::scenario {

/// Reads one cell file and the tables it names. Says in `problems` what is wrong, with file, line and column; the
/// result is then not to be used.
[[nodiscard]] CellSpec read_cell(const Files::File& file, Files& files, Problems& problems);

/// The table that `key` names, beside the cell file; nullopt when there is none or a problem was said.
[[nodiscard]] std::optional<CsvTable> table_of(Fields& fields, const char* key, const std::filesystem::path& beside,
                                               Files& files, Problems& problems);
/// Columns of a table as what the model takes. Rows may stand in any order; the axes must form a full grid.
void take_ocv(const CsvTable& table, Problems& problems, models::cell::CellParams& cell);
void take_resistances(const CsvTable& table, Problems& problems, models::cell::CellParams& cell);
void take_entropy(const CsvTable& table, Problems& problems, models::cell::CellParams& cell);

}  // namespace rig::scenario
