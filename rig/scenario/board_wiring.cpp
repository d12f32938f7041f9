// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/board_wiring.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "models/afe/visit.hpp"
#include "models/flash/visit.hpp"
#include "rig/scenario/model_number.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

using models::math::Parameter;

constexpr double least_can_bit_per_s = 10e3, most_can_bit_per_s = 1e6;  // of classical CAN

bool is_input(const std::string& role) { return role == "short_circuit_comparator" || role == "button"; }
bool may_stand_on_several_pins(const std::string& role) { return role == "spi_select"; }  // one for each chip

struct Measured {
  std::string is;
  Dimension dimension;
};
const std::vector<Measured> measured{{"cell_voltage", Dimension::voltage}, {"port_current", Dimension::current},
                                     {"pack_voltage", Dimension::voltage}, {"port_voltage", Dimension::voltage},
                                     {"ntc_1", Dimension::ratio},          {"ntc_2", Dimension::ratio},
                                     {"ntc_mos", Dimension::ratio},        {"balance_store", Dimension::voltage}};

Dimension dimension_of(std::string_view is) {
  for (const Measured& row : measured) {
    if (is.substr(0, is.find('[')) == row.is) return row.dimension;
  }
  return Dimension::voltage;
}

void each(Fields& board, const char* key, Problems& problems, const std::function<void(Fields&)>& one) {
  const Node::Entry* entry = board.take(key);
  if (entry == nullptr) return;
  if (!entry->value.is_sequence()) return board.complain(key, entry->value.position, "a list (- …) is due");
  for (const Node& item : entry->value.items) {
    Fields fields(item, key, problems, std::string("board.") + key);
    one(fields);
    fields.finish();
  }
}

std::uint32_t number(Fields& fields, const char* key, int largest) {
  if (fields.require(key) == nullptr) return 0;
  return static_cast<std::uint32_t>(fields.whole(key, 0, largest).value_or(0));
}

void take_once(Fields& fields, const char* key, std::set<std::uint32_t>& used, std::uint32_t value) {
  if (!used.insert(value).second) fields.complain(key, fields.position(), std::to_string(value) + " is wired twice");
}

void read_direction(Fields& fields, BoardSpec::Pin& pin) {
  const auto word = fields.one_of("direction");
  pin.output = word == "out";
  if (!word || pin.is.empty() || pin.output != is_input(pin.is)) return;
  const char* due = pin.output ? "an input of the controller: in" : "an output of the controller: out";
  fields.complain("direction", fields.position(), pin.is + " is " + due + " is due");
}

void refuse_second_pin(Fields& fields, const BoardSpec& spec, const BoardSpec::Pin& pin) {
  if (pin.is.empty() || may_stand_on_several_pins(pin.is)) return;
  const auto first = std::ranges::find(spec.pins, pin.is, &BoardSpec::Pin::is);
  if (first == spec.pins.end()) return;
  fields.complain("is", fields.position(), pin.is + " is already on gpio " + std::to_string(first->number));
}

void read_pin(Fields& fields, BoardSpec& spec, std::set<std::uint32_t>& used) {
  BoardSpec::Pin pin;
  pin.number = number(fields, "gpio", 255);
  take_once(fields, "gpio", used, pin.number);
  if (fields.require("is") != nullptr) pin.is = fields.one_of("is").value_or("");
  if (fields.require("direction") != nullptr) read_direction(fields, pin);
  refuse_second_pin(fields, spec, pin);
  if (fields.has("reset_level") && !pin.output) {
    fields.complain("reset_level", fields.position(), "an input has no level in reset");
  }
  pin.reset_level = fields.whole("reset_level", 0, 1).value_or(0);
  if (pin.output && !fields.has("reset_level")) {
    fields.complain("reset_level", fields.position(),
                    "is missing; an output has a level while the controller is in reset");
  }
  spec.pins.push_back(pin);
}

// "0.5 LSB" or a quantity of the channel.
double noise_of(Fields& fields, const AdcSpec& spec, Dimension dimension) {
  const Node::Entry* entry = fields.take("noise_sigma");
  if (entry == nullptr) return 0;
  std::string_view text = trimmed(entry->value.text);
  if (!text.ends_with("LSB")) return fields.not_negative("noise_sigma", dimension).value_or(0);
  text.remove_suffix(3);
  const std::optional<Quantity> count = parse_quantity(text);
  if (!count || count->dimension != Dimension::none || count->value < 0) {
    fields.complain("noise_sigma", entry->value.position, "\"" + entry->value.text + "\" must be a number >= 0 of LSB");
    return 0;
  }
  const int bits = spec.bits - (spec.bipolar ? 1 : 0);
  return count->value * spec.full_scale / static_cast<double>(std::int64_t{1} << bits);
}

const char* unit_of(Dimension dimension) {
  return dimension == Dimension::ratio ? "%" : dimension == Dimension::current ? "A" : "V";
}

AdcSpec read_adc_spec(Fields& fields, Dimension dimension) {
  struct Reader : ModelReader {
    const AdcSpec& spec;
    Dimension dimension;
    using ModelReader::operator();
    void operator()(const Parameter& p, double& target) const {
      if (std::string_view(p.key) != "noise_sigma") return ModelReader::operator()(p, target);
      target = noise_of(fields, spec, dimension);
    }
  };
  AdcSpec spec;
  spec.full_scale = 1;  // while it is wrong
  spec.bipolar = fields.yes_no(models::afe::bipolar_choice.key).value_or(false);
  models::afe::visit(Reader{{fields}, spec, dimension}, spec, unit_of(dimension));
  return spec;
}

void read_adc(Fields& fields, BoardSpec& spec, std::set<std::uint32_t>& used) {
  BoardSpec::Adc adc;
  adc.first = number(fields, "first", 255);
  adc.count = static_cast<std::uint32_t>(fields.whole("count", 1, 64).value_or(1));
  for (std::uint32_t channel = adc.first; channel < adc.first + adc.count; ++channel)
    take_once(fields, "first", used, channel);
  if (fields.require("is") != nullptr) adc.is = fields.one_of("is").value_or("");
  adc.spec = read_adc_spec(fields, dimension_of(adc.is));
  spec.adc.push_back(adc);
}

// "[8, 7, 6]": channels counted from 1, each once; those left out follow in their own order.
std::vector<int> read_order(const Node& node, Fields& fields) {
  std::vector<int> order;
  std::set<int> seen;
  if (!node.is_sequence()) fields.complain("order", node.position, "a list of channel numbers, first is 1, is due");
  for (const Node& item : node.items) {
    const std::optional<Quantity> number = item.is_scalar() ? parse_quantity(item.text) : std::nullopt;
    const int channel = number && number->dimension == Dimension::none ? static_cast<int>(number->value) : 0;
    if (channel < 1 || channel > 64 || channel != number->value) {
      fields.complain("order", item.position, "\"" + item.text + "\" is not a channel number from 1 to 64");
    } else if (!seen.insert(channel).second) {
      fields.complain("order", item.position, item.text + " stands twice");
    } else {
      order.push_back(channel - 1);
    }
  }
  return order;
}

void read_scan(Fields& fields, BoardSpec& spec) {
  BoardSpec::Scan scan;
  scan.group = number(fields, "group", 255);
  if (fields.require("is") != nullptr) scan.is = fields.one_of("is").value_or("");
  models::afe::visit(ModelReader{fields}, scan);
  if (const Node::Entry* order = fields.take("order")) scan.order = read_order(order->value, fields);
  spec.scans.push_back(scan);
}

void read_uart(Fields& fields, BoardSpec& spec, std::set<std::uint32_t>& used) {
  BoardSpec::Uart uart;
  uart.port = number(fields, "port", 15);
  take_once(fields, "port", used, uart.port);
  if (fields.require("is") != nullptr) uart.is = fields.one_of("is").value_or("");
  const auto first = std::ranges::find(spec.uarts, uart.is, &BoardSpec::Uart::is);
  if (first != spec.uarts.end() && !uart.is.empty()) {
    fields.complain("is", fields.position(), uart.is + " is already on port " + std::to_string(first->port));
  }
  uart.baud = fields.positive("baud", Dimension::none).value_or(uart.baud);
  uart.queue_bytes = static_cast<std::uint32_t>(fields.whole("queue", 1, 1 << 20).value_or(512));
  spec.uarts.push_back(uart);
}

void read_can(Fields& fields, BoardSpec& spec, std::set<std::uint32_t>& used) {
  BoardSpec::Can can;
  can.bus = number(fields, "bus", 15);
  take_once(fields, "bus", used, can.bus);
  if (fields.require("bitrate") != nullptr) {
    can.bit_per_s = fields.positive("bitrate", Dimension::bit_rate).value_or(can.bit_per_s);
  }
  if (can.bit_per_s < least_can_bit_per_s || can.bit_per_s > most_can_bit_per_s) {
    fields.complain("bitrate", fields.position(), "lies outside 10 kbit/s to 1 Mbit/s");
  }
  can.queue_frames = static_cast<std::uint32_t>(fields.whole("queue", 1, 1024).value_or(16));
  spec.can.push_back(can);
}

void read_input(const Node& item, Problems& problems, int most_cells, BoardSpec::SpiDevice& device) {
  Fields fields(item, "inputs", problems, "board.spi.inputs");
  std::string is;
  if (fields.require("is") != nullptr) is = fields.text("is").value_or("");
  std::vector<std::string> known = measured_names();
  for (int n = 1; n <= most_cells; ++n) known.push_back("cell_voltage[" + std::to_string(n) + "]");
  if (is == "cell_voltage") {
    fields.complain("is", item.position,
                    "one cell is due: cell_voltage[1] to cell_voltage[" + std::to_string(most_cells) + "]");
  } else if (std::find(known.begin(), known.end(), is) == known.end()) {
    fields.complain("is", item.position,
                    is + " is not something that this board can measure." + near_text(nearest_of(is, known)));
  }
  device.inputs.emplace_back(is, read_adc_spec(fields, dimension_of(is)));
  fields.finish();
}

void read_spi(Fields& fields, Problems& problems, BoardSpec& spec) {
  BoardSpec::SpiDevice device;
  device.bus = number(fields, "bus", 15);
  if (fields.require("is") != nullptr) device.is = fields.one_of("is").value_or("");
  device.select_gpio = number(fields, "select_gpio", 255);
  models::afe::visit(ModelReader{fields}, device);
  const Node::Entry* inputs = fields.require("inputs");
  if (inputs != nullptr && (!inputs->value.is_sequence() || inputs->value.items.size() > 8)) {
    fields.complain("inputs", inputs->value.position, "a list of at most 8 inputs is due, channel 0 first");
  } else if (inputs != nullptr) {
    for (const Node& item : inputs->value.items) read_input(item, problems, spec.max_cells, device);
  }
  spec.spi.push_back(device);
}

void read_nv(Fields& board, Problems& problems, BoardSpec& spec) {
  const Node::Entry* entry = board.take("nv");
  if (entry == nullptr) return;
  Fields fields(entry->value, "nv", problems, "board.nv");
  models::flash::FlashParams& flash = spec.nv.emplace();
  models::flash::visit(ModelReader{fields}, flash);
  if (flash.sector_bytes % 2 != 0) fields.complain("sector_bytes", entry->value.position, "must be even");
  fields.text("source");
  fields.finish();
}

}  // namespace

std::vector<std::string> measured_names() {
  std::vector<std::string> names;
  for (const Measured& row : measured) names.push_back(row.is);
  return names;
}

void read_wiring(Fields& board, Problems& problems, BoardSpec& spec) {
  std::set<std::uint32_t> pins, channels, ports, buses;
  board.require("pins");
  each(board, "pins", problems, [&](Fields& f) { read_pin(f, spec, pins); });
  each(board, "adc", problems, [&](Fields& f) { read_adc(f, spec, channels); });
  each(board, "scans", problems, [&](Fields& f) { read_scan(f, spec); });
  each(board, "uarts", problems, [&](Fields& f) { read_uart(f, spec, ports); });
  each(board, "can", problems, [&](Fields& f) { read_can(f, spec, buses); });
  read_nv(board, problems, spec);
  each(board, "spi", problems, [&](Fields& f) { read_spi(f, problems, spec); });
}

}  // namespace rig::scenario
