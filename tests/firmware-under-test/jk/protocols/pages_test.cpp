// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "firmware-under-test/jk/protocols/serial_4e57_ids.hpp"
#include "tests/firmware-under-test/jk/protocols/can_board.hpp"
#include "tests/firmware-under-test/jk/protocols/line_4e57.hpp"

// docs/serial-4e57.md and docs/can.md say what a board does.
namespace jk::protocols {
namespace {

using Row = std::vector<std::string>;

std::vector<Row> page_table(const std::string& page, const std::string& head) {
  std::ifstream in(std::string(CELLRIG_SOURCE_DIR "/docs/") + page);
  std::vector<Row> rows;
  bool is_inside = false;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("|")) is_inside = false;
    if (is_inside && !line.starts_with("|---")) {
      Row row;
      std::istringstream cells(line.substr(1));
      for (std::string cell; std::getline(cells, cell, '|');) {
        cell.erase(0, cell.find_first_not_of(' '));
        cell.erase(cell.find_last_not_of(' ') + 1);
        row.push_back(cell);
      }
      rows.push_back(row);
    }
    if (line.starts_with(head)) is_inside = true;
  }
  return rows;
}

std::vector<std::uint32_t> ids_in(const std::string& cell) {
  std::vector<std::uint32_t> ids;
  std::istringstream in(cell);
  for (std::string word; std::getline(in, word, ',');) {
    ids.push_back(static_cast<std::uint32_t>(std::stoul(word, nullptr, 16)));
  }
  return ids;
}

TEST(PageOf4e57, NamesEveryIdWithItsWidthAndWhoMayWriteIt) {
  std::map<unsigned, std::string> widths, rights;
  for (const Row& row : page_table("serial-4e57.md", "| id | width |")) {
    for (const std::uint32_t id : ids_in(row.at(0))) {
      widths[id] = row.at(1);
      rights[id] = row.at(2);
    }
  }
  ASSERT_EQ(widths.size(), 63u);
  Board4e57 board;
  board.device.is_open = true;
  const Decoded4e57 all = board.read_all();
  for (unsigned id = 0; id < 0x100; ++id) {
    const std::string said = rights.contains(id) ? rights[id] : "";
    const bool is_read = std::find(all.ids.begin(), all.ids.end(), static_cast<int>(id)) != all.ids.end();
    EXPECT_EQ(said.find('R') != std::string::npos, is_read) << std::hex << id;
    if (id == 0x79) continue;
    Line4e57 value = is_read ? all.values.at(static_cast<int>(id)) : Line4e57{1};
    if (is_read) {
      EXPECT_EQ(widths[id], std::to_string(value.size())) << std::hex << id;
    }
    if (id == 0xBE || id == 0xBF) value = {0x0B, 0xB8};
    value.insert(value.begin(), static_cast<unsigned char>(id));
    EXPECT_EQ(said.find('W') != std::string::npos, board.write(value)) << std::hex << id;  // what was read goes back
  }
}

std::set<std::uint32_t> sent_by(CanBoard& board) {
  board.raise(core::Alarm::cell_overvoltage);
  board.device.state.is_charger_plugged = true;
  board.device.state.t1_ddegC = 250;
  std::set<std::uint32_t> ids;
  for (const auto& [id, count] : board.counts_in(1000)) ids.insert(id);
  return ids;
}

TEST(PageOfCan, NamesTheFramesOfTheJkSets) {
  for (const auto& [column, protocol] : std::map<std::size_t, int>{{1, 12}, {2, 0}}) {
    std::set<std::uint32_t> said;
    for (const Row& row : page_table("can.md", "| id | V1 | V2 |")) {
      if (row.at(column).empty()) continue;
      for (const std::uint32_t id : ids_in(row.at(0))) said.insert(id);
    }
    CanBoard board(protocol);
    EXPECT_EQ(said, sent_by(board)) << protocol;
  }
}

TEST(PageOfCan, NamesTheFramesForInverters) {
  for (const auto& [column, protocol] : std::map<std::size_t, int>{{1, 2}, {2, 4}, {3, 9}}) {
    std::set<std::uint32_t> said;
    for (const Row& row : page_table("can.md", "| id | 2 | 4 | 9 |")) {
      if (row.at(column).empty()) continue;
      for (const std::uint32_t id : ids_in(row.at(0))) said.insert(id);
    }
    CanBoard board(protocol);
    EXPECT_EQ(said, sent_by(board)) << protocol;
  }
}

}  // namespace
}  // namespace jk::protocols
