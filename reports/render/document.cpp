// SPDX-License-Identifier: Apache-2.0
#include "reports/render/document.hpp"

#include <stdexcept>

#include "reports/digest.hpp"
#include "reports/render/text.hpp"
#include "reports/render/view.hpp"

namespace reports::view {
namespace {

data page_cells(const std::vector<std::string>& cells) {
  data all = list();
  for (const std::string& cell : cells) {
    data one = object();
    one.set("word", text(cell));
    all.push_back(one);
  }
  return all;
}

data page_rows(const PageTable& table) {
  data rows = list();
  for (const auto& cells : table.rows) {
    data row = object();
    row.set("cells", page_cells(cells));
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

data tables(const std::vector<PageTable>& tables) {
  data all = list();
  for (const PageTable& table : tables) {
    data one = object();
    one.set("caption", text(table.caption));
    one.set("heads", page_cells(table.heads));
    one.set("rows", page_rows(table));
    all.push_back(one);
  }
  return all;
}

std::string source_hash(std::string_view source) { return "'sha256-" + sha256_base64(source) + "'"; }

void set_style(data& page, const std::string& css) {
  page.set("css", css);
  page.set("css_hash", source_hash(css));
}

std::string rendered(const std::string& name, std::string_view page_template, const data& page) {
  kainjow::mustache::mustache document{std::string(page_template)};
  if (!document.is_valid()) throw std::runtime_error(name + ".mustache: " + document.error_message());
  document.set_custom_escape([](const std::string& words) { return escaped(words); });
  return document.render(page);
}

}  // namespace reports::view
