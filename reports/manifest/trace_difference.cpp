// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>

#include "reports/manifest/manifest.hpp"
#include "reports/trace/trace.hpp"

namespace reports::manifest {
namespace {

using trace::Trace;

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string shortest(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(std::begin(text), std::end(text), value);
  return error == std::errc() ? std::string(text, end) : "?";
}

std::string shown(double value, const std::string& unit) {
  if (std::isnan(value)) return "unknown";
  return shortest(value) + (unit.empty() ? "" : " " + unit);
}

struct Place {
  std::int64_t t_ns = std::numeric_limits<std::int64_t>::max();
  std::string sentence;
};

std::string at(std::int64_t t_ns) { return "at " + shortest(static_cast<double>(t_ns) * 1e-9) + " s"; }

std::string of_headers(const trace::Header& a, const trace::Header& b) {
  const auto two = [](const char* what, const std::string& x, const std::string& y) {
    return std::string(what) + ": \"" + x + "\" was recorded, \"" + y + "\" came now";
  };
  if (a.scenario != b.scenario) return two("scenario", a.scenario, b.scenario);
  if (a.firmware != b.firmware) return two("firmware", a.firmware, b.firmware);
  if (a.seed != b.seed) return two("seed", std::to_string(a.seed), std::to_string(b.seed));
  for (std::size_t i = 0; i < std::min(a.signals.size(), b.signals.size()); ++i)
    if (a.signals[i].name != b.signals[i].name) return two("signals", a.signals[i].name, b.signals[i].name);
  if (a.signals.size() != b.signals.size())
    return two("number of signals", std::to_string(a.signals.size()), std::to_string(b.signals.size()));
  return "";
}

std::vector<const trace::Signal*> columns_of(const trace::Header& header) {
  std::vector<const trace::Signal*> columns;
  for (const trace::Signal& signal : header.signals)
    if (!signal.is_change) columns.push_back(&signal);
  return columns;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

Place of_rows(const Trace& a, const Trace& b) {
  const auto columns = columns_of(a.header);
  const std::size_t rows = std::min(a.row_t_ns.size(), b.row_t_ns.size());
  for (std::size_t row = 0; row < rows; ++row) {
    const std::int64_t t = std::min(a.row_t_ns[row], b.row_t_ns[row]);
    if (a.row_t_ns[row] != b.row_t_ns[row])
      return {t, at(t) + ": one has a row here, the other's comes " + at(std::max(a.row_t_ns[row], b.row_t_ns[row]))};
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const double x = a.columns[c][row], y = b.columns[c][row];
      if (same(x, y)) continue;
      return {t, at(t) + " " + columns[c]->name + ": " + shown(x, columns[c]->unit) + " was recorded, " +
                     shown(y, columns[c]->unit) + " came now"};
    }
  }
  if (a.row_t_ns.size() == b.row_t_ns.size()) return {};
  const bool fewer = b.row_t_ns.size() < a.row_t_ns.size();
  const std::int64_t t = (fewer ? a : b).row_t_ns[rows];
  return {t, at(t) + ": a row " + (fewer ? "was recorded and did not come now" : "came now and was not recorded")};
}

std::string told(const Trace& of, const trace::Change& change) {
  const trace::Signal& signal = of.header.signals[change.signal];
  return signal.name + " = " + shown(change.value, signal.unit);
}

Place of_changes(const Trace& a, const Trace& b) {
  for (std::size_t i = 0; i < std::max(a.changes.size(), b.changes.size()); ++i) {
    const trace::Change* const x = i < a.changes.size() ? &a.changes[i] : nullptr;
    const trace::Change* const y = i < b.changes.size() ? &b.changes[i] : nullptr;
    if (x != nullptr && y != nullptr && x->t_ns == y->t_ns && x->signal == y->signal && same(x->value, y->value))
      continue;
    const auto side = [&](const Trace& of, const trace::Change* change) {
      return change == nullptr ? std::string("nothing more") : told(of, *change) + " " + at(change->t_ns);
    };
    const std::int64_t t = std::min(x == nullptr ? y->t_ns : x->t_ns, y == nullptr ? x->t_ns : y->t_ns);
    return {t, at(t) + ": " + side(a, x) + " was recorded, " + side(b, y) + " came now"};
  }
  return {};
}

}  // namespace

std::string first_trace_difference(const std::filesystem::path& recorded, const std::filesystem::path& now) {
  if (bytes_of(recorded) == bytes_of(now)) return "";
  const Trace a = trace::read(recorded), b = trace::read(now);
  if (std::string found = of_headers(a.header, b.header); !found.empty()) return found;
  const Place row = of_rows(a, b), change = of_changes(a, b);
  const Place& first = row.t_ns <= change.t_ns ? row : change;
  return first.sentence.empty() ? "its bytes differ, its content does not" : first.sentence;
}

}  // namespace reports::manifest
