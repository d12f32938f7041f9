// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace reports::trace {

/// The compact binary trace of one scenario. Layout: docs/trace-format.md.
/// Two streams: rows (all `column` signals at one instant; rows in order of time, spacing may vary) and
/// changes (one bit or counter at its exact instant). Values are stored as integers of `resolution`, delta-coded
/// varints.
struct Signal {
  std::string name, unit;
  double resolution = 1;   // stored step, > 0
  bool is_change = false;  // false: a column of every row; true: appears only in changes (bits)
};

struct Header {
  std::string scenario;  // name
  std::string firmware;  // name version sha256 prefix
  std::uint64_t seed = 0;
  std::vector<Signal> signals;
};

/// Writes in one pass; nothing is kept but the last row. Throws std::runtime_error (path, reason) when the disk
/// refuses, time goes back (0 is the first instant), or a value is infinite or beyond 2^50 steps of its resolution.
/// After that, and without close(), the file stays recognisably incomplete.
class Writer {
 public:
  Writer(const std::filesystem::path& file, const Header& header);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  /// t_ns must not go backwards. `values` has one entry per non-change signal, in header order; NaN = not known (yet).
  void row(std::int64_t t_ns, const double* values);
  /// `signal` is the index in header.signals.
  void change(std::int64_t t_ns, std::size_t signal, double value);
  /// One more signal of the changes, found only now; returns its index in header.signals. Costs a block of its own.
  std::size_t add(const Signal& signal);
  void close();  // flushes; afterwards the file is complete
 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct Change {
  std::int64_t t_ns;
  std::size_t signal;
  double value;
};

/// A whole trace in memory. Throws std::runtime_error with file and offset when the file is damaged or truncated.
struct Trace {
  Header header;
  std::vector<std::int64_t> row_t_ns;
  std::vector<std::vector<double>> columns;  // [signal index among non-change signals][row]; NaN = not known
  std::vector<Change> changes;
};
[[nodiscard]] Trace read(const std::filesystem::path& file);

}  // namespace reports::trace
