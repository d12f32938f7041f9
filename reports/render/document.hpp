// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace reports {

/// A table of words as a page shows it.
struct PageTable {
  std::string caption;
  std::vector<std::string> heads;
  std::vector<std::vector<std::string>> rows;
};

namespace view {

[[nodiscard]] kainjow::mustache::data tables(const std::vector<PageTable>& tables);
/// What a content security policy calls a style or script in the page itself.
[[nodiscard]] std::string source_hash(std::string_view source);
/// `css`, with its `css_hash`.
void set_style(kainjow::mustache::data& page, const std::string& css);
/// The page by its template of that name; throws std::runtime_error for a template that is none.
[[nodiscard]] std::string rendered(const std::string& name, std::string_view page_template,
                                   const kainjow::mustache::data& page);

}  // namespace view
}  // namespace reports
