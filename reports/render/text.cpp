// SPDX-License-Identifier: Apache-2.0
#include "reports/render/text.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace reports {
namespace {

// Length of the well-formed UTF-8 sequence that starts at text[at]; 0 when it is malformed (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) {
    return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                             : first >= 0xE0 && first <= 0xEF ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  for (std::size_t offset = 1; offset < length; ++offset) {
    if ((byte(offset) & 0xC0) != 0x80) return 0;
  }
  const unsigned second = byte(1);
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
  if (first == 0xEF && second == 0xBF && byte(2) >= 0xBE) return 0;  // U+FFFE, U+FFFF: not XML
  if (first == 0xC2 && second < 0xA0) return 0;                      // C1 controls
  return length;
}

bool is_control(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return (byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7F;
}

std::string without_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string in_unit(std::int64_t t_ns, double ns_per_unit, int decimals, const char* unit) {
  return trimmed(static_cast<double>(t_ns) / ns_per_unit, decimals) + " " + unit;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0 || is_control(text, at)) {
      out += "\xEF\xBF\xBD";
      ++at;
    } else {
      out += text.substr(at, length);
      at += length;
    }
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char character : printable(text)) {
    switch (character) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += character;
    }
  }
  return out;
}

std::string fixed(double value, int decimals) {
  if (std::isnan(value)) return "not known";
  if (std::isinf(value)) return value > 0 ? "infinite" : "-infinite";
  char digits[400];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, decimals).ptr;
  std::string text(digits, end);
  if (text[0] == '-' && text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string trimmed(double value, int decimals) { return without_zeros(fixed(value, decimals)); }

int decimals_of(double resolution) {
  double scaled = resolution;
  for (int decimals = 0; decimals < 12; ++decimals, scaled *= 10) {
    const double whole = std::nearbyint(scaled);
    if (whole >= 1 && std::fabs(scaled - whole) < 1e-6 * whole) return decimals;
  }
  return 12;
}

std::string exact_seconds(std::int64_t t_ns) {
  const std::uint64_t magnitude = t_ns < 0 ? 0 - static_cast<std::uint64_t>(t_ns) : static_cast<std::uint64_t>(t_ns);
  std::string decimals = std::to_string(magnitude % 1'000'000'000);
  decimals.insert(0, 9 - decimals.size(), '0');
  return (t_ns < 0 ? "-" : "") + std::to_string(magnitude / 1'000'000'000) + "." + decimals;
}

std::string seconds_text(std::int64_t t_ns) { return without_zeros(exact_seconds(t_ns)) + " s"; }

std::string time_text(std::int64_t t_ns) {
  const std::int64_t magnitude = std::llabs(t_ns);
  if (magnitude == 0) return "0 s";
  if (magnitude < 10'000) return in_unit(t_ns, 1, 0, "ns");
  if (magnitude < 10'000'000) return in_unit(t_ns, 1e3, 3, "us");
  if (magnitude < 1'000'000'000) return in_unit(t_ns, 1e6, 3, "ms");
  return in_unit(t_ns, 1e9, 6, "s");
}

std::string signed_time_text(std::int64_t t_ns) { return (t_ns < 0 ? "" : "+") + time_text(t_ns); }

}  // namespace reports
