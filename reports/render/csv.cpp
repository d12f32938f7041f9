// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include "reports/render/text.hpp"
#include "reports/render/text_file.hpp"
#include "reports/result.hpp"
#include "reports/trace/trace.hpp"

namespace reports {
namespace {

// RFC 4180: quotes only where needed.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char character : text) quoted += character == '"' ? "\"\"" : std::string(1, character);
  return quoted + "\"";
}

/// One line an instant. A column stands only in lines that are rows: between rows its value was not recorded. A change
/// holds until the next one, so it stands in every line from the first on.
class Table {
 public:
  explicit Table(const trace::Trace& trace) : trace_(trace), held_(trace.header.signals.size()) {
    for (const trace::Signal& signal : trace.header.signals) decimals_.push_back(decimals_of(signal.resolution));
  }

  std::string head() const {
    std::string line = "time [s]";
    for (const trace::Signal& signal : trace_.header.signals) {
      line += "," + cell(printable(signal.name) + (signal.unit.empty() ? "" : " [" + printable(signal.unit) + "]"));
    }
    return line + "\r\n";
  }

  // A row at the time of a change comes after it: it was read when the change had happened.
  template <class Write>
  void for_each_line(Write&& write) {
    std::size_t change = 0;
    for (std::size_t row = 0; row < trace_.row_t_ns.size(); ++row) {
      const std::int64_t t = trace_.row_t_ns[row];
      for (; change < trace_.changes.size() && trace_.changes[change].t_ns <= t; ++change) {
        const bool shares_its_line = trace_.changes[change].t_ns == t && is_last_at(change, t);
        hold(change);
        if (!shares_its_line) write(line(trace_.changes[change].t_ns, none));
      }
      write(line(t, row));
    }
    for (; change < trace_.changes.size(); ++change) {
      hold(change);
      write(line(trace_.changes[change].t_ns, none));
    }
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  bool is_last_at(std::size_t change, std::int64_t t) const {
    return change + 1 == trace_.changes.size() || trace_.changes[change + 1].t_ns != t;
  }

  void hold(std::size_t change) {
    const trace::Change& now = trace_.changes[change];
    held_[now.signal] = number(now.value, now.signal);
  }

  std::string number(double value, std::size_t signal) const {
    return std::isnan(value) ? "" : trimmed(value, decimals_[signal]);
  }

  std::string line(std::int64_t t_ns, std::size_t row) const {
    std::string text = exact_seconds(t_ns);
    std::size_t column = 0;
    for (std::size_t signal = 0; signal < trace_.header.signals.size(); ++signal) {
      text += ',';
      if (trace_.header.signals[signal].is_change) {
        text += held_[signal];
      } else {
        if (row != none) text += number(trace_.columns[column][row], signal);
        ++column;
      }
    }
    return text + "\r\n";
  }

  const trace::Trace& trace_;
  std::vector<int> decimals_;
  std::vector<std::string> held_;
};

}  // namespace

void write_csv(const std::filesystem::path& trace_file, const std::filesystem::path& csv_file) {
  const trace::Trace trace = trace::read(trace_file);
  TextFile out(csv_file);
  Table table(trace);
  out.write(table.head());
  table.for_each_line([&](const std::string& line) { out.write(line); });
  out.close();
}

}  // namespace reports
