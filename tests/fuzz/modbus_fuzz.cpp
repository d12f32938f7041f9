// SPDX-License-Identifier: Apache-2.0
// A board on an RS485 line. The first byte says how the rest is heard: odd, as bytes of the line; even, as requests,
// each a byte of length (above 127: after a silence) and as many bytes, to which the CRC is added.
#include <algorithm>

#include "firmware-under-test/jk/core/settings_table.hpp"
#include "tests/firmware-under-test/jk/protocols/modbus_frames.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using modbus_client::Bytes;
using tests::fuzz::require;

constexpr std::size_t longest_write = 259, longest_request = 264;

struct Line {
  Bytes bytes;
  std::vector<std::size_t> silences;  // before these bytes
};

Line line_of(std::span<const std::uint8_t> input) {
  Line line;
  if (input.empty()) return line;
  const bool is_raw = input[0] % 2 == 1;
  input = input.subspan(1);
  if (is_raw) {
    line.bytes.assign(input.begin(), input.end());
    return line;
  }
  while (!input.empty()) {
    if (input[0] > 127) line.silences.push_back(line.bytes.size());
    const std::size_t size = std::min<std::size_t>(input[0] % 128, input.size() - 1);
    const auto request = input.subspan(1, size);
    const Bytes frame = modbus_client::with_crc({request.begin(), request.end()});
    line.bytes.insert(line.bytes.end(), frame.begin(), frame.end());
    input = input.subspan(1 + size);
  }
  return line;
}

/// A write to this board or to all, with a good CRC, among the last bytes that a parser can hold.
bool holds_a_write(const Bytes& heard, unsigned char address) {
  const std::size_t first = heard.size() - std::min(heard.size(), longest_write);
  for (std::size_t at = first; at + 9 <= heard.size(); ++at) {
    const std::size_t size = 9U + heard[at + 6];
    if ((heard[at] != address && heard[at] != 0) || heard[at + 1] != 0x10 || at + size > heard.size()) continue;
    const auto begin = heard.begin() + static_cast<std::ptrdiff_t>(at);
    if (modbus_client::crc_of({begin, begin + static_cast<std::ptrdiff_t>(size)}) == 0) return true;
  }
  return false;
}

/// Among the last bytes stands something with a good CRC to one of the addresses.
bool holds_a_request(const Bytes& heard, unsigned before, unsigned after) {
  const std::size_t first = heard.size() - std::min(heard.size(), longest_request);
  for (std::size_t at = first; at + 4 <= heard.size(); ++at) {
    if (heard[at] != before && heard[at] != after) continue;
    std::uint16_t crc = 0xFFFF;
    for (std::size_t i = at; i < heard.size(); ++i) {
      crc = jk::protocols::modbus_crc({&heard[i], 1}, crc);
      if (crc == 0 && i - at >= 3) return true;
    }
  }
  return false;
}

void judge_reply(Bytes reply, unsigned before, unsigned after) {
  if (reply.size() > 300) {
    require(reply.size() == 308 && reply[0] == 0x55 && reply[1] == 0xAA,
            "what is long is a frame and its acknowledgement");
    reply.erase(reply.begin(), reply.begin() + 300);
  }
  require(reply.size() >= 5 && modbus_client::with_crc({reply.begin(), reply.end() - 2}) == reply,
          "a reply has a good CRC");
  require(reply[0] == before || reply[0] == after, "a reply names the address that was asked");
  if (reply[1] >= 0x80) {
    require(reply.size() == 5 && reply[2] >= 1 && reply[2] <= 4, "exceptions are 1 to 4");
  } else if (reply[1] == 0x03) {
    require(reply.size() == 5U + reply[2] && reply[2] % 2 == 0, "a reply to a read has the bytes that it names");
  } else {
    require(reply[1] == 0x10 && reply.size() == 8, "a write is acknowledged in 8 bytes");
  }
}

void judge_settings(const jk::core::Settings& settings) {
  for (const jk::core::SettingInfo& row : jk::core::setting_table) {
    require(settings[row.setting] >= row.min && settings[row.setting] <= row.max, "settings stay in range");
  }
  require(jk::core::contradiction(settings) == nullptr, "settings stay in order");
}

/// A board that hears a line; `is_judged`: whatever it does is looked at.
class Listener {
 public:
  explicit Listener(bool is_judged) : is_judged_(is_judged) {}

  void hear(const Bytes& bytes) {
    std::span<const std::uint8_t> left(bytes);
    if (is_judged_) heard_.insert(heard_.end(), bytes.begin(), bytes.end());
    while (answer(left)) {
    }
  }
  void be_silent() { board_.server.reset(); }
  [[nodiscard]] const Bytes& said() const { return said_; }
  [[nodiscard]] bool still_answers() {
    const auto own = static_cast<unsigned char>(address());
    return own == 0 || board_.read(0x1200, 125, own).size() == 250;
  }

 private:
  [[nodiscard]] unsigned address() const {
    return static_cast<unsigned>(board_.device.set[jk::core::Setting::device_address]);
  }

  bool answer(std::span<const std::uint8_t>& left) {
    const unsigned asked = address();
    const auto before = board_.device.set;
    const auto commands = board_.device.commands.size();
    const auto reply = board_.server.take(left);
    said_.insert(said_.end(), reply.begin(), reply.end());
    if (is_judged_) {
      if (!reply.empty()) {
        require(holds_a_request(heard_, asked, address()), "nobody is answered whose CRC is wrong");
        judge_reply({reply.begin(), reply.end()}, asked, address());
      }
      if (board_.device.set != before || board_.device.commands.size() != commands) {
        require(holds_a_write(heard_, static_cast<unsigned char>(asked)),
                "nothing changes but by a write with a good CRC");
        judge_settings(board_.device.set);
      }
    }
    return !reply.empty();
  }

  jk::protocols::ModbusBoard board_;
  bool is_judged_;
  Bytes heard_, said_;
};

Bytes answers(const Line& line, std::size_t piece, bool is_judged) {
  Listener board(is_judged);
  auto silence = line.silences.begin();
  for (std::size_t at = 0; at < line.bytes.size();) {
    if (silence != line.silences.end() && *silence == at) {
      board.be_silent();
      ++silence;
    }
    const std::size_t end = silence == line.silences.end() ? line.bytes.size() : *silence;
    const auto begin = line.bytes.begin() + static_cast<std::ptrdiff_t>(at);
    const std::size_t size = std::min(piece, end - at);
    board.hear({begin, begin + static_cast<std::ptrdiff_t>(size)});
    at += size;
  }
  require(board.still_answers(), "after a silence the board answers");
  return board.said();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Line line = line_of({data, size});
  const Bytes said = answers(line, 1, true);
  require(answers(line, 7, false) == said && answers(line, 4096, false) == said,
          "how bytes are handed over makes no difference");
  return 0;
}
