// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

/// SVG in few bytes: a library has hundreds of pictures on one page.
namespace reports::svg {

/// px to a tenth, without what can be left out: "12.5", "-.5", "3".
[[nodiscard]] std::string px(double value);

/// The d of a path: px to a tenth, relative where that is shorter. Rounded once each, so that errors do not add up.
class Path {
 public:
  void move(double x, double y);
  void line(double x, double y);
  void box(double x, double y, double wide, double high);  // closed; move() before anything else
  [[nodiscard]] const std::string& d() const { return d_; }
  [[nodiscard]] bool empty() const { return d_.empty(); }

 private:
  void put(char command, long a);
  void number(long tenths);
  std::string d_;
  char command_ = 0;
  long x_ = 0, y_ = 0;  // tenths of a px
};

/// <path class d/>, or nothing for an empty path.
[[nodiscard]] std::string path(const std::string& classes, const Path& path);
/// <text x y>; whole px. `classes` and `x` may be those of the group around it: "" and 0.
[[nodiscard]] std::string text(double x, double y, const std::string& classes, const std::string& words);
/// <g class transform>, or nothing for no content.
[[nodiscard]] std::string group(const std::string& classes, double x, double y, const std::string& content);

}  // namespace reports::svg
