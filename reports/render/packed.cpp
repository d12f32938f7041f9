// SPDX-License-Identifier: Apache-2.0
#include "reports/render/packed.hpp"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "reports/digest.hpp"
#include "reports/render/text.hpp"
#include "reports/render/thinning.hpp"

namespace reports {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_inside = 4000, most_outside = 4000, least_points = 40;
constexpr double most_steps = 20000;     // of a curve from its lowest to its highest value: ten times a screen's height
constexpr std::size_t most_context = 2;  // curves that only explain; more become their lowest and highest

struct PackedCurve {
  std::string name, kind;
  bool stepped = false;
  double resolution = 1;
  const std::vector<double>* values = nullptr;
};

struct PackedPanel {
  const Panel* panel;
  std::vector<PackedCurve> curves;
};

/// The curves of a picture; owns the envelopes that stand for many.
class Curves {
 public:
  Curves(const Picture& picture, const trace::Trace& trace) : trace_(trace) {
    for (const trace::Signal& signal : trace.header.signals) {
      if (!signal.is_change) resolutions_.push_back(signal.resolution);
    }
    envelopes_.reserve(2 * picture.panels.size());
    for (const Panel& panel : picture.panels) add(panel);
  }

  std::vector<PackedPanel> panels;

 private:
  void add(const Panel& panel) {
    PackedPanel& into = panels.emplace_back(PackedPanel{&panel, {}});
    std::vector<const Curve*> context;
    for (const Curve& one : panel.curves) {
      if (one.context && !one.worst) context.push_back(&one);
    }
    if (context.size() > most_context) {
      into.curves.push_back(envelope(context, "lowest of the others", "low", false));
      into.curves.push_back(envelope(context, "highest of the others", "high", true));
    }
    for (const Curve& one : panel.curves) {
      const bool explains = one.context && !one.worst;
      if (explains && context.size() > most_context) continue;
      into.curves.push_back({one.name,
                             one.worst  ? "worst"
                             : explains ? "context"
                                        : "shown",
                             one.stepped, resolutions_[one.column], &trace_.columns[one.column]});
    }
  }

  PackedCurve envelope(const std::vector<const Curve*>& of, const char* name, const char* kind, bool highest) {
    std::vector<double>& edge = envelopes_.emplace_back(trace_.columns[of.front()->column]);
    for (const Curve* one : of) {
      const std::vector<double>& values = trace_.columns[one->column];
      for (std::size_t row = 0; row < edge.size(); ++row) {
        const bool beyond = highest ? values[row] > edge[row] : values[row] < edge[row];
        if (beyond || std::isnan(edge[row])) edge[row] = values[row];
      }
    }
    return {name, kind, false, resolutions_[of.front()->column], &edge};
  }

  const trace::Trace& trace_;
  std::vector<double> resolutions_;
  std::vector<std::vector<double>> envelopes_;
};

void put(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

constexpr std::int64_t not_known = std::numeric_limits<std::int64_t>::min();

std::int64_t steps_of(double value, double step) {
  return std::isnan(value) ? not_known : static_cast<std::int64_t>(std::llround(value / step));
}

void put_steps(std::string& out, std::int64_t steps, std::int64_t& last) {
  if (steps == not_known) return put(out, 0);
  const std::int64_t distance = steps - last;
  put(out, 1 + ((static_cast<std::uint64_t>(distance) << 1) ^ static_cast<std::uint64_t>(distance >> 63)));
  last = steps;
}

// A row whose neighbours say the same changes no line between them.
std::vector<std::size_t> telling_rows(std::size_t rows, const std::vector<std::vector<std::int64_t>>& columns) {
  std::vector<std::size_t> telling;
  for (std::size_t row = 0; row < rows; ++row) {
    const bool at_end = row == 0 || row + 1 == rows;
    if (at_end || std::any_of(columns.begin(), columns.end(), [row](const auto& steps) {
          return steps[row] != steps[row - 1] || steps[row] != steps[row + 1];
        })) {
      telling.push_back(row);
    }
  }
  return telling;
}

void put_instants(std::string& out, const std::vector<std::int64_t>& t_ns) {
  std::int64_t last = 0;
  for (const std::int64_t t : t_ns) {
    put(out, static_cast<std::uint64_t>(t - last));
    last = t;
  }
}

// The resolution of the trace, times ten as long as the curve has more steps than anyone can see.
double step_of(double resolution, const std::vector<double>& values) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  while (high - low > most_steps * resolution) resolution *= 10;
  return resolution;
}

std::string deflated(const std::string& plain) {
  uLongf size = compressBound(static_cast<uLong>(plain.size()));
  std::string out(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(plain.data()),
                static_cast<uLong>(plain.size()), Z_BEST_COMPRESSION) != Z_OK) {
    throw std::runtime_error("zlib refuses to compress the data of a plot");
  }
  out.resize(size);
  return out;
}

Json json_of(const PackedPanel& panel, const std::vector<double>& steps, std::size_t first) {
  Json levels = Json::array(), curves = Json::array();
  for (const Level& level : panel.panel->levels) {
    levels.push_back(Json::array({level.value, printable(level.label), level.forbidden}));
  }
  for (std::size_t index = 0; index < panel.curves.size(); ++index) {
    const PackedCurve& one = panel.curves[index];
    curves.push_back(Json::array({printable(one.name), one.kind, one.stepped ? 1 : 0, steps[first + index]}));
  }
  return Json::array({printable(panel.panel->unit), levels, curves});
}

class Packing {
 public:
  Packing(const Picture& picture, const trace::Trace& trace, std::int64_t end_ns)
      : picture_(picture), trace_(trace), end_ns_(end_ns), curves_(picture, trace) {
    for (const PackedPanel& panel : curves_.panels) {
      for (const PackedCurve& one : panel.curves) values_.push_back(one.values);
    }
  }

  std::string pack(std::size_t inside, std::size_t outside) {
    const Thinning how{picture_.moment.t0, picture_.moment.t1, inside, outside};
    const Thinned rows = thinned(trace_.row_t_ns, values_, how);
    std::vector<double> steps;
    std::vector<std::vector<std::int64_t>> in_steps;
    for (std::size_t index = 0; index < values_.size(); ++index) {
      steps.push_back(step_of(resolution(index), rows.values[index]));
      std::vector<std::int64_t>& column = in_steps.emplace_back();
      for (const double value : rows.values[index]) column.push_back(steps_of(value, steps.back()));
    }
    const std::vector<std::size_t> telling = telling_rows(rows.t_ns.size(), in_steps);
    std::string columns;
    std::vector<std::int64_t> t_ns;
    for (const std::size_t row : telling) t_ns.push_back(rows.t_ns[row]);
    put_instants(columns, t_ns);
    for (const auto& column : in_steps) {
      std::int64_t last = 0;
      for (const std::size_t row : telling) put_steps(columns, column[row], last);
    }
    const Json strips = put_strips(columns, how);
    const std::string head = head_of(telling.size(), steps, strips).dump();
    std::string plain;
    put(plain, head.size());
    return base64(deflated(plain + head + columns));
  }

 private:
  double resolution(std::size_t index) const {
    for (const PackedPanel& panel : curves_.panels) {
      if (index < panel.curves.size()) return panel.curves[index].resolution;
      index -= panel.curves.size();
    }
    throw std::logic_error("packed(): no such curve");
  }

  Json put_strips(std::string& out, const Thinning& how) {
    Json strips = Json::array();
    for (const Strip& strip : picture_.strips) {
      const std::vector<trace::Change> changes = thinned(trace_.changes, strip.signal, how);
      std::vector<std::int64_t> t_ns;
      for (const trace::Change& one : changes) t_ns.push_back(one.t_ns);
      put_instants(out, t_ns);
      std::int64_t last = 0;
      for (const trace::Change& one : changes) put_steps(out, steps_of(one.value, 1), last);
      strips.push_back(Json::array({printable(strip.name), changes.size()}));
    }
    return strips;
  }

  Json head_of(std::size_t rows, const std::vector<double>& steps, const Json& strips) const {
    const Moment& moment = picture_.moment;
    Json panels = Json::array(), marks = Json::array();
    std::size_t first = 0;
    for (const PackedPanel& panel : curves_.panels) {
      panels.push_back(json_of(panel, steps, first));
      first += panel.curves.size();
    }
    for (const Mark& mark : moment.marks) {
      marks.push_back(Json::array({mark.t_ns, printable(mark.label), mark.kind}));
    }
    return Json::array(
        {rows, end_ns_, moment.t0, moment.t1, moment.origin, printable(moment.origin_name), panels, strips, marks});
  }

  const Picture& picture_;
  const trace::Trace& trace_;
  std::int64_t end_ns_;
  Curves curves_;
  std::vector<const std::vector<double>*> values_;
};

}  // namespace

std::string packed(const Picture& picture, const trace::Trace& trace, std::int64_t end_ns, std::size_t most_bytes) {
  Packing packing(picture, trace, end_ns);
  std::size_t inside = most_inside, outside = most_outside;
  std::string text = packing.pack(inside, outside);
  while (text.size() > most_bytes && (inside > least_points || outside > least_points)) {
    const double excess = std::min(0.9 * static_cast<double>(most_bytes) / static_cast<double>(text.size()), 0.8);
    const auto fewer = [&](std::size_t points) {
      return std::max(static_cast<std::size_t>(static_cast<double>(points) * excess), least_points);
    };
    if (outside > inside / 4 && outside > least_points) {  // the moment keeps its rate as long as it can
      outside = fewer(outside);
    } else {
      inside = fewer(inside);
    }
    text = packing.pack(inside, outside);
  }
  return text;
}

}  // namespace reports
