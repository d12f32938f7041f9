// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <span>
#include <vector>

#include "firmware-under-test/jk/protocols/serial_4e57_server.hpp"
#include "tests/firmware-under-test/jk/protocols/captures.hpp"
#include "tests/firmware-under-test/jk/protocols/decoder_4e57.hpp"
#include "tests/firmware-under-test/jk/protocols/fake_device.hpp"

namespace jk::protocols {

using Line4e57 = std::vector<unsigned char>;

/// A request with a sum that is right. `source` 3 is a PC.
inline Line4e57 request_4e57(unsigned char command, const Line4e57& data, unsigned char source = 3) {
  Line4e57 frame = {0x4E, 0x57, 0, static_cast<unsigned char>(18u + data.size()), 0, 0, 0, 0, command, source, 0};
  frame.insert(frame.end(), data.begin(), data.end());
  frame.insert(frame.end(), {0x00, 0x00, 0x00, 0x00, 0x68});
  unsigned sum = 0;
  for (const unsigned char byte : frame) sum += byte;
  for (const unsigned byte : {0u, 0u, sum / 256 % 256, sum % 256}) frame.push_back(static_cast<unsigned char>(byte));
  return frame;
}

inline Line4e57 text_4e57(unsigned char id, const std::string& text, std::size_t width) {
  Line4e57 data(1, id);
  data.insert(data.end(), text.begin(), text.end());
  data.resize(1 + width);
  return data;
}

/// A board on a line: what it answers to bytes, as they come.
class Board4e57 {
 public:
  FakeDevice device;

  std::vector<Line4e57> say(const Line4e57& bytes) {
    std::vector<Line4e57> replies;
    std::span<const std::uint8_t> left = bytes;
    for (;;) {
      const auto reply = server_.take(left);
      if (reply.empty()) return replies;
      replies.emplace_back(reply.begin(), reply.end());
    }
  }
  /// The one reply to one request, or an empty line for silence.
  Line4e57 ask(const Line4e57& request) {
    const auto replies = say(request);
    return replies.size() == 1 ? replies.front() : Line4e57{};
  }
  std::optional<Decoded4e57> read(unsigned char command, const Line4e57& data) {
    return decode_4e57(ask(request_4e57(command, data)));
  }
  Decoded4e57 read_all() { return read(0x06, {0x00}).value_or(Decoded4e57{}); }
  bool write(const Line4e57& data) {
    const Line4e57 reply = ask(request_4e57(0x02, data));
    const auto said = decode_4e57(reply);
    return said && said->command == 0x02 && said->ids == std::vector<int>{data.front()} && said->values.empty();
  }
  bool open(const std::string& password) {
    return ask(request_4e57(0x05, text_4e57(0xB2, password, 10))) == captures::bytes(opened);
  }
  void silence() { server_.reset(); }

  static constexpr auto opened = "4E 57 00 13 00 00 00 00 05 00 01 B2 00 00 00 00 68 00 00 01 D8";

 private:
  Server4e57 server_{device};
};

}  // namespace jk::protocols
