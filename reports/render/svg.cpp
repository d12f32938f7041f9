// SPDX-License-Identifier: Apache-2.0
#include "reports/render/svg.hpp"

#include <cmath>

#include "reports/render/text.hpp"

namespace reports::svg {
namespace {

std::string tenths_text(long tenths) {
  const long whole = std::labs(tenths) / 10, rest = std::labs(tenths) % 10;
  std::string text = tenths < 0 ? "-" : "";
  if (whole != 0 || rest == 0) text += std::to_string(whole);
  if (rest != 0) text += "." + std::to_string(rest);
  return text;
}

long tenths_of(double px) { return std::lround(px * 10); }

std::string attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + value + "\"";
}

std::string class_of(const std::string& classes) { return classes.empty() ? "" : attribute("class", classes); }

}  // namespace

std::string px(double value) { return tenths_text(tenths_of(value)); }

void Path::number(long tenths) {
  const std::string text = tenths_text(tenths);
  const bool after_command = d_.back() >= 'A';
  if (!after_command && text.front() != '-') d_ += ' ';
  d_ += text;
}

void Path::put(char command, long a) {
  if (command_ != command) d_ += command;
  command_ = command;
  number(a);
}

void Path::move(double x, double y) {
  x_ = tenths_of(x);
  y_ = tenths_of(y);
  command_ = 0;
  put('M', x_);
  number(y_);
}

void Path::line(double x, double y) {
  const long dx = tenths_of(x) - x_, dy = tenths_of(y) - y_;
  if (dy == 0) {
    put('h', dx);
  } else if (dx == 0) {
    put('v', dy);
  } else {
    put('l', dx);
    number(dy);
  }
  x_ += dx;
  y_ += dy;
}

void Path::box(double x, double y, double wide, double high) {
  move(x, y);
  line(x + wide, y);
  line(x + wide, y + high);
  line(x, y + high);
  d_ += 'z';
}

std::string path(const std::string& classes, const Path& path) {
  return path.empty() ? "" : "<path" + class_of(classes) + attribute("d", path.d()) + "/>";
}

std::string text(double x, double y, const std::string& classes, const std::string& words) {
  const auto at = [](const char* name, double value) {
    const long whole = std::lround(value);
    return whole == 0 ? "" : attribute(name, std::to_string(whole));
  };
  return "<text" + class_of(classes) + at("x", x) + at("y", y) + ">" + escaped(words) + "</text>";
}

std::string group(const std::string& classes, double x, double y, const std::string& content) {
  if (content.empty()) return "";
  const bool moved = x != 0 || y != 0;
  return "<g" + class_of(classes) + (moved ? attribute("transform", "translate(" + px(x) + " " + px(y) + ")") : "") +
         ">" + content + "</g>";
}

}  // namespace reports::svg
