// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace reports {

/// Valid UTF-8 that XML 1.0 allows: every control character (tab and line feed apart) and every malformed byte becomes
/// U+FFFD.
[[nodiscard]] std::string printable(std::string_view text);

/// printable(), then & < > " ' as entities: for HTML, SVG and XML.
[[nodiscard]] std::string escaped(std::string_view text);

/// Decimal notation with `decimals` digits after the point, independent of the locale; "-0" never. NaN is "not known".
[[nodiscard]] std::string fixed(double value, int decimals);

/// fixed() without the zeros at its end.
[[nodiscard]] std::string trimmed(double value, int decimals);

/// Digits after the point that show every step of `resolution`: 0.001 -> 3, 0.25 -> 2, 1 -> 0. At most 12.
[[nodiscard]] int decimals_of(double resolution);

/// Seconds with all nine decimals, exact: 5020000001 -> "5.020000001".
[[nodiscard]] std::string exact_seconds(std::int64_t t_ns);

/// The same without zeros at its end, with its unit: "5.020000001 s", "600 s".
[[nodiscard]] std::string seconds_text(std::int64_t t_ns);

/// A duration or instant in the unit that suits it: "5.02 s", "64.2 ms", "1503 us", "0 s".
[[nodiscard]] std::string time_text(std::int64_t t_ns);

/// "+1503 us", "-2 ms", "+0 s".
[[nodiscard]] std::string signed_time_text(std::int64_t t_ns);

}  // namespace reports
