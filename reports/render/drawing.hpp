// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "reports/render/picture.hpp"

namespace reports {

/// An inline SVG without style attributes, colours by class (report.css). Byte-stable.
[[nodiscard]] std::string draw(const Picture& picture, const trace::Trace& trace, std::int64_t end_ns);

}  // namespace reports
