// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "reports/trace/layout.hpp"
#include "reports/trace/trace.hpp"

namespace reports::trace {

using namespace layout;

namespace {

struct Track {
  Predictor predictor;
  double per_unit = 1;
  bool known = false;
  std::size_t signal = 0;  // index in the header
};

void put_u32(std::uint8_t* out, std::uint32_t number) {
  for (int byte = 0; byte < 4; ++byte) out[byte] = static_cast<std::uint8_t>(number >> (8 * byte));
}

void append_varint(std::vector<std::uint8_t>& out, std::uint64_t number) {
  std::uint8_t bytes[max_varint_bytes];
  out.insert(out.end(), bytes, put_varint(bytes, number));
}

void append_text(std::vector<std::uint8_t>& out, const std::string& text) {
  append_varint(out, text.size());
  out.insert(out.end(), text.begin(), text.end());
}

void append_double(std::vector<std::uint8_t>& out, double number) {
  const auto bits = std::bit_cast<std::uint64_t>(number);
  for (int byte = 0; byte < 8; ++byte) out.push_back(static_cast<std::uint8_t>(bits >> (8 * byte)));
}

void append_signals(std::vector<std::uint8_t>& out, const std::vector<Signal>& signals) {
  append_varint(out, signals.size());
  for (const Signal& signal : signals) {
    append_text(out, signal.name);
    append_text(out, signal.unit);
    append_double(out, signal.resolution);
    out.push_back(signal.is_change ? 1 : 0);
  }
}

std::vector<std::uint8_t> encode(const Header& header) {
  std::vector<std::uint8_t> out;
  append_text(out, header.scenario);
  append_text(out, header.firmware);
  append_varint(out, header.seed);
  append_signals(out, header.signals);
  return out;
}

}  // namespace

struct Writer::State {
  std::string path;
  std::ofstream out;
  Header header;
  std::vector<Track> columns, bits;        // columns of a row; signals of changes
  std::vector<std::size_t> bit_of_signal;  // index in header -> index in bits, or npos
  std::vector<std::uint8_t> buffer;        // room for one block and one more record
  std::uint8_t* end = nullptr;             // of the records collected
  std::size_t mask_bytes = 0;
  std::int64_t last_t_ns = 0;
  std::uint64_t rows = 0, changes = 0;
  std::uint32_t crc = 0;
  bool closed = false;

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  [[noreturn]] void fail(const std::string& reason) {
    closed = true;  // a trace that lost something must never look complete
    throw std::runtime_error(path + ": trace cannot be written: " + reason);
  }

  void open(const std::filesystem::path& file) {
    path = file.string();
    errno = 0;
    out.open(file, std::ios::binary | std::ios::trunc);
    if (!out) fail(std::strerror(errno));
  }

  void send(const std::uint8_t* bytes, std::size_t size) {
    errno = 0;
    out.write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
    if (!out) fail(std::strerror(errno));
  }

  void send_checked(const std::uint8_t* bytes, std::size_t size) {
    crc = layout::crc(crc, bytes, size);
    send(bytes, size);
  }

  void send_block(BlockKind kind, const std::uint8_t* payload, std::size_t size) {
    std::uint8_t head[block_head_bytes] = {kind};
    put_u32(head + 1, static_cast<std::uint32_t>(size));
    send_checked(head, sizeof head);
    send_checked(payload, size);
    std::uint8_t check[check_bytes];
    put_u32(check, crc);
    send(check, sizeof check);
  }

  void flush_records() {
    const auto size = static_cast<std::size_t>(end - buffer.data());
    if (size > 0) send_block(data_block, buffer.data(), size);
    end = buffer.data();
  }

  void flush_if_full() {
    if (static_cast<std::size_t>(end - buffer.data()) >= flush_bytes) flush_records();
  }

  void make_track(const Signal& signal) {
    if (!(signal.resolution > 0) || !std::isfinite(1.0 / signal.resolution)) {
      fail("resolution of " + signal.name + " must be a positive number");
    }
    std::vector<Track>& tracks = signal.is_change ? bits : columns;
    const std::size_t index = bit_of_signal.size();
    bit_of_signal.push_back(signal.is_change ? bits.size() : npos);
    tracks.push_back({{}, make_scale(signal.resolution).per_unit, false, index});
  }

  void make_tracks() {
    for (const Signal& signal : header.signals) make_track(signal);
    mask_bytes = (columns.size() + 7) / 8;
    buffer.resize(flush_bytes + mask_bytes + max_varint_bytes * (columns.size() + 3));
    end = buffer.data();
  }

  std::uint64_t step_to(std::int64_t t_ns) {
    if (closed) throw std::runtime_error(path + ": trace cannot be written: it is closed");
    if (t_ns < last_t_ns) {
      fail("time goes back from " + std::to_string(last_t_ns) + " ns to " + std::to_string(t_ns) + " ns");
    }
    const auto step = static_cast<std::uint64_t>(t_ns - last_t_ns);
    last_t_ns = t_ns;
    return step;
  }

  [[noreturn]] void refuse(const Track& track, double value) {
    fail(header.signals[track.signal].name + " = " + std::to_string(value) + " at " + std::to_string(last_t_ns) +
         " ns does not fit its resolution");
  }

  // Puts the code of `value` at `at` when it is not what the predictor expects; returns where the next one goes.
  std::uint8_t* put(Track& track, double value, std::uint8_t* at) {
    const double scaled = value * track.per_unit;
    if (!(std::fabs(scaled) <= static_cast<double>(max_steps))) [[unlikely]] {
      return put_unknown(track, value, at);
    }
    // Rounds to nearest even without a call: for |x| <= 2^50 the sum's low bits are the integer.
    constexpr double rounder = 6755399441055744.0;  // 1.5 * 2^52
    const std::int64_t steps = std::bit_cast<std::int64_t>(scaled + rounder) - std::bit_cast<std::int64_t>(rounder);
    const std::int64_t distance = steps - track.predictor.expected();
    track.predictor.learn(steps);
    if (distance == 0 && track.known) return at;
    track.known = true;
    return put_varint(at, zigzag(distance) + 1);
  }

  std::uint8_t* put_unknown(Track& track, double value, std::uint8_t* at) {
    if (!std::isnan(value)) refuse(track, value);
    if (!track.known) return at;
    track.known = false;
    track.predictor.forget_motion();
    return put_varint(at, 0);
  }
};

Writer::Writer(const std::filesystem::path& file, const Header& header) : state_(std::make_unique<State>()) {
  state_->open(file);
  state_->header = header;
  state_->make_tracks();
  state_->send_checked(magic, sizeof magic);
  const std::vector<std::uint8_t> payload = encode(header);
  state_->send_block(header_block, payload.data(), payload.size());
}

Writer::~Writer() = default;

void Writer::row(std::int64_t t_ns, const double* values) {
  State& state = *state_;
  std::uint8_t* mask = put_varint(state.end, state.step_to(t_ns) << 1);
  std::uint8_t* end = mask + state.mask_bytes;
  Track* const columns = state.columns.data();
  const std::size_t count = state.columns.size();
  for (std::size_t first = 0; first < count; first += 8) {
    unsigned differs = 0;
    const std::size_t last = first + 8 < count ? first + 8 : count;
    for (std::size_t column = first; column < last; ++column) {
      std::uint8_t* const before = end;
      end = state.put(columns[column], values[column], end);
      differs |= static_cast<unsigned>(end != before) << (column - first);
    }
    *mask++ = static_cast<std::uint8_t>(differs);
  }
  state.end = end;
  ++state.rows;
  state.flush_if_full();
}

void Writer::change(std::int64_t t_ns, std::size_t signal, double value) {
  State& state = *state_;
  if (signal >= state.bit_of_signal.size() || state.bit_of_signal[signal] == State::npos) {
    throw std::logic_error(state.path + ": signal " + std::to_string(signal) + " is not one of the changes");
  }
  const std::uint64_t step = state.step_to(t_ns);
  const std::size_t bit = state.bit_of_signal[signal];
  state.end = put_varint(state.end, (step << 1) | 1);
  state.end = put_varint(state.end, bit);
  Track& track = state.bits[bit];
  track.predictor.forget_motion();
  std::uint8_t* const before = state.end;
  state.end = state.put(track, value, before);
  if (state.end == before) state.end = put_varint(before, track.known ? 1 : 0);  // said again
  ++state.changes;
  state.flush_if_full();
}

std::size_t Writer::add(const Signal& signal) {
  State& state = *state_;
  if (!signal.is_change) throw std::logic_error(state.path + ": a column cannot be added to rows that are written");
  state.flush_records();
  state.make_track(signal);
  state.header.signals.push_back(signal);
  std::vector<std::uint8_t> payload;
  append_signals(payload, {signal});
  state.send_block(signals_block, payload.data(), payload.size());
  return state.header.signals.size() - 1;
}

void Writer::close() {
  State& state = *state_;
  if (state.closed) return;
  state.flush_records();
  std::vector<std::uint8_t> payload;
  append_varint(payload, state.rows);
  append_varint(payload, state.changes);
  state.send_block(end_block, payload.data(), payload.size());
  errno = 0;
  state.out.close();
  if (!state.out) state.fail(std::strerror(errno));
  state.closed = true;
}

}  // namespace reports::trace
