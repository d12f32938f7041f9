// SPDX-License-Identifier: Apache-2.0
#include "reports/render/drawing.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "reports/render/axis.hpp"
#include "reports/render/curve.hpp"
#include "reports/render/svg.hpp"
#include "reports/render/text.hpp"

namespace reports {
namespace {

constexpr double width = 920, left = 64, right = 742, label_x = 750;
constexpr double first_panel = 190, next_panel = 110, strip_height = 12, strip_pitch = 19, mark_row = 15,
                 overview_height = 34, overview_detail = 2;

struct Range {
  double low = 0, high = 0;
  bool empty = true;
  void add(double value) {
    if (std::isnan(value)) return;
    low = empty ? value : std::min(low, value);
    high = empty ? value : std::max(high, value);
    empty = false;
  }
};

/// Draws from top to bottom; y_ is where the next thing goes.
class Drawing {
 public:
  Drawing(const Picture& picture, const trace::Trace& trace, std::int64_t end_ns)
      : picture_(picture), trace_(trace), end_ns_(end_ns), unit_(time_unit(picture.moment.t1 - picture.moment.t0)) {
    frame_.t0 = picture.moment.t0;
    frame_.t1 = picture.moment.t1;
    frame_.left = left;
    frame_.right = right;
  }

  std::string draw() {
    place_marks();
    const double top = y_;
    for (std::size_t index = 0; index < picture_.panels.size(); ++index) {
      panel(picture_.panels[index], index == 0 ? first_panel : next_panel);
    }
    for (const Strip& strip : picture_.strips) draw_strip(strip);
    time_axis(top);
    draw_marks();
    overview();
    return "<svg class=\"plot\" viewBox=\"0 0 " + svg::px(width) + " " + svg::px(y_) +
           "\" role=\"img\" aria-label=\"plot\">" + svg::path("back", back_) + svg::path("forbidden", forbidden_) +
           svg::path("grid", grid_) + svg::path("threshold", thresholds_) + svg::path("limit", limits_) + curves_ +
           svg::path("unknown", unknown_) + svg::path("off", off_) + svg::path("on", on_) +
           svg::group("y", left - 6, 0, y_texts_) + svg::group("x", 0, axis_y_ + 17, x_texts_) +
           svg::group("", label_x, 0, names_) + svg::group("marks", 0, 0, marks_) + texts_ + "</svg>";
  }

 private:
  struct Flag {
    double x;
    std::size_t row;
    std::string kind, label;
  };

  // Marks that cannot be told apart share a label; labels that would overlap go to rows of their own.
  void place_marks() {
    for (const Mark& mark : picture_.moment.marks) {
      if (mark.t_ns < frame_.t0 || mark.t_ns > frame_.t1) continue;
      const double x = frame_.x(mark.t_ns);
      if (flags_.empty() || x - flags_.back().x > 3) {
        flags_.push_back({x, 0, mark.kind, mark.label});
      } else if (mark.kind != "worst") {
        Flag& flag = flags_.back();
        flag.label = flag.kind == "worst" ? mark.label : flag.label + ", " + mark.label;
        if (flag.kind == "worst") flag.kind = mark.kind;
      }
    }
    std::vector<double> ends;
    for (Flag& flag : flags_) {
      while (flag.row < ends.size() && ends[flag.row] > flag.x) ++flag.row;
      if (flag.row == ends.size()) ends.push_back(0);
      ends[flag.row] = flag.x + 6.8 * static_cast<double>(flag.label.size()) + 12;
    }
    y_ = mark_row * static_cast<double>(ends.size()) + 10;
  }

  void draw_marks() {
    for (const Flag& flag : flags_) {
      const double y = mark_row * static_cast<double>(flag.row) + 4;
      svg::Path line;
      line.move(flag.x, y);
      line.line(flag.x, axis_y_);
      marks_ += svg::path("m-" + flag.kind, line) + svg::text(flag.x + 4, y + 9, "m-" + flag.kind, flag.label);
    }
  }

  Range range_of(const Panel& panel) {
    Range range, context;
    for (const Curve& one : panel.curves) add_shown(one.context ? context : range, trace_.columns[one.column]);
    if (range.empty) range = context;
    if (range.empty) {
      for (const Level& level : panel.levels) range.add(level.value);
    }
    if (range.empty) range.add(0);
    const double around =
        std::max(range.high - range.low, 0.02 * std::max(std::fabs(range.low), std::fabs(range.high)));
    const Range data = range;
    for (const Level& level : panel.levels) {  // a limit far away would flatten the curves
      if (level.value > data.low - 3 * around && level.value < data.high + 3 * around) range.add(level.value);
    }
    context_fits_ = context.empty || (context.low > range.low - around && context.high < range.high + around);
    context_ = context;
    if (context_fits_ && !context.empty) {
      range.add(context.low);
      range.add(context.high);
    }
    const double least = 1e-3 * std::max({std::fabs(range.low), std::fabs(range.high), 1.0});  // else noise looks big
    const double margin = std::max(0.08 * (range.high - range.low), least);
    return {range.low - margin, range.high + margin, false};
  }

  // Rows inside the picture, and the ones just outside that its first and last line come from.
  void add_shown(Range& range, const std::vector<double>& values) const {
    const auto& t = trace_.row_t_ns;
    auto first = static_cast<std::size_t>(std::lower_bound(t.begin(), t.end(), frame_.t0) - t.begin());
    const auto end = static_cast<std::size_t>(std::upper_bound(t.begin(), t.end(), frame_.t1) - t.begin());
    if (first > 0 && (first == end || first == t.size())) --first;
    for (std::size_t row = first; row < end; ++row) range.add(values[row]);
    if (first == end && end < t.size()) range.add(values[end]);
  }

  void panel(const Panel& panel, double height) {
    const Range range = range_of(panel);
    frame_.low = range.low;
    frame_.high = range.high;
    frame_.top = y_;
    frame_.bottom = y_ + height;
    back_.box(left, y_, right - left, height);
    for (const Tick& tick : ticks(range.low, range.high, height > 150 ? 5 : 3)) {
      const double y = frame_.y(tick.value);
      across(grid_, y);
      y_texts_ += svg::text(0, y + 4, "", tick.text);
    }
    y_texts_ += svg::text(0, y_ - 3, "unit", panel.unit);
    for (const Level& level : panel.levels) draw_level(level);
    curves(panel);
    if (!context_fits_) {
      texts_ += svg::text(
          left + 6, frame_.bottom - 6, "",
          "other cells, not drawn: " + trimmed(context_.low, 4) + " … " + trimmed(context_.high, 4) + " " + panel.unit);
    }
    y_ += height + 16;
  }

  void draw_level(const Level& level) {
    if (!(level.value > frame_.low && level.value < frame_.high)) return;
    const double y = frame_.y(level.value);
    if (level.forbidden > 0) forbidden_.box(left, frame_.top, right - left, y - frame_.top);
    if (level.forbidden < 0) forbidden_.box(left, y, right - left, frame_.bottom - y);
    across(level.forbidden == 0 ? thresholds_ : limits_, y);
    texts_ += svg::text(left + 6, y - 4, level.forbidden == 0 ? "" : "limit", level.label);
  }

  static void across(svg::Path& path, double y) {
    path.move(left, y);
    path.line(right, y);
  }

  void curves(const Panel& panel) {
    struct Label {
      double y;
      std::string style, name;
    };
    std::vector<Label> labels;
    std::size_t colour = 0;
    bool context_named = false;
    drawn_.clear();
    for (const int pass : {0, 1, 2}) {  // context behind, worst in front
      for (const Curve& one : panel.curves) {
        const int layer = one.context && !one.worst ? 0 : one.worst ? 2 : 1;
        if (layer != pass || (one.context && !context_fits_)) continue;
        const std::string style = layer == 0 ? "context" : layer == 2 ? "worst" : "c" + std::to_string(colour++ % 6);
        const double y = polyline(one, style + (one.stepped ? " reported" : ""));
        if (std::isnan(y)) continue;
        if (layer == 0 && context_named) continue;
        context_named = context_named || layer == 0;
        labels.push_back({y, style, layer == 0 ? "other cells" : one.name});
      }
    }
    if (labels.size() > 7) labels.erase(labels.begin(), labels.end() - 7);
    std::stable_sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) { return a.y < b.y; });
    double free = frame_.top + 4;
    for (const Label& label : labels) {
      const double y = std::max(label.y + 4, free);
      names_ += svg::text(0, y, label.style, label.name);
      free = y + 13;
    }
  }

  // Returns where the curve ends, for its label; NaN when nothing of it is known here.
  double polyline(const Curve& one, const std::string& classes) {
    double y = std::nan("");
    for (const auto& stretch : curve(trace_.row_t_ns, trace_.columns[one.column], one.stepped, frame_)) {
      if (stretch.size() == 1) {
        curves_ += "<circle class=\"" + classes + "\" cx=\"" + svg::px(stretch[0].x) + "\" cy=\"" +
                   svg::px(stretch[0].y) + "\" r=\"1.5\"/>";
      } else {
        const svg::Path line = through(stretch);
        const bool first = drawn_.insert(line.d()).second;  // of equal cells that only explain, one is to be seen
        if (first || !one.context) curves_ += svg::path(classes, line);
      }
      y = stretch.back().y;
    }
    return y;
  }

  static svg::Path through(const std::vector<Pixel>& pixels) {
    svg::Path path;
    path.move(pixels.front().x, pixels.front().y);
    for (std::size_t index = 1; index < pixels.size(); ++index) path.line(pixels[index].x, pixels[index].y);
    return path;
  }

  // A bar while it is on, a line while it is off, dots while nobody knows.
  void draw_strip(const Strip& strip) {
    names_ += svg::text(0, y_ + strip_height - 2, "", strip.name);
    double value = std::nan("");
    std::int64_t since = frame_.t0;
    const auto until = [&](std::int64_t t_ns) {
      const std::int64_t end = std::min(t_ns, frame_.t1);
      if (end > since) {
        svg::Path& path = std::isnan(value) ? unknown_ : value != 0 ? on_ : off_;
        path.move(frame_.x(since), y_ + (value != 0 ? strip_height / 2 : strip_height - 1));
        path.line(frame_.x(end), y_ + (value != 0 ? strip_height / 2 : strip_height - 1));
      }
      since = std::max(since, end);
    };
    for (const trace::Change& change : trace_.changes) {
      if (change.signal != strip.signal || (!std::isnan(value) && change.value == value)) continue;
      until(change.t_ns);
      value = change.value;
    }
    until(frame_.t1);
    y_ += strip_pitch;
  }

  void time_axis(double top) {
    axis_y_ = y_;
    const auto per_unit = [&](std::int64_t t) { return static_cast<double>(t - picture_.moment.origin) / unit_.ns; };
    for (const Tick& tick : ticks(per_unit(frame_.t0), per_unit(frame_.t1), 6)) {
      const double x =
          left + (right - left) * (tick.value - per_unit(frame_.t0)) / (per_unit(frame_.t1) - per_unit(frame_.t0));
      grid_.move(x, top);
      grid_.line(x, y_ + 4);
      x_texts_ += svg::text(x, 0, "", tick.text);
    }
    std::string origin = "since " + picture_.moment.origin_name;
    if (picture_.moment.origin != 0) origin += ", which is at " + seconds_text(picture_.moment.origin);
    texts_ += svg::text(right, y_ + 33, "since", std::string(unit_.name) + " " + origin);
    y_ += 40;
  }

  // The whole run in small, with the picture's stretch marked.
  void overview() {
    if (picture_.panels.empty() || frame_.t1 - frame_.t0 > end_ns_ / 5 * 3) return;
    const auto& curves = picture_.panels[0].curves;
    const auto main =
        std::find_if(curves.begin(), curves.end(), [](const Curve& one) { return one.worst || !one.context; });
    const auto& values = trace_.columns[(main == curves.end() ? curves.front() : *main).column];
    Range range;
    for (const double value : values) range.add(value);
    if (range.empty) return;
    const double margin = range.high > range.low ? 0.1 * (range.high - range.low) : 1;
    Frame whole{0,
                std::max<std::int64_t>(end_ns_, 1),
                left,
                right,
                range.low - margin,
                range.high + margin,
                y_,
                y_ + overview_height,
                overview_detail};
    back_.box(left, y_, right - left, overview_height);
    svg::Path here;
    const double x = std::round(whole.x(frame_.t0));
    here.box(x, y_, std::max(std::round(whole.x(frame_.t1)) - x, 2.0), overview_height);
    curves_ += svg::path("here", here);
    for (auto& stretch : curve(trace_.row_t_ns, values, false, whole)) {
      for (Pixel& pixel : stretch) pixel = {std::round(pixel.x), std::round(pixel.y)};
      if (stretch.size() > 1) curves_ += svg::path("small", through(stretch));
    }
    names_ += svg::text(0, y_ + 14, "", "whole run, " + time_text(end_ns_));
    if (curves.size() > 1) names_ += svg::text(0, y_ + 28, "", (main == curves.end() ? curves.front() : *main).name);
    y_ += overview_height + 4;
  }

  const Picture& picture_;
  const trace::Trace& trace_;
  std::int64_t end_ns_;
  TimeUnit unit_;
  Frame frame_;
  Range context_;             // of the curves that only explain, in the panel at hand
  bool context_fits_ = true;  // they can be drawn without flattening the others
  std::vector<Flag> flags_;
  std::set<std::string> drawn_;  // curves of the panel at hand, as points
  svg::Path back_, forbidden_, grid_, thresholds_, limits_, unknown_, off_, on_;
  std::string curves_, y_texts_, x_texts_, names_, marks_, texts_;
  double y_ = 0, axis_y_ = 0;
};

}  // namespace

std::string draw(const Picture& picture, const trace::Trace& trace, std::int64_t end_ns) {
  return Drawing(picture, trace, end_ns).draw();
}

}  // namespace reports
