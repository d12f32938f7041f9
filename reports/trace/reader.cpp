// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "reports/trace/layout.hpp"
#include "reports/trace/trace.hpp"

namespace reports::trace {

using namespace layout;

namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

std::vector<std::uint8_t> load(const std::filesystem::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in || in.bad()) throw std::runtime_error(file.string() + ": trace cannot be read: " + std::strerror(errno));
  return bytes;
}

/// Walks over bytes [at, end); every step past the end, and every value out of range, is an error with file and offset.
class Cursor {
 public:
  Cursor(const std::string& path, const std::vector<std::uint8_t>& bytes, std::size_t at, std::size_t end)
      : path_(&path), bytes_(&bytes), at_(at), end_(end) {}

  [[noreturn]] void fail(const std::string& reason) const {
    throw std::runtime_error(*path_ + ": damaged trace at byte " + std::to_string(at_) + ": " + reason);
  }
  [[nodiscard]] bool done() const { return at_ == end_; }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] std::size_t left() const { return end_ - at_; }

  const std::uint8_t* take(std::size_t size) {
    if (size > left()) fail("ends too early");
    const std::uint8_t* here = bytes_->data() + at_;
    at_ += size;
    return here;
  }
  std::uint8_t byte() { return *take(1); }
  std::uint64_t little_endian(int size) {
    const std::uint8_t* here = take(static_cast<std::size_t>(size));
    std::uint64_t number = 0;
    for (int index = size; index-- > 0;) number = (number << 8) | here[index];
    return number;
  }
  std::uint64_t varint() {
    std::uint64_t number = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      const std::uint8_t piece = byte();
      if (shift == 63 && piece > 1) break;
      number |= static_cast<std::uint64_t>(piece & 0x7f) << shift;
      if (piece < 0x80) return number;
    }
    fail("a number has more than 64 bits");
  }
  std::string text() {
    const std::uint64_t size = varint();
    if (size > left()) fail("a text is longer than its block");
    const auto* here = reinterpret_cast<const char*>(take(static_cast<std::size_t>(size)));
    return {here, static_cast<std::size_t>(size)};
  }
  void expect_done() const {
    if (!done()) fail("bytes left over");
  }

 private:
  const std::string* path_;
  const std::vector<std::uint8_t>* bytes_;
  std::size_t at_, end_;
};

struct ReadTrack {
  Predictor predictor;
  Scale scale;
  bool known = false;

  double held() const { return known ? to_value(scale, predictor.last) : not_known; }

  double expected() {
    if (known) predictor.learn(predictor.expected());
    return held();
  }
  double decode(Cursor& in) {
    const std::uint64_t code = in.varint();
    known = code != 0;
    if (!known) {
      predictor.forget_motion();
      return not_known;
    }
    const std::int64_t distance = unzigzag(code - 1);
    if (distance > 8 * max_steps || distance < -8 * max_steps) in.fail("a value is out of range");
    const std::int64_t steps = predictor.expected() + distance;
    if (steps > max_steps || steps < -max_steps) in.fail("a value is out of range");
    predictor.learn(steps);
    return held();
  }
};

class Reader {
 public:
  explicit Reader(const std::filesystem::path& file) : path_(file.string()), bytes_(load(file)) {}

  Trace read() {
    Cursor file(path_, bytes_, 0, bytes_.size());
    check_magic(file);
    Block block = next(file);
    if (block.kind != header_block) block.payload.fail("the header is missing");
    read_header(block.payload);
    for (block = next(file); block.kind == data_block || block.kind == signals_block; block = next(file)) {
      block.kind == data_block ? read_records(block.payload) : read_late_signals(block.payload);
    }
    if (block.kind != end_block) block.payload.fail("a block of unknown kind");
    read_end(block.payload);
    file.expect_done();
    return std::move(trace_);
  }

 private:
  struct Block {
    std::uint8_t kind;
    Cursor payload;
  };

  void check_magic(Cursor& file) {
    const std::size_t size = sizeof magic;
    if (file.left() < size || std::memcmp(bytes_.data(), magic, size - 1) != 0) file.fail("not a Cellrig trace");
    if (bytes_[size - 1] != magic[size - 1]) file.fail("version " + std::to_string(bytes_[size - 1]) + ", known is 1");
    crc_ = crc(0, file.take(size), size);
  }

  Block next(Cursor& file) {
    if (file.done()) file.fail("truncated: the end block is missing");
    const std::size_t start = file.at();
    const std::uint8_t kind = file.byte();
    const auto size = static_cast<std::size_t>(file.little_endian(4));
    if (size + check_bytes > file.left())
      file.fail("truncated: the block that starts at byte " + std::to_string(start));
    const std::size_t payload = file.at();
    file.take(size);
    crc_ = crc(crc_, bytes_.data() + start, block_head_bytes + size);
    if (file.little_endian(4) != crc_) {
      Cursor(path_, bytes_, start, start)
          .fail("the check value of this block of " + std::to_string(size) + " bytes is wrong");
    }
    return {kind, Cursor(path_, bytes_, payload, payload + size)};
  }

  void read_header(Cursor& in) {
    Header& header = trace_.header;
    header.scenario = in.text();
    header.firmware = in.text();
    header.seed = in.varint();
    read_signals(in);
    trace_.columns.resize(columns_.size());
  }

  void read_signals(Cursor& in) {
    const std::uint64_t count = in.varint();
    if (count > in.left()) in.fail("more signals than bytes");
    for (std::uint64_t index = 0; index < count; ++index) read_signal(in);
    in.expect_done();
  }

  void read_late_signals(Cursor& in) {
    read_signals(in);
    if (columns_.size() != trace_.columns.size()) in.fail("a column behind the header");
  }

  void read_signal(Cursor& in) {
    Signal signal;
    signal.name = in.text();
    signal.unit = in.text();
    signal.resolution = std::bit_cast<double>(in.little_endian(8));
    const std::uint8_t flags = in.byte();
    const bool is_scale = signal.resolution > 0 && std::isfinite(1.0 / signal.resolution) &&
                          std::isfinite(signal.resolution * static_cast<double>(max_steps));
    if (!is_scale || flags > 1) in.fail("a signal makes no sense");
    signal.is_change = flags == 1;
    (signal.is_change ? bits_ : columns_).push_back({{}, make_scale(signal.resolution), false});
    if (signal.is_change) signal_of_bit_.push_back(trace_.header.signals.size());
    trace_.header.signals.push_back(std::move(signal));
  }

  void read_records(Cursor& in) {
    while (!in.done()) {
      const std::uint64_t head = in.varint();
      const std::uint64_t step = head >> 1;
      if (step > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() - t_ns_))
        in.fail("time overflows");
      t_ns_ += static_cast<std::int64_t>(step);
      if ((head & 1) != 0) {
        read_change(in);
      } else {
        read_row(in);
      }
    }
  }

  void read_row(Cursor& in) {
    trace_.row_t_ns.push_back(t_ns_);
    const std::uint8_t* mask = in.take((columns_.size() + 7) / 8);
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      const bool differs = ((mask[column / 8] >> (column % 8)) & 1) != 0;
      ReadTrack& track = columns_[column];
      trace_.columns[column].push_back(differs ? track.decode(in) : track.expected());
    }
  }

  void read_change(Cursor& in) {
    const std::uint64_t bit = in.varint();
    if (bit >= bits_.size()) in.fail("a change of an unknown signal");
    ReadTrack& track = bits_[static_cast<std::size_t>(bit)];
    track.predictor.forget_motion();
    trace_.changes.push_back({t_ns_, signal_of_bit_[static_cast<std::size_t>(bit)], track.decode(in)});
  }

  void read_end(Cursor& in) {
    const std::uint64_t rows = in.varint();
    const std::uint64_t changes = in.varint();
    if (rows != trace_.row_t_ns.size() || changes != trace_.changes.size()) in.fail("the number of records is wrong");
    in.expect_done();
  }

  std::string path_;
  std::vector<std::uint8_t> bytes_;
  std::uint32_t crc_ = 0;
  std::int64_t t_ns_ = 0;
  std::vector<ReadTrack> columns_, bits_;
  std::vector<std::size_t> signal_of_bit_;
  Trace trace_;
};

}  // namespace

Trace read(const std::filesystem::path& file) { return Reader(file).read(); }

}  // namespace reports::trace
