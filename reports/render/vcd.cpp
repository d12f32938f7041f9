// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "reports/render/text_file.hpp"
#include "reports/result.hpp"
#include "reports/trace/trace.hpp"

namespace reports {
namespace {

// Short printable identifiers, IEEE 1364 §18.2: "!", """, … "~", then two characters.
std::string identifier(std::size_t index) {
  std::string text;
  do {
    text += static_cast<char>('!' + index % 94);
    index /= 94;
  } while (index-- > 0);
  return text;
}

std::string word(const std::string& text) {
  std::string out;
  for (const char character : text) {
    const bool plain = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
                       (character >= '0' && character <= '9') || character == '_';
    if (plain || character != ']') out += plain ? character : '_';
  }
  if (out.empty() || (out[0] >= '0' && out[0] <= '9')) out.insert(0, "_");
  return out;
}

/// "cell[3].voltage" in V -> scopes {cell_3}, variable voltage_V. Viewers take [3] for a bit range, so brackets go.
struct Path {
  std::vector<std::string> scopes;
  std::string name;
  bool operator<(const Path& other) const { return std::tie(scopes, name) < std::tie(other.scopes, other.name); }
};

Path path_of(const trace::Signal& signal) {
  Path path;
  std::size_t start = 0;
  for (std::size_t dot = signal.name.find('.'); dot != std::string::npos; dot = signal.name.find('.', start)) {
    path.scopes.push_back(word(signal.name.substr(start, dot - start)));
    start = dot + 1;
  }
  path.name = word(signal.name.substr(start)) + (signal.unit.empty() ? "" : "_" + word(signal.unit));
  return path;
}

std::string real(double value) {
  if (std::isnan(value)) return "nan";
  char digits[40];
  return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

class Dump {
 public:
  Dump(const trace::Trace& trace, TextFile& out) : trace_(trace), out_(out), last_(trace.header.signals.size()) {
    is_bit_.assign(last_.size(), false);
    for (std::size_t signal = 0; signal < last_.size(); ++signal)
      is_bit_[signal] = trace.header.signals[signal].is_change;
    for (const trace::Change& change : trace.changes) {
      if (change.value != 0 && change.value != 1 && !std::isnan(change.value)) is_bit_[change.signal] = false;
    }
  }

  void write() {
    out_.write("$comment Cellrig trace $end\n$timescale 1 ns $end\n");
    declare();
    out_.write("$enddefinitions $end\n#0\n$dumpvars\n");
    for (std::size_t signal = 0; signal < last_.size(); ++signal) put(signal, std::nan(""));
    out_.write("$end\n");
    write_records();
    out_.write("#" + std::to_string(t_ns_) + "\n");  // viewers end the picture at the last time stamp
  }

 private:
  void declare() {
    std::map<Path, std::size_t> sorted;
    for (std::size_t signal = 0; signal < last_.size(); ++signal) {
      Path path = path_of(trace_.header.signals[signal]);
      const std::string name = path.name;
      for (int copy = 2; sorted.contains(path); ++copy) path.name = name + "_" + std::to_string(copy);
      sorted[path] = signal;
    }
    std::vector<std::string> open;
    for (const auto& [path, signal] : sorted) {
      enter(open, path.scopes);
      out_.write((is_bit_[signal] ? "$var wire 1 " : "$var real 64 ") + identifier(signal) + " " + path.name +
                 " $end\n");
    }
    enter(open, {});
  }

  void enter(std::vector<std::string>& open, const std::vector<std::string>& scopes) {
    std::size_t common = 0;
    while (common < open.size() && common < scopes.size() && open[common] == scopes[common]) ++common;
    for (; open.size() > common; open.pop_back()) out_.write("$upscope $end\n");
    for (; common < scopes.size(); ++common) {
      out_.write("$scope module " + scopes[common] + " $end\n");
      open.push_back(scopes[common]);
    }
  }

  void write_records() {
    std::vector<std::size_t> columns;
    for (std::size_t signal = 0; signal < last_.size(); ++signal) {
      if (!trace_.header.signals[signal].is_change) columns.push_back(signal);
    }
    std::size_t change = 0;
    for (std::size_t row = 0; row <= trace_.row_t_ns.size(); ++row) {
      const bool is_row = row < trace_.row_t_ns.size();
      for (; change < trace_.changes.size() && (!is_row || trace_.changes[change].t_ns <= trace_.row_t_ns[row]);
           ++change) {
        advance(trace_.changes[change].t_ns);
        put(trace_.changes[change].signal, trace_.changes[change].value);
      }
      if (!is_row) break;
      advance(trace_.row_t_ns[row]);
      for (std::size_t column = 0; column < columns.size(); ++column) put(columns[column], trace_.columns[column][row]);
    }
  }

  void advance(std::int64_t t_ns) {
    if (t_ns == t_ns_) return;
    t_ns_ = t_ns;
    out_.write("#" + std::to_string(t_ns) + "\n");
  }

  void put(std::size_t signal, double value) {
    std::string text = is_bit_[signal] ? (std::isnan(value) ? "x"
                                          : value == 0      ? "0"
                                                            : "1") +
                                             identifier(signal)
                                       : "r" + real(value) + " " + identifier(signal);
    if (text == last_[signal]) return;
    out_.write(text + "\n");
    last_[signal] = std::move(text);
  }

  const trace::Trace& trace_;
  TextFile& out_;
  std::vector<bool> is_bit_;
  std::vector<std::string> last_;  // what was written last for each signal
  std::int64_t t_ns_ = 0;
};

}  // namespace

void write_vcd(const std::filesystem::path& trace_file, const std::filesystem::path& vcd_file) {
  const trace::Trace trace = trace::read(trace_file);
  TextFile out(vcd_file);
  Dump(trace, out).write();
  out.close();
}

}  // namespace reports
