// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace jk::host {

/// Writes docs/protections.md to standard output, from protection_table.
void write_protections();

}  // namespace jk::host
