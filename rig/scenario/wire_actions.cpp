// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/wire_actions.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

constexpr double slowest_baud = 300, fastest_baud = 4e6;
constexpr int highest_address = 247, highest_can_id = 0x1FFFFFFF;
constexpr double longest_delay_s = 10;

/// "01 0A" -> the two bytes; nullopt: none, an odd number of digits, or something else.
std::optional<std::string> bytes_of(std::string_view text) {
  std::string digits, bytes;
  for (const char c : text) {
    if (c != ' ') digits += c;
  }
  if (digits.empty() || digits.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    unsigned char byte = 0;
    const auto [end, error] = std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
    if (error != std::errc{} || end != digits.data() + i + 2) return std::nullopt;
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

class WireAction {
 public:
  WireAction(const Node::Entry& entry, const ActionContext& context, Action& action)
      : entry_(entry), context_(context), action_(action) {}

  bool run() {
    if (entry_.key == "send") return send(), true;
    if (entry_.key == "poll") return poll(), true;
    if (entry_.key == "flood") return flood(), true;
    if (entry_.key == "line") return line(), true;
    return false;
  }

 private:
  void complain(const std::string& sentence) {
    context_.problems.add(entry_.value.position, entry_.key + ": " + sentence);
  }
  void keep(const char* key, Dimension dimension, std::optional<double> value) {
    if (value) action_.values[key] = {*value, dimension};
  }
  bool begin(const char* due) {
    action_.target = entry_.key;
    if (!entry_.value.is_mapping()) complain(std::string("a mapping ") + due + " is due");
    return entry_.value.is_mapping();
  }

  void wire(Fields& fields, const char* key) {
    if (fields.require(key) == nullptr) return;
    const auto named = fields.one_of(key);
    action_.words[key] = named.value_or(fields.place().at(key).words.front());
    if (!named) return;
    const BoardSpec& board = context_.board;
    const bool is_there = *named == "can"
                              ? std::ranges::any_of(board.can, [](const auto& c) { return c.bus == 0; })
                              : std::ranges::find(board.uarts, *named, &BoardSpec::Uart::is) != board.uarts.end();
    if (!is_there && !board.name.empty())
      fields.complain(key, entry_.value.find(key)->value.position, "the board " + board.name + " has no " + *named);
  }

  void bytes(Fields& fields, const Node::Entry* given) {
    if (given == nullptr) return;
    const auto decoded = bytes_of(given->value.text);
    if (decoded) action_.words["bytes"] = *decoded;
    if (!decoded)
      fields.complain("bytes", given->value.position,
                      "\"" + given->value.text + "\" is not bytes; pairs of hexadecimal digits are due: 01 03 0D");
  }

  void outside(Fields& fields, const char* key, const std::string& range) {
    const Node& given = entry_.value.find(key)->value;
    fields.complain(key, given.position, "\"" + given.text + "\" is outside " + range);
  }

  void baud(Fields& fields) {
    const auto value = fields.positive("baud", Dimension::bit_rate);
    if (value && (*value < slowest_baud || *value > fastest_baud)) outside(fields, "baud", "300 bit/s to 4 Mbit/s");
    keep("baud", Dimension::bit_rate, value);
  }

  std::optional<double> share(Fields& fields, const char* key, double most) {
    const auto value = fields.not_negative(key, Dimension::ratio);
    if (value && *value > most) outside(fields, key, most < 1 ? "0 % to 50 %" : "0 % to 100 %");
    return value;
  }

  /// Raw bytes of a client, as they go over the wire.
  void send() {
    if (!begin("{to: …, bytes: …}")) return;
    Fields fields(entry_.value, "send", context_.problems, "do.send");
    wire(fields, "to");
    bytes(fields, fields.require("bytes"));
    baud(fields);
    fields.finish();
  }

  bool off(const char* key, Dimension dimension) {
    if (!entry_.value.is_scalar() || entry_.value.text != "off") return false;
    action_.target = entry_.key;
    action_.values[key] = {0, dimension};
    return true;
  }

  void poll() {
    if (off("every", Dimension::time)) return;
    if (!begin("{every: 1 s} or off")) return;
    Fields fields(entry_.value, "poll", context_.problems, "do.poll");
    if (fields.require("every") != nullptr) keep("every", Dimension::time, fields.positive("every", Dimension::time));
    const auto address = fields.whole("address", 1, highest_address);
    if (address) keep("address", Dimension::none, *address);
    baud(fields);
    fields.finish();
  }

  void flood() {
    if (!begin("{to: …, load: 90 %}")) return;
    Fields fields(entry_.value, "flood", context_.problems, "do.flood");
    wire(fields, "to");
    if (fields.require("load") != nullptr) keep("load", Dimension::ratio, share(fields, "load", 1));
    const Node::Entry* const given = fields.take("bytes");
    bytes(fields, given);
    const bool is_can = action_.words["to"] == "can";
    if (is_can && action_.words["bytes"].size() > 8)
      fields.complain("bytes", given->value.position, "a CAN frame has at most 8");
    if (const auto id = fields.whole("id", 0, highest_can_id)) {
      if (!is_can) fields.complain("id", entry_.value.find("id")->value.position, "only CAN frames have one");
      keep("id", Dimension::none, *id);
    }
    fields.finish();
  }

  void line() {
    if (!begin("{of: …, noise: 0.1 %}")) return;
    Fields fields(entry_.value, "line", context_.problems, "do.line");
    wire(fields, "of");
    keep("noise", Dimension::ratio, share(fields, "noise", 0.5));
    keep("loss", Dimension::ratio, share(fields, "loss", 1));
    const auto delay_s = fields.not_negative("delay", Dimension::time);
    if (delay_s && *delay_s > longest_delay_s) outside(fields, "delay", "0 s to 10 s");
    if (delay_s && action_.words["of"] == "can")
      fields.complain("delay", entry_.value.find("delay")->value.position,
                      "a bus on which everybody hears each bit at once has none");
    keep("delay", Dimension::time, delay_s);
    if (const auto cut = fields.yes_no("cut")) keep("cut", Dimension::boolean, *cut ? 1 : 0);
    if (!fields.has("noise") && !fields.has("loss") && !fields.has("delay") && !fields.has("cut"))
      complain("one of noise, loss, delay, cut is due; 0 % or cut: off makes the line sound again");
    fields.finish();
  }

  const Node::Entry& entry_;
  const ActionContext& context_;
  Action& action_;
};

}  // namespace

bool read_wire_action(const Node::Entry& entry, const ActionContext& context, Action& action) {
  return WireAction(entry, context, action).run();
}

}  // namespace rig::scenario
