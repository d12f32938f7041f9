// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/board_setup.hpp"

#include <algorithm>
#include <string>

#include "rig/scenario/board_settings.hpp"
#include "rig/scenario/indexed.hpp"
#include "rig/scenario/parts.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

constexpr std::size_t most_boards = 26;  // as in live
constexpr std::size_t longest_name = 16;

class StartReader {
 public:
  StartReader(int cells, std::map<std::string, double>& start, Problems& problems)
      : cells_(cells), start_(start), problems_(problems) {}

  void read(const Node* node) {
    if (node != nullptr) {
      Fields fields(*node, "start", problems_, "scenario.start");
      for (const Node::Entry* entry : fields.take_rest()) value(*entry);
    }
    start_.emplace("soc", 0.5);
    start_.emplace("ambient", 25.0);
    start_.emplace("temperature", start_.at("ambient"));
  }

 private:
  void value(const Node::Entry& entry) {
    const auto of_cell = [&](const char* rest) {
      const auto cell = indexed(entry.key, "cell", rest);
      return cell && *cell >= 1 && *cell <= cells_;
    };
    if (entry.key == "soc" || of_cell("soc")) return keep(entry, Dimension::ratio, 0, 1, "0 % to 100 %");
    if (entry.key == "ambient" || entry.key == "temperature" || of_cell("temperature")) {
      return keep(entry, Dimension::temperature, -60, 150, "-60 degC to 150 degC");
    }
    std::vector<std::string> known{"soc", "ambient", "temperature"};
    for (int n = 1; n <= cells_; ++n) {
      known.push_back("cell[" + std::to_string(n) + "].soc");
      known.push_back("cell[" + std::to_string(n) + "].temperature");
    }
    problems_.add(entry.key_position, "start: " + entry.key + " is not a signal that can be set." +
                                          near_text(nearest_of(entry.key, known)));
  }

  void keep(const Node::Entry& entry, Dimension dimension, double smallest, double largest, const char* range) {
    const auto value = quantity_of(entry.value, entry.key, dimension, problems_);
    if (!value) return;
    if (*value < smallest || *value > largest) {
      problems_.add(entry.value.position, entry.key + ": \"" + entry.value.text + "\" is outside " + range);
    }
    start_[entry.key] = *value;
  }

  int cells_;
  std::map<std::string, double>& start_;
  Problems& problems_;
};

bool is_name(const std::string& word) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_legal = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !word.empty() && word.size() <= longest_name && is_letter(word.front()) && std::ranges::all_of(word, is_legal);
}

const BoardSpec::Uart* modbus_of(const BoardSetup& setup) {
  const auto found = std::ranges::find(setup.board.uarts, "jk_modbus", &BoardSpec::Uart::is);
  return found == setup.board.uarts.end() ? nullptr : &*found;
}

/// What keeps two boards from sharing a bus; "" = nothing.
std::string conflict(const BoardSetup& one, const BoardSetup& other) {
  if (one.board.firmware != other.board.firmware)
    return one.called + " and " + other.called + " run different firmware, " + one.board.firmware + " and " +
           other.board.firmware + "; one run takes one";
  const BoardSpec::Uart *const port = modbus_of(one), *const second = modbus_of(other);
  if (port == nullptr || second == nullptr) return {};
  const std::string both = one.called + " and " + other.called;
  if (port->baud != second->baud)
    return both + " share one RS485 bus, but run at " + shortest(port->baud) + " and " + shortest(second->baud) +
           " baud";
  const auto address = one.settings.find("device_address"), another = other.settings.find("device_address");
  if (address == one.settings.end() || another == other.settings.end() || address->second != another->second) return {};
  return both + " share one RS485 bus, but both have the address " + shortest(address->second) +
         "; give each its own with settings: {device_address: …}";
}

}  // namespace

std::optional<BoardSetup> read_board_setup(Fields& fields, const std::filesystem::path& beside, Files& files,
                                           Problems& problems) {
  BoardSetup setup;
  const Node::Entry* const board_entry = fields.require("board");
  const Node::Entry* const pack_entry = fields.require("pack");
  const Node::Entry* const settings = fields.take("settings");
  const Node::Entry* const start = fields.take("start");
  const auto board = board_entry == nullptr ? std::nullopt : read_board(board_entry->value, beside, files, problems);
  const auto pack = pack_entry == nullptr ? std::nullopt : read_pack(pack_entry->value, beside, files, problems);
  if (board) setup.board = *board;
  if (!pack) return std::nullopt;
  setup.pack = *pack;
  if (board && (pack->cells < board->min_cells || pack->cells > board->max_cells)) {
    problems.add(pack_entry->value.position, "pack: " + std::to_string(pack->cells) + " cells; " + board->name +
                                                 " takes " + std::to_string(board->min_cells) + " to " +
                                                 std::to_string(board->max_cells));
  }
  if (board)
    setup.settings = resolve_settings(settings == nullptr ? nullptr : &settings->value, *board, *pack, problems);
  StartReader(pack->cells, setup.start, problems).read(start == nullptr ? nullptr : &start->value);
  return setup;
}

std::vector<BoardSetup> read_boards(const Node::Entry& boards, const std::filesystem::path& beside, Files& files,
                                    Problems& problems) {
  std::vector<BoardSetup> setups;
  const std::vector<Node::Entry>& entries = boards.value.entries;
  if (!boards.value.is_mapping() || entries.empty() || entries.size() > most_boards) {
    problems.add(boards.value.position, "boards: a mapping of 1 to " + std::to_string(most_boards) +
                                            " names is due, {a: {board: …, pack: …}, b: …}");
    return setups;
  }
  for (const Node::Entry& entry : entries) {
    if (!is_name(entry.key)) {
      problems.add(entry.key_position,
                   "boards: a name is made of a to z, 0 to 9 and _, begins with a letter and has "
                   "at most " +
                       std::to_string(longest_name) + " characters; not \"" + entry.key + "\"");
    }
    Fields fields(entry.value, entry.key, problems, "bank");
    if (!entry.value.is_mapping()) continue;
    auto setup = read_board_setup(fields, beside, files, problems);
    fields.finish();
    if (!setup) continue;
    setup->called = entry.key;
    for (const BoardSetup& other : setups) {
      if (const std::string sentence = conflict(other, *setup); !sentence.empty())
        problems.add(entry.key_position, "boards: " + sentence);
    }
    setups.push_back(std::move(*setup));
  }
  return setups.size() == entries.size() ? setups : std::vector<BoardSetup>();
}

}  // namespace rig::scenario
