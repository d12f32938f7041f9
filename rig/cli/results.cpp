// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/results.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "rig/campaign/exit_code.hpp"
#include "rig/cli/coverage_rows.hpp"
#include "rig/cli/output_folder.hpp"
#include "rig/cli/pdf.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Of a step on GitHub; others may have written to it before.
int append_summary(const std::string& summary, const Call& call) {
  const std::string file = environment("GITHUB_STEP_SUMMARY");
  if (file.empty()) return campaign::kExitPass;
  errno = 0;
  std::ofstream stream(file, std::ios::binary | std::ios::app);
  stream << summary << "\n";
  stream.close();
  if (stream) return campaign::kExitPass;
  call.host.err << "GITHUB_STEP_SUMMARY: " << file << " cannot be written: " << std::strerror(errno) << std::endl;
  return campaign::kExitError;
}

/// Without a program, `--pdf` is content with a sentence; a program that was named must be there.
int print_report(const fs::path& report, const Call& call) {
  if (call.arguments.pdf == "off") return campaign::kExitPass;
  PdfOrder order;
  order.how = call.arguments.pdf;
  order.html = report;
  order.pdf = fs::path(report).replace_extension(".pdf");
  order.search_path = environment("PATH");
  const PdfOutcome outcome = print_pdf(order);
  (outcome.pdf == Pdf::made ? call.host.out : call.host.err) << outcome.words << std::endl;
  const bool content = outcome.pdf == Pdf::made || (outcome.pdf == Pdf::no_program && order.how == "auto");
  return content ? campaign::kExitPass : campaign::kExitError;
}

}  // namespace

std::vector<std::string> write_pages(const reports::RunResult& run, const fs::path& folder) {
  write_file(folder / "junit.xml", reports::junit(run));
  write_file(folder / "summary.md", reports::summary_md(run));
  const auto covered = reports::coverage::collect({&run, 1}, coverage_rows());
  std::vector<std::string> names = write_coverage(covered, "report.html", folder);
  write_file(folder / "report.html", reports::html(run, folder));  // links to the coverage that it finds
  names.insert(names.end(), {"junit.xml", "summary.md", "report.html"});
  return names;
}

std::vector<std::string> write_coverage(const reports::coverage::Coverage& coverage, const std::string& report,
                                        const fs::path& folder) {
  write_file(folder / "coverage.json", to_json(coverage));
  write_file(folder / "coverage.csv", to_csv(coverage));
  write_file(folder / "coverage.html", html(coverage, report));
  return {"coverage.json", "coverage.csv", "coverage.html"};
}

Rendered render_results(const reports::RunResult& run, const fs::path& folder, const Call& call) {
  const fs::path report = (folder / "report.html").lexically_normal();
  Rendered rendered{report, write_pages(run, folder)};
  const int appended = append_summary(read_file(folder / "summary.md"), call);
  rendered.exit_code = std::max(appended, print_report(report, call));
  if (fs::exists(folder / "report.pdf") && call.arguments.pdf != "off") rendered.files.emplace_back("report.pdf");
  return rendered;
}

}  // namespace rig::cli
