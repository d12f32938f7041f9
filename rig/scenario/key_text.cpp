// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/key_text.hpp"

#include <algorithm>
#include <map>

#include "rig/scenario/fields.hpp"
#include "rig/scenario/key_tables.hpp"
#include "rig/scenario/model_number.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

std::string amount_text(const Key& key, double value) {
  if (key.kind == Key::Kind::whole) return fixed(value, 0);
  if (key.dimension == Dimension::none) return shortest(value) + (key.unit.empty() ? "" : " " + key.unit);
  models::math::Parameter like{};
  const std::string unit = key.dimension == Dimension::ratio ? "%" : std::string(base_unit(key.dimension));
  like.unit = unit.c_str();
  return scenario::dimension_of(like) ? amount_of(like, value) : format({value, key.dimension});
}

/// ", 0 V to 5 V"; nothing where only the longest run is the limit.
std::string range_text(const Key& key) {
  const bool is_any_time = key.dimension == Dimension::time && key.high == key_table::longest_s;
  if (key.kind == Key::Kind::amount) return "";
  if (!key.low || is_any_time) return key.low && key.is_open ? ", above 0" : "";
  if (!key.high) return ", at least " + amount_text(key, *key.low);
  if (key.is_open) return ", above " + amount_text(key, *key.low) + ", at most " + amount_text(key, *key.high);
  return ", " + amount_text(key, *key.low) + " to " + amount_text(key, *key.high);
}

std::string quantity_text(const Key& key) {
  if (key.dimension == Dimension::none) return key.unit.empty() ? "a number" : "a number of " + key.unit;
  return with_article(key.dimension) + (key.unit.empty() ? "" : ", also in " + key.unit);
}

std::string kind_text(const Key& key) {
  struct Words {
    const char *one, *several;
  };
  static const std::map<Key::Kind, Words> names{{Key::Kind::text, {"a text", "texts"}},
                                                {Key::Kind::file, {"a file", "files"}},
                                                {Key::Kind::condition, {"an expression", "expressions"}},
                                                {Key::Kind::moment, {"a time or an expression", ""}},
                                                {Key::Kind::scalar, {"a value", "values"}},
                                                {Key::Kind::whole, {"a whole number", "whole numbers"}},
                                                {Key::Kind::amount, {"a quantity", "quantities"}}};
  if (key.kind == Key::Kind::none) return "";
  if (key.kind == Key::Kind::quantity) return quantity_text(key) + range_text(key);
  const bool is_of_a_list = key.list == Key::List::yes || (key.list == Key::List::either && !key.place.empty());
  return (is_of_a_list ? names.at(key.kind).several : names.at(key.kind).one) + range_text(key);
}

std::string in_code(const std::string& text) { return "`" + text + "`"; }

std::string words_text(const std::vector<std::string>& words) {
  if (words == std::vector<std::string>{"on", "off", "yes", "no"}) return "`on` or `off`";
  std::vector<std::string> shown;
  for (const std::string& word : words) shown.push_back(in_code(word));
  return joined(shown, " ");
}

std::string keys_text(const std::vector<std::string>& keys, const char* separator) {
  std::vector<std::string> shown;
  for (const std::string& key : keys) shown.push_back(in_code(key));
  return joined(shown, separator);
}

std::string escaped_for_a_table(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

std::string row(const std::string& name, const Key& key) {
  const std::string company = company_text(key);
  std::string value = value_text(key);
  const bool shows_example = key.place.empty() && key.kind != Key::Kind::none && !key.example.empty();
  if (shows_example) value += "; " + in_code(key.example);
  if (!company.empty()) value += "; " + company;
  return "| " + in_code(name) + " | " + escaped_for_a_table(value) + " | " + escaped_for_a_table(key.meaning) + " |\n";
}

class Table {
 public:
  explicit Table(const Place& top) : root_(top.name.substr(0, top.name.find('.')) + ".") {
    text_ = "| key | value | meaning |\n|---|---|---|\n";
    add(top, "");
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void add(const Place& place, const std::string& front) {
    for (const Key& key : place.keys) add(key, front + key.name);
    if (place.other) add(*place.other, front + "NAME");
  }

  void add(const Key& key, const std::string& name) {
    const bool is_inside = key.place.starts_with(root_);
    const auto [same, is_new] = seen_.emplace(is_inside ? rows_of(place_of(key.place)) : name, name);
    Key shown = key;
    if (!is_new) shown.meaning += "; the keys of `" + same->second + "`";
    text_ += row(name, shown);
    if (is_inside && is_new) add(place_of(key.place), name + ".");
  }

  static std::string rows_of(const Place& place) {
    std::string rows;
    for (const Key& key : place.keys) rows += row(key.name, key);
    return rows + (place.other ? row("NAME", *place.other) + place.other->place : "");
  }

  std::string root_, text_;
  std::map<std::string, std::string> seen_;  // rows of a mapping, and whose they are
};

}  // namespace

std::string value_text(const Key& key) {
  std::vector<std::string> forms;
  if (!key.place.empty()) forms.emplace_back("a mapping");
  const std::string scalar = kind_text(key), words = words_text(key.words);
  std::vector<std::string> scalars;
  if (!scalar.empty()) scalars.push_back(scalar);
  if (!words.empty()) scalars.push_back(words);
  if (key.list == Key::List::yes)
    return "a list of " + joined(forms.empty() ? scalars : std::vector<std::string>{"mappings"}, " or ");
  if (key.list == Key::List::either && forms.empty()) return joined(scalars, " or ") + ", or a list of them";
  if (key.list == Key::List::either) return "a mapping, or a list of " + joined(scalars, " or ");
  forms.insert(forms.end(), scalars.begin(), scalars.end());
  return joined(forms, " or ");
}

std::string company_text(const Key& key) {
  std::vector<std::string> parts;
  if (key.is_required)
    parts.push_back("must be there" + (key.unless.empty() ? "" : ", unless " + keys_text(key.unless, " or ") + " is"));
  if (!key.needs.empty()) parts.push_back("calls for " + keys_text(key.needs, ", "));
  if (!key.beside.empty()) parts.push_back("only with " + keys_text(key.beside, " or "));
  return joined(parts, "; ");
}

std::string table_of_keys(const Place& place) { return Table(place).text(); }

std::string with_key_tables(const std::string& page) {
  static const std::string begin = "<!-- keys of ", close = " -->\n", end = "<!-- end of keys -->";
  std::string result;
  std::size_t at = 0;
  for (std::size_t block = page.find(begin); block != std::string::npos; block = page.find(begin, at)) {
    const std::size_t name = block + begin.size(), name_end = page.find(close, name);
    const std::size_t table = name_end + close.size();
    result += page.substr(at, table - at) + table_of_keys(place_of(page.substr(name, name_end - name)));
    at = page.find(end, table);
  }
  return result + page.substr(at);
}

}  // namespace rig::scenario
