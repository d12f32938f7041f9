// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <fstream>
#include <string>

namespace reports {

/// A text file that says so when the disk refuses: std::runtime_error (path, reason).
class TextFile {
 public:
  explicit TextFile(const std::filesystem::path& file);
  void write(const std::string& text);
  void close();

 private:
  void check();
  std::string path_;
  std::ofstream out_;
};

}  // namespace reports
