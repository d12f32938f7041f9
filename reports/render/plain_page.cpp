// SPDX-License-Identifier: Apache-2.0
#include "reports/render/plain_page.hpp"

#include <map>
#include <sstream>

namespace reports {
namespace {

/// `text` without what stands from `open` to behind `close`, wherever.
std::string without(const std::string& text, const std::string& open, const std::string& close) {
  std::string kept;
  std::size_t from = 0;
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, from)) {
    const std::size_t end = text.find(close, at + open.size());
    if (end == std::string::npos) break;
    kept.append(text, from, at - from);
    from = end + close.size();
  }
  return kept.append(text, from, std::string::npos);
}

/// Of a variable that is set twice, for print too, the last counts.
std::map<std::string, std::string> variables_of(const std::string& css) {
  std::map<std::string, std::string> found;
  for (std::size_t at = css.find("--"); at != std::string::npos; at = css.find("--", at + 2)) {
    const std::size_t colon = css.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789", at + 2);
    if (colon == std::string::npos || css[colon] != ':') continue;
    const std::size_t first = css.find_first_not_of(' ', colon + 1), end = css.find(';', colon);
    if (end != std::string::npos) found[css.substr(at + 2, colon - at - 2)] = css.substr(first, end - first);
  }
  return found;
}

std::string resolved(const std::string& css) {
  const auto variables = variables_of(css);
  std::string text;
  std::size_t from = 0;
  for (std::size_t at = css.find("var(--"); at != std::string::npos; at = css.find("var(--", from)) {
    const std::size_t end = css.find(')', at);
    const auto value = variables.find(css.substr(at + 6, end - at - 6));
    text.append(css, from, at - from);
    text += value == variables.end() ? "inherit" : value->second;
    from = end + 1;
  }
  return text.append(css, from, std::string::npos);
}

std::string style_of_drawings(const std::string& css) {
  std::istringstream lines(css);
  std::string rules;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(".plot ")) rules += line;
  }
  return "<style>" + rules + "</style>";
}

std::string styled_drawings(const std::string& body, const std::string& style) {
  const std::string open = "<svg class=\"plot\"";
  std::string text;
  std::size_t from = 0;
  for (std::size_t at = body.find(open); at != std::string::npos; at = body.find(open, from)) {
    const std::size_t end = body.find('>', at) + 1;
    text.append(body, from, end - from);
    text += style;
    from = end;
  }
  return text.append(body, from, std::string::npos);
}

}  // namespace

std::string plain_page(const std::string& page) {
  const std::size_t start = page.find("<style>"), end = page.find("</style>");
  if (start == std::string::npos || end == std::string::npos) return page;
  const std::string dark = "@media (prefers-color-scheme: dark) {";
  const std::string css = resolved(without(page.substr(start, end - start), dark, "\n}\n"));
  const std::string body = without(without(page.substr(end), " data-plot=\"", "\""), "<script>", "</script>");
  return page.substr(0, start) + css + styled_drawings(body, style_of_drawings(css));
}

}  // namespace reports
