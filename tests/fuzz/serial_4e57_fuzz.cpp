// SPDX-License-Identifier: Apache-2.0
// What the board hears on its serial line. Nothing changes without a well-formed request that asks for it, settings
// stay in their ranges and order, every reply is well-formed, bytes in pieces of any size do the same, and the board
// answers afterwards. The first byte of the input chooses how the rest is cut, whether the password is known, and
// whether lengths, end marks and sums are put right first.
#include <algorithm>
#include <vector>

#include "firmware-under-test/jk/core/settings_table.hpp"
#include "tests/firmware-under-test/jk/protocols/line_4e57.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace jk;
using protocols::Board4e57;
using protocols::FakeDevice;
using tests::fuzz::require;
using Bytes = std::vector<unsigned char>;

unsigned sum_of(const Bytes& line, std::size_t begin, std::size_t end) {
  unsigned sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += line[i];
  return sum;
}

// Each `4E 57 length` gets as many bytes as are there, up to that length, and header and end of a request to us.
void put_right(Bytes& line) {
  for (std::size_t at = 0; at + 20 <= line.size();) {
    if (line[at] != 0x4E || line[at + 1] != 0x57) {
      ++at;
      continue;
    }
    const std::size_t said = line[at + 2] * 256U + line[at + 3] + 2U;
    const std::size_t size = std::min({std::max<std::size_t>(said, 20), line.size() - at, std::size_t{64}});
    line[at + 2] = 0;
    line[at + 3] = static_cast<unsigned char>(size - 2);
    for (const std::size_t zero : {std::size_t{5}, std::size_t{6}, std::size_t{7}, std::size_t{10}, size - 4, size - 3})
      line[at + zero] = 0;
    line[at + size - 5] = 0x68;
    const unsigned sum = sum_of(line, at, at + size - 4);
    line[at + size - 2] = static_cast<unsigned char>(sum >> 8);
    line[at + size - 1] = static_cast<unsigned char>(sum);
    at += size;
  }
}

// Wherever they stand, also one inside another: how many requests ask for one of the commands, by the document's word.
std::size_t requests_in(const Bytes& line, std::initializer_list<unsigned> commands) {
  std::size_t count = 0;
  for (std::size_t at = 0; at + 20 <= line.size(); ++at) {
    if (line[at] != 0x4E || line[at + 1] != 0x57) continue;
    const std::size_t size = line[at + 2] * 256U + line[at + 3] + 2U;
    if (size < 20 || at + size > line.size()) continue;
    const std::size_t end = at + size;
    const unsigned sum = sum_of(line, at, end - 4);
    const bool is_request = line[end - 5] == 0x68 && line[end - 4] == 0 && line[end - 3] == 0 && line[at + 10] == 0 &&
                            (line[end - 2] * 256U + line[end - 1]) == (sum & 0xFFFF);
    count += is_request && std::find(commands.begin(), commands.end(), line[at + 8]) != commands.end();
  }
  return count;
}

std::vector<Bytes> say_in_pieces(Board4e57& board, const Bytes& line, std::size_t piece) {
  std::vector<Bytes> replies;
  for (std::size_t at = 0; at < line.size(); at += piece) {
    const auto begin = line.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = line.begin() + static_cast<std::ptrdiff_t>(std::min(line.size(), at + piece));
    for (Bytes& reply : board.say({begin, end})) replies.push_back(std::move(reply));
  }
  return replies;
}

void judge_device(const FakeDevice& device, const Bytes& line) {
  const std::size_t writes = requests_in(line, {0x02}), activations = requests_in(line, {0x01});
  const std::size_t passwords = requests_in(line, {0x05});
  require(static_cast<std::size_t>(device.changes) + device.commands.size() <= writes + activations,
          "whatever was done was asked for");
  require(static_cast<std::size_t>(device.wrong_passwords) <= passwords, "a password that counts was sent");
  const FakeDevice fresh;
  require(device.changes > 0 || (device.set == fresh.set && device.texts == fresh.texts), "no write, no change");
  for (const core::SettingInfo& row : core::setting_table)
    require(device.set[row.setting] >= row.min && device.set[row.setting] <= row.max, "a setting is in its range");
  require(core::contradiction(device.set) == nullptr, "settings stand in their order");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Bytes line(data + 1, data + size);
  const bool is_open = (data[0] & 2) != 0;
  if ((data[0] & 1) != 0) put_right(line);

  Board4e57 board, other;
  board.device.is_open = other.device.is_open = is_open;
  const std::vector<Bytes> replies = say_in_pieces(board, line, std::max<std::size_t>(line.size(), 1));
  for (const Bytes& reply : replies) require(protocols::decode_4e57(reply).has_value(), "a reply is well-formed");
  require(replies.size() <= requests_in(line, {0x01, 0x02, 0x03, 0x05, 0x06}), "nobody is answered who did not ask");
  judge_device(board.device, line);

  require(say_in_pieces(other, line, 1 + data[0] / 4U) == replies, "pieces of any size get the same replies");
  require(other.device.set == board.device.set && other.device.texts == board.device.texts, "and change the same");

  board.silence();
  require(board.ask(protocols::request_4e57(0x06, {0x00})).size() == 267, "the board answers afterwards");
  return 0;
}
