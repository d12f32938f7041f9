// SPDX-License-Identifier: Apache-2.0
#include "tests/house/tree.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>

namespace tests::house {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> ignored_folders(const fs::path& root) {
  std::set<std::string> names{".git"};
  std::istringstream lines(text_of(root / ".gitignore"));
  for (std::string line; std::getline(lines, line);) {
    if (line.size() > 2 && line.front() == '/' && line.back() == '/') names.insert(line.substr(1, line.size() - 2));
  }
  return names;
}

bool starts_with_folder(std::string_view path, std::string_view folder) {
  return path == folder || (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

bool holds(const std::vector<File>& tree, const std::string& path) {
  const auto at = std::ranges::lower_bound(tree, path, {}, &File::path);
  return at != tree.end() && at->path == path;
}

std::string at_line(const File& file, int line) { return file.path + ":" + std::to_string(line); }

/// Folder of the library that a CMake word names, "" when it is none of ours: rig::scenario, models_cell.
std::string folder_of_library(const std::string& word) {
  static const std::regex kOurs("(models|firmware|reports|rig|tests)(::|_)\\w+");
  std::smatch match;
  if (!std::regex_match(word, match, kOurs)) return "";
  if (match[1] != "firmware") return match[1];
  return word == "firmware::board" || word == "firmware_board" ? "firmware-under-test/include" : "firmware-under-test";
}

}  // namespace

std::string File::top() const { return path.substr(0, path.find('/')); }

bool File::is_cpp() const {
  static constexpr std::array kEndings{".hpp", ".cpp", ".h", ".c", ".inl"};
  return std::ranges::any_of(kEndings, [&](const char* ending) { return path.ends_with(ending); });
}

std::vector<File> read_tree(const fs::path& root) {
  const auto ignored = ignored_folders(root);
  std::vector<File> files;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it) {
    const bool named = it.depth() == 0 && ignored.contains(it->path().filename().string());
    if (named || (it->is_directory() && fs::exists(it->path() / "CMakeCache.txt"))) {
      it.disable_recursion_pending();
    } else if (it->is_regular_file()) {
      files.push_back({fs::relative(it->path(), root).generic_string(), text_of(it->path())});
    }
  }
  std::ranges::sort(files, {}, &File::path);
  return files;
}

std::string code_of(std::string_view text) {
  enum class In { code, line_comment, block_comment, string, character } in = In::code;
  std::string out(text);
  const auto blank = [&](std::size_t at) {
    if (at < out.size() && out[at] != '\n') out[at] = ' ';
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    const bool digit_separator = c == '\'' && i > 0 && std::isxdigit(static_cast<unsigned char>(text[i - 1])) != 0;
    bool pair = false;  // two characters belong together: comment marks, escapes
    if (in == In::code) {
      if (c == '"') in = In::string;
      if (c == '\'' && !digit_separator) in = In::character;
      if (c == '/' && next == '/') in = In::line_comment;
      if (c == '/' && next == '*') in = In::block_comment;
      pair = in == In::line_comment || in == In::block_comment;
      if (!pair) continue;
    } else if (in == In::line_comment || in == In::block_comment) {
      pair = in == In::block_comment && c == '*' && next == '/';
      if (pair || (in == In::line_comment && c == '\n')) in = In::code;
    } else {
      pair = c == '\\';
      if (c == (in == In::string ? '"' : '\'') || c == '\n') {
        in = In::code;
        continue;
      }
    }
    blank(i);
    if (pair) blank(++i);
  }
  return out;
}

std::vector<Include> includes_of(std::string_view text) {
  static const std::regex kInclude("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"].*");
  static const std::regex kAnyInclude("^\\s*#\\s*include\\b.*");
  std::istringstream raw{std::string(text)};
  std::istringstream code{code_of(text)};
  std::vector<Include> found;
  int number = 0;
  for (std::string line, blanked; std::getline(raw, line) && std::getline(code, blanked);) {
    ++number;
    std::smatch match;
    if (std::regex_match(blanked, kAnyInclude) && std::regex_match(line, match, kInclude)) {
      found.push_back({match[2], match[1] == "\"", number});
    }
  }
  return found;
}

std::vector<std::string> words_of(std::string_view cmake_text, std::string_view command) {
  const std::string text = std::regex_replace(std::string(cmake_text), std::regex("#[^\n]*"), "");
  const std::regex call(std::string(command) + "\\s*\\(([^)]*)\\)");
  std::vector<std::string> words;
  for (std::sregex_iterator it(text.begin(), text.end(), call), end; it != end; ++it) {
    std::istringstream inside((*it)[1]);
    std::copy(std::istream_iterator<std::string>(inside), {}, std::back_inserter(words));
  }
  return words;
}

std::optional<std::string> resolve(const std::vector<File>& tree, const File& from, const std::string& name) {
  const fs::path beside = fs::path(from.path).parent_path();
  for (const fs::path& start :
       {beside, fs::path(), fs::path("firmware-under-test"), fs::path("firmware-under-test/include")}) {
    const std::string path = (start / name).lexically_normal().generic_string();
    if (holds(tree, path)) return path;
  }
  return std::nullopt;
}

bool may_know(std::string_view from, std::string_view to) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kTable{{
      {"models", "models"},
      {"firmware-under-test", "firmware-under-test"},
      {"reports", "reports"},
      {"rig", "rig"},
      {"rig", "models"},
      {"rig", "reports"},
      {"rig", "firmware-under-test/include"},
      {"examples", "examples"},
      {"examples", "firmware-under-test/include"},
  }};
  if (starts_with_folder(from, "tests")) return true;
  return std::ranges::any_of(kTable, [&](const auto& row) {
    return starts_with_folder(from, row.first) && starts_with_folder(to, row.second);
  });
}

std::vector<std::string> forbidden_includes(const std::vector<File>& tree) {
  std::vector<std::string> wrong;
  for (const File& file : tree) {
    if (!file.is_cpp()) continue;
    for (const Include& include : includes_of(file.text)) {
      const auto target = resolve(tree, file, include.name);
      if (target && !may_know(file.path, *target)) {
        wrong.push_back(at_line(file, include.line) + ": " + file.top() + " may not know " + *target);
      } else if (!target && include.quoted) {
        wrong.push_back(at_line(file, include.line) + ": \"" + include.name +
                        "\" is no file of ours; others' stand in <>");
      }
    }
  }
  return wrong;
}

std::vector<std::string> forbidden_links(const std::vector<File>& tree) {
  std::vector<std::string> wrong;
  for (const File& file : tree) {
    if (!file.path.ends_with("CMakeLists.txt")) continue;
    for (const std::string& word : words_of(file.text, "target_link_libraries")) {
      const std::string folder = folder_of_library(word);
      if (!folder.empty() && !may_know(file.path, folder)) wrong.push_back(file.path + ": may not link " + word);
    }
  }
  return wrong;
}

}  // namespace tests::house
