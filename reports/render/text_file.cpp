// SPDX-License-Identifier: Apache-2.0
#include "reports/render/text_file.hpp"

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace reports {

TextFile::TextFile(const std::filesystem::path& file) : path_(file.string()) {
  errno = 0;
  out_.open(file, std::ios::binary | std::ios::trunc);
  check();
}

void TextFile::write(const std::string& text) {
  errno = 0;
  out_.write(text.data(), static_cast<std::streamsize>(text.size()));
  check();
}

void TextFile::close() {
  errno = 0;
  out_.close();
  check();
}

void TextFile::check() {
  if (!out_) throw std::runtime_error(path_ + ": cannot be written: " + std::strerror(errno));
}

}  // namespace reports
