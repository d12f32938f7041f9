// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace reports {

/// A page of html() for a printer with less CSS than a browser (WeasyPrint): without scripts and their data, with the
/// colours of print where a variable stood, and with the style of a drawing inside of each drawing.
[[nodiscard]] std::string plain_page(const std::string& page);

}  // namespace reports
