// SPDX-License-Identifier: Apache-2.0
// The binary trace. The input is a trace without its check values, which are put in where blocks end, so that what is
// behind them is reached. Refused: by std::runtime_error that names the file. Accepted: time never goes back, every
// column is as long as the rows, and the trace that is written from it reads back the same.
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "reports/trace/layout.hpp"
#include "reports/trace/trace.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/memory_file.hpp"

using namespace reports::trace;

namespace {

using tests::fuzz::require;
using Bytes = std::vector<std::uint8_t>;

Bytes with_check_values(const std::uint8_t* data, std::size_t size) {
  Bytes file(std::begin(layout::magic), std::end(layout::magic));
  std::uint32_t crc = layout::crc(0, file.data(), file.size());
  for (std::size_t at = 0; at + layout::block_head_bytes <= size;) {
    const std::size_t said = data[at + 1] + 256U * data[at + 2];
    const std::size_t payload = std::min(said, size - at - layout::block_head_bytes);
    Bytes block(data + at, data + at + layout::block_head_bytes + payload);
    block[1] = static_cast<std::uint8_t>(payload);
    block[2] = static_cast<std::uint8_t>(payload >> 8);
    block[3] = block[4] = 0;
    crc = layout::crc(crc, block.data(), block.size());
    for (unsigned shift = 0; shift < 32; shift += 8) block.push_back(static_cast<std::uint8_t>(crc >> shift));
    file.insert(file.end(), block.begin(), block.end());
    at += layout::block_head_bytes + payload;
  }
  return file;
}

bool are_same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void judge(const Trace& trace) {
  require(std::is_sorted(trace.row_t_ns.begin(), trace.row_t_ns.end()), "rows stand in order of time");
  const auto earlier = [](const Change& a, const Change& b) { return a.t_ns < b.t_ns; };
  require(std::is_sorted(trace.changes.begin(), trace.changes.end(), earlier), "changes stand in order of time");
  const auto& signals = trace.header.signals;
  const auto columns = std::count_if(signals.begin(), signals.end(), [](const Signal& s) { return !s.is_change; });
  require(static_cast<std::size_t>(columns) == trace.columns.size(), "every column has its signal");
  for (const auto& column : trace.columns) require(column.size() == trace.row_t_ns.size(), "every row has all columns");
  for (const Change& change : trace.changes)
    require(change.signal < signals.size() && signals[change.signal].is_change, "a change is of a signal of changes");
}

void write_again(const Trace& trace, const std::string& file) {
  Writer writer(file, trace.header);
  std::size_t change = 0;
  const auto changes_before = [&](std::int64_t t_ns) {
    for (; change < trace.changes.size() && trace.changes[change].t_ns < t_ns; ++change)
      writer.change(trace.changes[change].t_ns, trace.changes[change].signal, trace.changes[change].value);
  };
  std::vector<double> row(trace.columns.size());
  for (std::size_t i = 0; i < trace.row_t_ns.size(); ++i) {
    changes_before(trace.row_t_ns[i]);
    for (std::size_t column = 0; column < row.size(); ++column) row[column] = trace.columns[column][i];
    writer.row(trace.row_t_ns[i], row.data());
  }
  changes_before(INT64_MAX);
  writer.close();
}

void judge_again(const Trace& trace, const Trace& again) {
  require(again.row_t_ns == trace.row_t_ns && again.columns.size() == trace.columns.size(), "rows read back the same");
  for (std::size_t i = 0; i < trace.columns.size(); ++i)
    require(std::equal(trace.columns[i].begin(), trace.columns[i].end(), again.columns[i].begin(), are_same),
            "values read back the same");
  require(again.changes.size() == trace.changes.size(), "changes read back");
  for (std::size_t i = 0; i < trace.changes.size(); ++i)
    require(again.changes[i].t_ns == trace.changes[i].t_ns && again.changes[i].signal == trace.changes[i].signal &&
                are_same(again.changes[i].value, trace.changes[i].value),
            "changes read back the same");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes = with_check_values(data, size);
  const tests::fuzz::MemoryFile file(bytes.data(), bytes.size());
  Trace trace;
  try {
    trace = read(file.path());
  } catch (const std::runtime_error& error) {
    require(std::string_view(error.what()).starts_with(file.path() + ": "), "a refusal names the file");
    return 0;
  }
  judge(trace);
  if (!trace.changes.empty() && trace.changes.back().t_ns == INT64_MAX)
    return 0;  // the loop above has no later instant
  const tests::fuzz::MemoryFile copy;
  write_again(trace, copy.path());
  judge_again(trace, read(copy.path()));
  return 0;
}
