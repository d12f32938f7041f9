// SPDX-License-Identifier: Apache-2.0
#include "rig/live/slcan.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace rig::live {
namespace {

using bench::CanFrame;

constexpr std::size_t longest_command = 26;  // Tiiiiiiiildddddddddddddddd
constexpr std::string_view done = "\r", refused = "\a";
constexpr std::array bit_rates{10e3, 20e3, 50e3, 100e3, 125e3, 250e3, 500e3, 800e3, 1000e3};

/// Hexadecimal digits and nothing else.
std::optional<std::uint32_t> hex(std::string_view digits) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

void put_hex(std::string& text, std::uint32_t value, int digits) {
  while (digits-- > 0) text += "0123456789ABCDEF"[value >> (4 * digits) & 15];
}

std::optional<CanFrame> frame_of(std::string_view command) {
  const bool is_extended = command[0] == 'T' || command[0] == 'R';
  const std::size_t id_digits = is_extended ? 8 : 3;
  CanFrame f;
  f.is_remote = command[0] == 'r' || command[0] == 'R';
  f.frame.extended = is_extended ? 1 : 0;
  if (command.size() < id_digits + 2) return std::nullopt;
  const auto id = hex(command.substr(1, id_digits)), length = hex(command.substr(1 + id_digits, 1));
  if (!id || *id > (is_extended ? 0x1FFFFFFFu : 0x7FFu) || !length || *length > 8) return std::nullopt;
  f.frame.id = *id;
  f.frame.length = static_cast<std::uint8_t>(*length);
  const std::string_view data = command.substr(id_digits + 2);
  if (data.size() != (f.is_remote ? 0 : 2 * *length)) return std::nullopt;
  for (std::size_t i = 0; i < data.size() / 2; ++i) {
    const auto byte = hex(data.substr(2 * i, 2));
    if (!byte) return std::nullopt;
    f.frame.data[i] = static_cast<std::uint8_t>(*byte);
  }
  return f;
}

}  // namespace

void Slcan::take(std::span<const char> bytes, const std::function<void(const CanFrame&)>& send, std::string& answers) {
  for (const char c : bytes) {
    if (c == '\n') continue;  // of people who type
    if (c != '\r') {
      is_too_long_ = is_too_long_ || line_.size() >= longest_command;
      if (!is_too_long_) line_ += c;
      continue;
    }
    answers += is_too_long_ ? std::string(refused) : answer(line_, send);
    line_.clear();
    is_too_long_ = false;
  }
}

std::string Slcan::answer(std::string_view command, const std::function<void(const CanFrame&)>& send) {
  const auto ok = [](bool good) { return std::string(good ? done : refused); };
  if (command.empty()) return std::string(done);  // clients empty the line with it
  const bool is_closed = state_ == State::closed, is_bare = command.size() == 1;
  switch (command[0]) {
    case 'S':
      return ok(is_closed && set_bit_rate(command.substr(1)));
    case 's':
      if (!is_closed || command.size() != 5 || !hex(command.substr(1))) return ok(false);
      is_chosen_ = false;
      bit_per_s_ = bus_bit_per_s_;
      return ok(true);
    case 'O':
    case 'L':
      if (!is_closed || !is_bare) return ok(false);
      state_ = command[0] == 'O' ? State::open : State::listening;
      flags_ = 0;
      return ok(true);
    case 'C':
      if (is_closed || !is_bare) return ok(false);
      state_ = State::closed;
      return ok(true);
    case 't':
    case 'r':
      return send_frame(command, send) ? "z\r" : ok(false);
    case 'T':
    case 'R':
      return send_frame(command, send) ? "Z\r" : ok(false);
    case 'F':
      if (is_closed || !is_bare) return ok(false);
      return status();
    case 'V':
      return is_bare ? "V1013\r" : ok(false);
    case 'v':
      return is_bare ? "v0100\r" : ok(false);
    case 'N':
      return is_bare ? "NCR01\r" : ok(false);
    case 'Z':
      if (!is_closed || (command != "Z0" && command != "Z1")) return ok(false);
      with_time_ = command == "Z1";
      return ok(true);
    default:
      return ok(false);
  }
}

std::string Slcan::status() {
  std::string text = "F";
  put_hex(text, static_cast<std::uint32_t>(std::exchange(flags_, 0) | (is_at_wrong_rate() ? +bus_error : 0)), 2);
  return text + "\r";
}

bool Slcan::set_bit_rate(std::string_view digits) {
  const auto index = hex(digits);
  if (digits.size() != 1 || !index || *index >= bit_rates.size()) return false;
  bit_per_s_ = bit_rates[*index];
  is_chosen_ = true;
  return true;
}

bool Slcan::send_frame(std::string_view command, const std::function<void(const CanFrame&)>& send) {
  const auto frame = frame_of(command);
  if (!frame || state_ != State::open) return false;
  if (is_at_wrong_rate()) return false;
  send(*frame);
  return true;
}

std::string Slcan::text_of(const CanFrame& f, std::int64_t t_ns) const {
  if (state_ == State::closed || is_at_wrong_rate()) return "";
  const bool is_extended = f.frame.extended != 0;
  std::string text(1, f.is_remote ? (is_extended ? 'R' : 'r') : is_extended ? 'T' : 't');
  put_hex(text, f.frame.id, is_extended ? 8 : 3);
  put_hex(text, f.frame.length, 1);
  for (int i = 0; i < f.frame.length && !f.is_remote; ++i) put_hex(text, f.frame.data[i], 2);
  if (with_time_) put_hex(text, static_cast<std::uint32_t>(t_ns / 1'000'000 % 60'000), 4);
  return text + "\r";
}

void Slcan::hang_up() {
  line_.clear();
  is_too_long_ = false;
}

}  // namespace rig::live
