// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace rig::cli {

/// A report.html to be printed by a program of the machine.
struct PdfOrder {
  std::string how = "auto";  // auto: Chromium, else WeasyPrint, else none; chromium; weasyprint
  std::filesystem::path html, pdf;
  std::string search_path;  // as PATH
  double limit_s = 900;     // of wall clock, for each program
};

enum class Pdf { made, no_program, broke };

struct PdfOutcome {
  Pdf pdf;
  std::string words;  // the file, by whom; or one sentence why there is none
};

/// Nothing of an earlier PDF stays. With `auto`, a program that breaks leaves the work to the next one. Not
/// thread-safe.
[[nodiscard]] PdfOutcome print_pdf(const PdfOrder& order);

}  // namespace rig::cli
