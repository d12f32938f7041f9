// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <set>
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

/// One line an instant; one more for each further change of the same bit at that instant. A column stands only in lines
/// that are rows: between rows its value was not recorded. A change holds until the next one, so it stands in every
/// line after.
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
    for (std::size_t row = 0; row < trace_.row_t_ns.size(); ++row) {
      const std::int64_t t = trace_.row_t_ns[row];
      while (change_pending(t)) {
        const std::int64_t at = hold_next();
        if (at != t || change_pending(t)) write(line(at, none));
      }
      write(line(t, row));
    }
    while (next_ < trace_.changes.size()) write(line(hold_next(), none));
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  bool change_pending(std::int64_t t_ns) const {
    return next_ < trace_.changes.size() && trace_.changes[next_].t_ns <= t_ns;
  }

  // Takes the changes of one line, at the same instant and of different signals; returns the instant.
  std::int64_t hold_next() {
    const std::int64_t t = trace_.changes[next_].t_ns;
    std::set<std::size_t> changed;
    for (; change_pending(t) && changed.insert(trace_.changes[next_].signal).second; ++next_) {
      const trace::Change& now = trace_.changes[next_];
      held_[now.signal] = number(now.value, now.signal);
    }
    return t;
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
  std::size_t next_ = 0;  // change not yet taken
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
