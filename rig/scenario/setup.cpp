// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/setup.hpp"

#include <algorithm>

#include "rig/scenario/board_settings.hpp"
#include "rig/scenario/files.hpp"
#include "rig/scenario/parts.hpp"
#include "rig/scenario/problems.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

bool is_path(const std::string& word) {
  std::error_code failed;
  return word.find('/') != std::string::npos || word.ends_with(".yaml") || word.ends_with(".yml") ||
         fs::exists(word, failed);
}

std::vector<std::string> shipped_names(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
    if (it->path().extension() == ".yaml") names.push_back(it->path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// The file of a board or pack, or a mistake.
std::optional<fs::path> find_part(const std::string& kind, const std::string& word, const fs::path& shipped,
                                  std::vector<std::string>& mistakes) {
  std::error_code failed;
  if (is_path(word)) {
    if (fs::is_regular_file(word, failed)) return word;
    mistakes.push_back(kind + " " + word + ": no such file");
    return std::nullopt;
  }
  const fs::path folder = shipped / (kind + "s");
  const fs::path file = folder / (word + ".yaml");
  if (fs::is_regular_file(file, failed)) return file;
  const std::vector<std::string> names = shipped_names(folder), near = nearest_of(word, names);
  mistakes.push_back(kind + " " + word + " is neither a file nor a " + kind + " that comes with Cellrig." +
                     (near.empty() ? " Known: " + joined(names) : near_text(near)));
  return std::nullopt;
}

std::optional<fs::path> pack_for(const BoardSpec& board, const fs::path& shipped, std::vector<std::string>& mistakes) {
  for (int cells = board.max_cells; cells >= board.min_cells; --cells) {
    const fs::path file = shipped / "packs" / ("lfp_" + std::to_string(cells) + "s_280ah.yaml");
    std::error_code failed;
    if (fs::is_regular_file(file, failed)) return file;
  }
  mistakes.push_back("no pack that comes with Cellrig fits " + board.name + "; name one with --pack");
  return std::nullopt;
}

Node reference_to(const fs::path& file) {
  Node node;
  node.position = {file.generic_string(), 1, 1};
  node.text = file.filename().string();
  return node;
}

std::optional<Node> settings_of(const std::vector<std::string>& words, std::vector<std::string>& mistakes) {
  std::string text;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      mistakes.push_back("setting \"" + word + "\" is not NAME=VALUE, such as \"cell_ovp=3.65 V\"");
    } else {
      text += word.substr(0, equals) + ": " + word.substr(equals + 1) + "\n";
    }
  }
  if (text.empty()) return std::nullopt;
  try {
    return parse_tree(text, "settings");
  } catch (const ScenarioError& error) {
    mistakes.push_back("settings: " + error.sentence());
    return std::nullopt;
  }
}

template <class Read>
auto read_part(const fs::path& file, Files& files, std::vector<std::string>& mistakes, const Read& read) {
  Problems problems;
  auto part = read(reference_to(file), file.parent_path(), files, problems);
  for (const ScenarioError& error : problems.sorted()) mistakes.emplace_back(error.what());
  return part;
}

}  // namespace

std::optional<Scenario> read_setup(const SetupWords& words, const fs::path& shipped,
                                   std::vector<std::string>& mistakes) {
  Files files(shipped);
  const auto board_file = find_part("board", words.board, shipped, mistakes);
  const auto board = board_file ? read_part(*board_file, files, mistakes, read_board) : std::nullopt;
  const auto pack_file = words.pack ? find_part("pack", *words.pack, shipped, mistakes)
                         : board    ? pack_for(*board, shipped, mistakes)
                                    : std::nullopt;
  const auto pack = pack_file ? read_part(*pack_file, files, mistakes, read_pack) : std::nullopt;
  if (!board || !pack) return std::nullopt;
  if (pack->cells < board->min_cells || pack->cells > board->max_cells) {
    mistakes.push_back("pack " + pack->name + ": " + std::to_string(pack->cells) + " cells; " + board->name +
                       " takes " + std::to_string(board->min_cells) + " to " + std::to_string(board->max_cells));
    return std::nullopt;
  }
  Scenario setup;
  setup.name = board_file->stem().string();
  setup.board = *board;
  setup.pack = *pack;
  setup.file = *board_file;
  setup.start = {{"soc", 0.5}, {"ambient", 25}, {"temperature", 25}};
  Problems problems;
  const std::optional<Node> settings = settings_of(words.settings, mistakes);
  setup.settings = resolve_settings(settings ? &*settings : nullptr, *board, *pack, problems);
  for (const ScenarioError& error : problems.sorted()) mistakes.push_back(error.sentence());
  setup.sha256 = files.sha256();
  return setup;
}

}  // namespace rig::scenario
